// Drag a value, see the figure drawn with it: "what if". Python draws, the page keeps up.

const PAUSE = 120; // milliseconds without a move before Python is asked

function render({ model, el }) {
  const words = model.get("words");
  const picture = make("img", { class: "ck-picture" });
  const spoken = make("p", { class: "ck-hidden", role: "status", "aria-live": "polite" });
  const trouble = make("p", { role: "status" });
  const chosen = () => Object.fromEntries(lines.map(({ name, input }) => [name, Number(input.value)]));
  let timer = null;
  let asked = null; // the values that Python is drawing

  const lines = model.get("ranges").map(({ name, label, texts, at }) => {
    const id = token();
    const readout = make("output", { for: id, class: "ck-readout" });
    const input = make("input", { id, type: "range", min: 0, max: texts.length - 1, step: 1, value: at,
      oninput: () => {
        show();
        clearTimeout(timer);
        timer = setTimeout(ask, PAUSE);
      } });
    const show = () => {
      readout.textContent = texts[input.value];
      input.setAttribute("aria-valuetext", texts[input.value]);
    };
    show();
    const line = make("div", { class: "ck-range" }, make("label", { for: id }, label), input, readout);
    return { name, input, line };
  });

  function ask() {
    if (asked) return; // one drawing at a time; the last value is asked for when it is done
    asked = chosen();
    model.send({ type: "move", at: asked });
  }

  function draw() {
    const { image, alt, fault } = model.get("drawn");
    picture.src = `data:image/png;base64,${image}`;
    picture.alt = alt;
    trouble.textContent = fault ?? "";
    if (!asked) return;
    const behind = !same(asked, chosen());
    asked = null;
    if (behind) ask();
    else spoken.textContent = alt;
  }

  el.classList.add("ck-door");
  el.append(make("section", { class: "ck ck-what-if", "aria-label": words.what_if },
    make("header", { class: "ck-head" }, make("span", { class: "ck-tag" }, words.what_if),
      make("span", {}, words.what_if_help)),
    make("div", { class: "ck-ranges" }, lines.map(({ line }) => line)), picture, trouble, spoken));
  const release = keepKeys(el);
  model.on("change:drawn", draw);
  draw();
  return () => {
    clearTimeout(timer);
    release();
    model.off("change:drawn", draw);
    el.replaceChildren();
  };
}

export default { render };
