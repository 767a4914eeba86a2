// Bring cards into order: drag them, press their arrows, or use the keys.

const NEAR_PIXELS = 40; // so far outside the list a card may still be dropped

const order = {
  empty: () => [],

  build(body, ui) {
    const { cards, first, last } = ui.public;
    const texts = new Map(cards.map(({ id, text }) => [id, text]));
    const start = cards.map(({ id }) => id);
    const help = howTo(ui.word, "order_help");
    const pieces = new Map(cards.map((one) => [one.id, piece(one)]));
    const list = make("ol", { class: "ck-order", "aria-label": ui.word("order_list") });
    body.append(help, make("p", { class: "ck-end" }, first), list,
      make("p", { class: "ck-end" }, last));

    const order = () => (ui.answer.length ? ui.answer : start);

    function piece({ id, text }) {
      const at = make("span", { class: "ck-place", "aria-hidden": "true" });
      const where = make("span", { class: "ck-hidden" });
      const main = make("button", { type: "button", class: "ck-piece-main",
        "aria-describedby": help.id }, text, where);
      const shift = (way, name, sign) => make("button", { type: "button",
        "aria-label": ui.word(name, { card: text }),
        onclick: (event) => {
          event.stopPropagation();
          move(id, order().indexOf(id) + way);
          event.currentTarget.focus({ preventScroll: true });
        } }, sign);
      const [up, down] = [shift(-1, "order_up", "↑"), shift(1, "order_down", "↓")];
      const mark = make("div", {});
      const node = make("li", { class: "ck-piece", "data-card": id,
        onkeydown: (event) => key(event, id) },
      make("span", { class: "ck-grip", "aria-hidden": "true" }, "⠿"), at, main,
      make("span", { class: "ck-shift" }, up, down), mark);
      dragged(node, {
        at: (x, y) => placeAt(id, x, y),
        over: (place) => hint(id, place),
        drop: (place) => {
          move(id, place);
          main.focus({ preventScroll: true });
        },
        click: () => {},
      });
      return { node, main, at, where, up, down, mark };
    }

    const others = (id) => order().filter((other) => other !== id);
    const nodeOf = (id) => pieces.get(id).node;

    /** The place that a card would take where it is held, or null outside the list. */
    function placeAt(id, x, y) {
      const { left, right, top, bottom } = list.getBoundingClientRect();
      if (x < left - NEAR_PIXELS || x > right + NEAR_PIXELS) return null;
      if (y < top - NEAR_PIXELS || y > bottom + NEAR_PIXELS) return null;
      return others(id).filter((other) => {
        const box = nodeOf(other).getBoundingClientRect();
        return y > box.top + box.height / 2;
      }).length;
    }

    function hint(id, place) {
      others(id).forEach((other, at, all) => {
        nodeOf(other).toggleAttribute("data-before", at === place);
        nodeOf(other).toggleAttribute("data-after", place === all.length && at === place - 1);
      });
    }

    function move(id, place) {
      const rest = others(id);
      const at = Math.min(Math.max(place, 0), rest.length);
      const wanted = [...rest.slice(0, at), id, ...rest.slice(at)];
      glide([...list.children], () => {
        ui.change(wanted);
        update();
      });
      ui.tell(ui.word("order_moved", { card: texts.get(id), at: at + 1, n: start.length }));
    }

    function key(event, id) {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const here = order().indexOf(id);
      const goal = { ArrowUp: here - 1, ArrowDown: here + 1, Home: 0, End: start.length }[event.key];
      if (goal === undefined) return;
      event.preventDefault();
      move(id, goal);
      event.target.focus({ preventScroll: true });
      event.target.scrollIntoView({ block: "nearest" });
    }

    function update() {
      const now = order();
      if (now.some((id, at) => list.children[at] !== nodeOf(id))) list.append(...now.map(nodeOf));
      const marked = same(ui.state.answer, now);
      now.forEach((id, place) => {
        const { node, at, where, up, down, mark } = pieces.get(id);
        at.textContent = place + 1;
        where.textContent = ui.word("order_place", { at: place + 1, n: now.length });
        // not `disabled`: that would throw the focus of the keyboard away
        up.setAttribute("aria-disabled", String(place === 0));
        down.setAttribute("aria-disabled", String(place === now.length - 1));
        const part = marked ? ui.part(id) : null;
        putMark(mark, part, ui.word);
        node.dataset.ok = part ? String(part.ok) : "";
      });
    }

    return update;
  },
};

export default { render: (context) => card(context, order) };
