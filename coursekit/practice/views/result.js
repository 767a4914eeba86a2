// How a check went: asked for with a button, told when every question of it was answered.

function render({ model, el }) {
  const words = model.get("words");
  const body = make("div", { role: "status", "aria-live": "polite" });
  const ask = make("button", { type: "button", class: "ck-button ck-main", onclick: () => model.send({ type: "result" }) },
    words.result);

  function draw() {
    const { says, items } = model.get("told");
    body.replaceChildren(
      ...says.map((text) => make("p", {}, text)),
      ...items.map(({ prompt, score, ok, why }) => make("details", { class: "ck-checked" },
        make("summary", {},
          make("span", { class: "ck-sign", "aria-hidden": "true" }, ok ? "✓" : score ? "◐" : "✗"),
          ` ${prompt} `, make("b", {}, words.score.replace("{n}", score))),
        make("ol", {}, why.map((line) => make("li", {}, line))))));
  }

  el.classList.add("ck-door");
  el.append(make("section", { class: "ck ck-result", "aria-label": words.result_title },
    make("header", { class: "ck-head" }, make("span", { class: "ck-tag" }, words.result_title)),
    body, make("div", { class: "ck-actions" }, ask)));
  const release = keepKeys(el);
  model.on("change:told", draw);
  draw();
  return () => {
    release();
    model.off("change:told", draw);
    el.replaceChildren();
  };
}

export default { render };
