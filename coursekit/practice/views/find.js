// Tick the rows that a question is about.

const find = {
  empty: () => [],

  build(body, ui) {
    const { columns, rows } = ui.public;
    const boxes = new Map(rows.map((row) => [row.id, make("input", {
      type: "checkbox",
      "aria-label": row.cells.slice(0, 2).join(" "),
      onchange: (event) => choose(row.id, event.target.checked),
      onkeydown: (event) => step(event, row.id),
    })]));
    const marks = new Map(rows.map((row) => [row.id, make("div", {})])); // with a reason: own line
    const signs = new Map(rows.map((row) => [row.id, make("span", {})])); // without: after the name
    const table = tableOf(ui.public, ui.word("rows"), (row) => boxes.get(row.id));
    const count = make("p", { class: "ck-count" });
    for (const row of rows) {
      const line = table.querySelector(`[data-row="${CSS.escape(row.id)}"]`);
      line.addEventListener("click", (event) => {
        if (event.target === boxes.get(row.id) || getSelection().toString()) return;
        boxes.get(row.id).click();
      });
      line.querySelector(".ck-value")?.after(signs.get(row.id));
      const note = make("td", { role: "cell", colspan: columns.length + 1 }, marks.get(row.id));
      line.after(make("tr", { role: "row", class: "ck-note", hidden: true }, note));
    }
    body.append(table, count);

    function choose(id, on) {
      ui.change(rows.map((row) => row.id).filter((other) =>
        (other === id ? on : ui.answer.includes(other))));
    }

    function step(event, id) {
      const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!way) return;
      event.preventDefault();
      boxes.get(rows[rows.findIndex((row) => row.id === id) + way]?.id)?.focus();
    }

    return function update() {
      const chosen = new Set(ui.answer);
      const before = ui.state.answer ? new Set(ui.state.answer) : null;
      for (const [id, box] of boxes) {
        box.checked = chosen.has(id);
        const line = box.closest("tr");
        line.toggleAttribute("data-on", box.checked);
        const part = before?.has(id) === box.checked ? ui.part(id) : null;
        line.dataset.ok = part ? String(part.ok) : "";
        const [own, other] = part?.text ? [marks, signs] : [signs, marks];
        putMark(own.get(id), part, ui.word);
        putMark(other.get(id), null);
        line.nextSibling.hidden = !part?.text;
      }
      count.textContent = ui.word("chosen", { n: chosen.size });
    };
  },
};

export default { render: (context) => card(context, find) };
