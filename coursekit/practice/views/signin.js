// Who is at the desk: asked once, shown ever after, changed with care.

function render({ model, el }) {
  let open = !model.get("who").name;

  function draw() {
    const { name, fixed, promise, words } = model.get("who");
    const id = token();
    const input = make("input", { id, class: "ck-name", type: "text", maxlength: "40", autocomplete: "name", value: name });
    const save = (event) => {
      event.preventDefault();
      const typed = input.value.trim();
      if (!typed) {
        said.textContent = words.empty;
        input.focus();
        return;
      }
      open = false;
      model.send({ type: "name", name: typed });
    };
    const said = make("p", { class: "ck-aside", role: "status", "aria-live": "polite" });
    const change = make("button", { type: "button", class: "ck-button", onclick: () => { open = true; draw(); el.querySelector("input").focus(); } }, words.change);
    const known = make("p", { class: "ck-who" }, words.known.replace("{name}", name), " ", fixed ? null : change);
    const form = make("form", { class: "ck-sign-in", onsubmit: save },
      make("label", { for: id }, name ? words.new_name : words.ask),
      input,
      make("button", { type: "submit", class: "ck-button ck-main" }, words.save),
      make("p", { class: "ck-note" }, name ? words.care : words.label_only),
      said);
    el.replaceChildren(make("section", { class: "ck ck-sign", "aria-label": words.title },
      open && !fixed ? form : known,
      make("p", { class: "ck-promise" }, promise)));
  }

  el.classList.add("ck-door");
  const release = keepKeys(el);
  model.on("change:who", draw);
  draw();
  return () => {
    release();
    model.off("change:who", draw);
    el.replaceChildren();
  };
}

export default { render };
