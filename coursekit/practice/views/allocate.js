// Give out hours or money in steps, or choose within a capacity; a bar says what is left.

const allocate = {
  empty: () => null, // untouched: what stands in the boxes is no answer yet

  build(body, ui) {
    const { rows, split } = ui.public;
    const { choose, total, unit } = split;
    const names = new Map(rows.map((row) => [row.id, row.cells[0]]));
    const used = make("b", {});
    const gain = make("span", {});
    const fill = make("div", {});
    const meter = make("div", { class: "ck-meter", role: "status", "aria-live": "polite" },
      make("div", { class: "ck-meter-bar", "aria-hidden": "true" }, fill),
      make("p", {}, used, " ", gain));
    const controls = new Map(rows.map((row) => [row.id, choose ? box(row) : stepper(row)]));
    const table = tableOf(ui.public, ui.word("rows"),
      (row) => (choose ? controls.get(row.id).input : null));
    const marks = new Map(rows.map(({ id }) => [id, make("div", { id: token() })]));
    if (!choose) {
      table.querySelector("thead tr")?.append(make("th", { role: "columnheader", scope: "col" },
        ui.word("split_give", { unit })));
    }
    for (const row of rows) {
      const line = table.querySelector(`[data-row="${CSS.escape(row.id)}"]`);
      const { node, input } = controls.get(row.id);
      if (!choose) line.append(make("td", { role: "cell", class: "ck-give" }, node));
      input.setAttribute("aria-describedby", marks.get(row.id).id);
      const span = row.cells.length + 1;
      line.after(make("tr", { role: "row", class: "ck-note", hidden: true },
        make("td", { role: "cell", colspan: span }, marks.get(row.id))));
    }
    body.append(choose ? "" : howTo(ui.word, "split_help"), table, meter);

    const start = () => Object.fromEntries(rows.map(({ id }) => [id, split.rows[id].start]));
    const given = () => (choose ? ui.answer ?? [] : { ...start(), ...ui.answer });

    function amountOf(id) {
      const amounts = split.rows[id].amounts;
      if (choose) return given().includes(id) ? amounts.at(-1) : amounts[0];
      const number = Number(String(given()[id]).trim() || 0);
      return Number.isFinite(number) ? number : 0;
    }

    function box(row) {
      const input = make("input", { type: "checkbox", "aria-label": row.cells.slice(0, 2).join(" "),
        onchange: () => ui.change(rows.map(({ id }) => id).filter((id) =>
          (id === row.id ? input.checked : given().includes(id)))) });
      return { node: input, input };
    }

    function stepper(row) {
      const { amounts } = split.rows[row.id];
      const put = (value) => ui.change({ ...given(), [row.id]: value });
      const move = (way) => {
        const now = amountOf(row.id);
        const next = way > 0 ? amounts.find((amount) => amount > now + 1e-9)
          : amounts.findLast((amount) => amount < now - 1e-9);
        if (next === undefined) return;
        put(next);
        input.value = next;
      };
      const input = make("input", { type: "text", inputmode: "decimal", autocomplete: "off",
        "aria-label": `${row.cells[0]} ${unit}`,
        oninput: () => put(input.value.trim()),
        onfocus: () => input.select(),
        onkeydown: (event) => {
          const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
          const enter = event.key === "Enter" && !event.isComposing;
          if (!way && !enter) return;
          event.preventDefault();
          if (way) move(way);
          else ui.submit();
        } });
      const step = { row: row.cells[0], step: split.step, unit };
      const button = (way, sign, name) => make("button", { type: "button", class: "ck-step",
        "aria-label": ui.word(name, step), onclick: () => move(way) }, sign);
      const node = make("div", { class: "ck-stepper" },
        button(-1, "−", "split_less"), input, button(1, "+", "split_more"));
      return { node, input };
    }

    /** Numbers as the rest of the card writes them. */
    const plain = (number) => String(Math.round(number * 100) / 100);
    function worth(value) {
      if (!split.money) return plain(value);
      const wan = ui.public.lang === "zh" && Math.abs(value) >= 1e4;
      return wan ? ui.word("wan", { n: plain(value / 1e4) }) : Math.round(value).toLocaleString("en");
    }

    return function update() {
      let sum = 0;
      let value = 0;
      const before = ui.state.answer;
      for (const row of rows) {
        const { input } = controls.get(row.id);
        const { amounts, values } = split.rows[row.id];
        const amount = amountOf(row.id);
        sum += amount;
        value += values?.[amounts.findIndex((other) => Math.abs(other - amount) < 1e-6)] ?? 0;
        const line = input.closest("tr");
        if (choose) input.checked = given().includes(row.id);
        else if (!input.matches(":focus")) input.value = given()[row.id];
        const unchanged = before && (choose
          ? before.includes?.(row.id) === given().includes(row.id)
          : String(before[row.id] ?? split.rows[row.id].start) === String(given()[row.id]));
        const part = unchanged ? ui.part(row.id) : null;
        line.toggleAttribute("data-on", choose ? input.checked : amount > 0);
        line.dataset.ok = part ? String(part.ok) : "";
        putMark(marks.get(row.id), part, ui.word);
        line.nextSibling.hidden = !part || (part.ok === null && !part.text);
        input.setAttribute("aria-invalid", String(part?.ok === false));
      }
      const over = sum - total;
      const text = ui.word(over > 1e-9 ? "split_over" : "split_used",
        { used: plain(sum), total: plain(total), left: plain(-over), over: plain(over), unit });
      if (used.textContent !== text) used.textContent = text;
      gain.textContent = split.gain ? ui.word("split_gain", { gain: split.gain, value: worth(value) }) : "";
      meter.toggleAttribute("data-over", over > 1e-9);
      meter.toggleAttribute("data-full", Math.abs(over) <= 1e-9);
      fill.style.width = `${Math.min(100, total ? (100 * sum) / total : 0)}%`;
    };
  },
};

export default { render: (context) => card(context, allocate) };
