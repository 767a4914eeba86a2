// Put cards into boxes: drag them, or choose a card and then a box, or use the keyboard.

const sort = {
  empty: () => ({}),

  build(body, ui) {
    const { cards, bins } = ui.public;
    const places = [{ id: "", text: ui.word("pool") }, ...bins];
    const texts = new Map([...places, ...cards].map(({ id, text }) => [id, text]));
    const help = howTo(ui.word, "sort_help", { n: bins.length });
    const boxes = new Map(places.map((place, at) => [place.id, box(place, at)]));
    const pieces = new Map(cards.map((one) => [one.id, piece(one)]));
    const half = Math.ceil(bins.length / 2);
    const [columns, fewer] = [5, 3].map((most) => (bins.length > most ? half : bins.length));
    let picked = null;
    body.append(help, boxes.get("").node,
      make("div", { class: "ck-bins", style: `--columns: ${columns}; --fewer: ${fewer}` }, bins.map(({ id }) => boxes.get(id).node)));

    const placeOf = (id) => (boxes.has(ui.answer[id]) ? ui.answer[id] : "");

    function box({ id, text }, at) {
      const count = make("span", { class: "ck-tally" });
      const list = make("ul", {});
      const put = make("button", { type: "button", class: "ck-put", hidden: true }, ui.word("put_here"));
      const node = make("div", {
        class: id ? "ck-bin" : "ck-bin ck-pool",
        role: "group",
        "data-bin": id,
        onclick: () => { if (picked) place(picked, id, true); },
      },
      make("div", { class: "ck-bin-head" },
        id ? make("kbd", { "aria-hidden": "true" }, at) : null,
        make("b", {}, text), count),
      list, put);
      return { node, list, put, count, text };
    }

    function piece({ id, text }) {
      const where = make("span", { class: "ck-hidden" });
      const main = make("button", { type: "button", class: "ck-piece-main", "aria-pressed": "false",
        "aria-describedby": help.id }, text, where);
      const mark = make("div", {});
      const moves = make("div", { class: "ck-moves", hidden: true }, places.map((goal) =>
        make("button", { type: "button", "data-goal": goal.id, onclick: (event) => {
          event.stopPropagation();
          place(id, goal.id, true);
        } }, goal.id ? goal.text : ui.word("put_back"))));
      const node = make("li", { class: "ck-piece", "data-card": id, onkeydown: (event) => key(event, id) },
        make("span", { class: "ck-grip", "aria-hidden": "true" }, "⠿"), main, mark, moves);
      dragged(node, {
        at: (x, y) => binAt(x, y),
        over: (bin) => boxes.forEach(({ node: other }, goal) => other.toggleAttribute("data-over", goal === bin)),
        drop: (bin) => place(id, bin, true),
        click: () => pick(picked === id ? null : id),
      });
      return { node, main, where, mark, moves };
    }

    function binAt(x, y) {
      const root = body.getRootNode();
      const target = (root.elementFromPoint ? root : document).elementFromPoint(x, y);
      const hit = target?.closest("[data-bin]");
      return hit && body.contains(hit) ? hit.dataset.bin : null;
    }

    function pick(id) {
      picked = id;
      if (id) ui.tell(ui.word("picked", { card: texts.get(id) }));
      update();
    }

    function place(id, bin, refocus) {
      picked = null;
      const answer = { ...ui.answer };
      if (bin) answer[id] = bin;
      else delete answer[id];
      ui.change(answer);
      update();
      if (refocus) pieces.get(id).main.focus({ preventScroll: true });
      ui.tell(ui.word("placed", { card: texts.get(id), bin: texts.get(bin) }));
    }

    function key(event, id) {
      if (event.ctrlKey || event.altKey || event.metaKey || !event.target.matches(".ck-piece-main")) {
        return;
      }
      const here = places.findIndex((goal) => goal.id === placeOf(id));
      const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape" && picked) pick(null);
      else if (way) place(id, places[Math.min(Math.max(here + way, 0), bins.length)].id, true);
      else if (/^\d$/.test(event.key) && places[event.key]) place(id, places[event.key].id, true);
      else return;
      event.preventDefault();
    }

    function update() {
      const focus = body.getRootNode().activeElement;
      const tally = new Map(places.map(({ id }) => [id, 0]));
      for (const { id } of cards) {
        const { node, main, where, mark, moves } = pieces.get(id);
        const bin = placeOf(id);
        tally.set(bin, tally.get(bin) + 1);
        if (node.parentNode !== boxes.get(bin).list) boxes.get(bin).list.append(node);
        where.textContent = ui.word("where", { bin: texts.get(bin) });
        main.setAttribute("aria-pressed", String(picked === id));
        node.toggleAttribute("data-picked", picked === id);
        moves.hidden = picked !== id;
        for (const goal of moves.children) goal.hidden = goal.dataset.goal === bin;
        const part = ui.state.answer && (ui.state.answer[id] ?? "") === bin ? ui.part(id) : null;
        putMark(mark, part, ui.word);
        node.dataset.ok = part ? String(part.ok) : "";
      }
      for (const [id, { node, put, count, text }] of boxes) {
        put.hidden = picked === null || placeOf(picked) === id;
        count.textContent = tally.get(id);
        node.toggleAttribute("data-empty", tally.get(id) === 0);
        node.toggleAttribute("data-goal", !put.hidden);
        node.setAttribute("aria-label", ui.word("bin_label", { bin: text, n: tally.get(id) }));
      }
      if (focus && body.contains(focus)) focus.focus({ preventScroll: true }); // moving a node blurs it
    }

    return update;
  },
};

export default { render: (context) => card(context, sort) };
