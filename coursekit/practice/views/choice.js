// Choose one option, or several; each says what it teaches once it was chosen.

const choice = {
  empty: () => [],

  build(body, ui) {
    const { options, several, table } = ui.public;
    const name = token();
    const lines = options.map(({ id, text }) => {
      const mark = make("div", { id: token() });
      const input = make("input", {
        type: several ? "checkbox" : "radio",
        name,
        "aria-describedby": mark.id,
        onchange: () => choose(id, input.checked),
      });
      const line = make("div", { class: "ck-option", "data-option": id },
        make("label", {}, input, make("span", {}, text)), mark);
      return { id, input, mark, line };
    });
    if (table) body.append(tableOf(table, ui.word("data")));
    body.append(make("fieldset", { class: "ck-options" },
      make("legend", {}, ui.word(several ? "choice_several" : "choice_one")),
      lines.map(({ line }) => line)));

    function choose(id, on) {
      ui.change(several
        ? options.map((option) => option.id).filter((other) =>
          (other === id ? on : ui.answer.includes(other)))
        : [id]);
    }

    return function update() {
      const before = ui.state.answer;
      for (const { id, input, mark, line } of lines) {
        input.checked = ui.answer.includes(id);
        const part = before?.includes(id) === input.checked ? ui.part(id) : null;
        putMark(mark, part, ui.word);
        line.toggleAttribute("data-on", input.checked);
        line.dataset.ok = part ? String(part.ok) : "";
      }
    };
  },
};

export default { render: (context) => card(context, choice) };
