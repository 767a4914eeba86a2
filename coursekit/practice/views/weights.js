// Give 100 points to criteria; the cases fall into the order that the points give them.

const TOTAL = 100;
const STEP = 5; // of a slider; typed points may be any whole number
const HEADS = 3; // names that are read out after a change

const weights = {
  empty: () => ({}),

  build(body, ui) {
    const { criteria, columns, rows, points, won, top } = ui.public;
    const ended = Object.keys(won).length > 0;
    const lines = criteria.map(line);
    const left = make("p", { class: "ck-left" });
    const count = make("p", { class: "ck-count" });
    const label = ui.word("weights_cases");
    const table = tableOf({ columns: allColumns(), rows: rows.map(allCells) }, label);
    const list = table.querySelector("tbody");
    const places = new Map(rows.map(({ id }) => {
      const node = list.querySelector(`[data-row="${CSS.escape(id)}"]`);
      const values = node.querySelectorAll(".ck-value");
      return [id, { node, rank: values[0], score: values[values.length - 1] }];
    }));
    body.append(make("p", { class: "ck-help" }, ui.word("weights_help")),
      make("div", { class: "ck-ranges ck-weights" }, lines.map(({ node }) => node)),
      left, ended ? count : null, table);

    function line({ id, text }) {
      const mark = make("div", { id: token() });
      const shared = { min: 0, max: TOTAL, "aria-describedby": mark.id };
      const slide = make("input", { ...shared, type: "range", step: STEP,
        "aria-label": ui.word("weights_slide", { name: text }),
        oninput: () => give(id, Number(slide.value)), onchange: tellHeads });
      const typed = make("input", { ...shared, type: "number", step: 1, inputmode: "numeric",
        name: id, "aria-label": ui.word("weights_points", { name: text }),
        oninput: () => give(id, Math.round(Number(typed.value) || 0)), onchange: tellHeads });
      const node = make("div", { class: "ck-range ck-weight", "data-criterion": id },
        make("span", {}, text), slide, typed, mark);
      return { id, slide, typed, mark, node };
    }

    function allColumns() {
      return [{ text: ui.word("weights_rank") }, ...columns,
        ...criteria, ...(ended ? [{ text: ui.word("weights_result") }] : []),
        { text: ui.word("weights_score") }];
    }

    function allCells({ id, cells }) {
      const result = id in won ? ui.word(won[id] ? "weights_won" : "weights_lost") : "";
      return { id, cells: ["1", ...cells, ...criteria.map((one) => String(points[id][one.id])),
        ...(ended ? [result] : []), "0"] };
    }

    const pointsOf = (id) => ui.answer[id] ?? 0;
    const given = () => criteria.reduce((sum, { id }) => sum + pointsOf(id), 0);

    /** Weighted mean of a case's points; as long as points are left, of those that are given. */
    function scoreOf(id) {
      const sum = criteria.reduce((all, one) => all + pointsOf(one.id) * points[id][one.id], 0);
      return given() ? sum / given() : 0;
    }

    function ranked() {
      const scored = rows.map(({ id, cells }) => ({ id, name: cells[0], score: scoreOf(id) }));
      return scored.sort((one, other) =>
        Math.round((other.score - one.score) * 1e9)); // equal ones stay as they came
    }

    function give(id, value) {
      ui.change({ ...ui.answer, [id]: Math.min(Math.max(value, 0), TOTAL) });
      update();
    }

    function tellHeads() {
      const names = ranked().slice(0, HEADS).map(({ name }) => name);
      ui.tell(ui.word("weights_heads", { names: names.join(ui.word("weights_joint")) }));
    }

    function drawLeft() {
      const rest = TOTAL - given();
      const name = rest > 0 ? "weights_left" : rest < 0 ? "weights_over" : "weights_full";
      left.textContent = ui.word(name, { n: Math.abs(rest) });
      left.dataset.rest = Math.sign(rest);
    }

    function drawCases() {
      const order = ranked();
      const nodes = order.map(({ id }) => places.get(id).node);
      if (nodes.some((node, at) => list.children[at] !== node)) {
        glide(nodes, () => list.append(...nodes));
      }
      order.forEach(({ id, score }, at) => {
        const { node, rank, score: shown } = places.get(id);
        rank.textContent = at + 1;
        shown.textContent = Math.round(score);
        node.toggleAttribute("data-top", at < top);
        node.toggleAttribute("data-edge", at === top - 1);
        node.style.setProperty("--score", `${score}%`);
      });
      const wins = order.slice(0, top).filter(({ id }) => won[id]).length;
      count.textContent = ui.word("weights_top", { top, won: wins });
    }

    function update() {
      const marked = criteria.every(({ id }) => (ui.state.answer?.[id] ?? 0) === pointsOf(id));
      for (const { id, slide, typed, mark, node } of lines) {
        slide.value = pointsOf(id);
        if (Number(typed.value) !== pointsOf(id) || typed.value === "") {
          if (!typed.matches(":focus") || pointsOf(id)) typed.value = pointsOf(id);
        }
        const part = marked ? ui.part(id) : null;
        putMark(mark, part, ui.word);
        node.dataset.ok = part ? String(part.ok) : "";
      }
      drawLeft();
      drawCases();
    }

    return update;
  },
};

export default { render: (context) => card(context, weights) };
