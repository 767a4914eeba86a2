// One's own file: read by Python in memory, problems listed, then the lesson's figure.

function render({ model, el }) {
  const words = model.get("words");
  const limit = model.get("limit_bytes");
  const chosen = make("span", { class: "ck-file-name" });
  const result = make("div", { class: "ck-result", role: "status", "aria-live": "polite" });
  const id = token();
  let sent = null;
  const input = make("input", { id, type: "file", class: "ck-hidden",
    accept: ".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.xlsb", onchange: choose });

  async function choose() {
    const file = input.files[0];
    if (!file) return;
    input.value = ""; // the same file, mended, can be chosen again
    chosen.textContent = file.name;
    if (file.size > limit) {
      sent = null;
      tell([{ tone: "bad", text: words.own_too_big.replace("{mb}", (file.size / 2 ** 20).toFixed(1)) }]);
      return;
    }
    tell([{ tone: "info", text: words.own_reading }]);
    sent = token();
    model.send({ type: "file", name: file.name, token: sent }, undefined, [await file.arrayBuffer()]);
  }

  function tell(says, more = []) {
    result.replaceChildren(
      make("ul", { class: "ck-says" }, says.map(({ tone, text }) => make("li", { "data-tone": tone }, text))),
      ...more);
  }

  function draw() {
    const { reply, says, image, alt } = model.get("result");
    if (!sent || reply !== sent) return; // of another view, or of a file chosen before
    tell(says, image ? [make("img", { class: "ck-picture", alt, src: `data:image/png;base64,${image}` })] : []);
  }

  el.classList.add("ck-door");
  el.append(make("section", { class: "ck ck-own", "aria-label": words.own },
    make("header", { class: "ck-head" }, make("span", { class: "ck-tag" }, words.own)),
    make("p", { class: "ck-prompt" }, words.own_prompt),
    make("p", { class: "ck-aside" }, words.own_limit),
    make("div", { class: "ck-actions" }, input,
      make("label", { for: id, class: "ck-button ck-main" }, words.own_choose), chosen),
    result));
  const release = keepKeys(el);
  model.on("change:result", draw);
  return () => {
    release();
    model.off("change:result", draw);
    el.replaceChildren();
  };
}

export default { render };
