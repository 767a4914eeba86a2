// Type numbers: one input per field, with its unit; a table of data above where there is one.

const number = {
  empty: () => ({}),

  build(body, ui) {
    const { fields, table } = ui.public;
    const lines = fields.map((field) => {
      const id = token();
      const input = make("input", {
        id,
        name: field.id,
        type: "text",
        autocomplete: "off",
        inputmode: field.unit ? "decimal" : "text", // a phone's digits lack 万 and %
        "aria-describedby": `${id}-unit ${id}-note ${id}-mark`,
        oninput: () => ui.change({ ...ui.answer, [field.id]: input.value }),
        onkeydown: (event) => {
          if (event.key !== "Enter" || event.isComposing) return;
          event.preventDefault();
          ui.submit();
        },
      });
      const mark = make("div", { id: `${id}-mark` });
      const line = make("div", { class: "ck-field" },
        make("div", {}, make("label", { for: id }, field.text),
          make("p", { class: "ck-note-text", id: `${id}-note` }, ui.public.guess ? "" : field.note ?? "")),
        make("span", { class: "ck-entry" }, input,
          make("span", { class: "ck-unit", id: `${id}-unit` }, field.unit ?? "")),
        mark);
      return { field, input, mark, line };
    });
    if (table) body.append(tableOf(table, ui.word("data")));
    body.append(make("div", { class: "ck-fields" }, lines.map(({ line }) => line)));

    return function update() {
      for (const { field, input, mark, line } of lines) {
        const value = ui.answer[field.id] ?? "";
        if (input.value !== value && !input.matches(":focus")) input.value = value;
        const part = (ui.state.answer?.[field.id] ?? "") === value ? ui.part(field.id) : null;
        putMark(mark, part, ui.word);
        line.dataset.ok = part ? String(part.ok) : "";
        input.setAttribute("aria-invalid", String(part?.ok === false));
      }
    };
  },
};

export default { render: (context) => card(context, number) };
