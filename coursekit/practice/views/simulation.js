// The funnel flight simulator: split the week's hours, watch the deals move, read the news.

const WORKS = ["prospect", "advance", "close"];

const simulation = {
  turns: true,
  whole: true,
  words: { again: "sim_again", another: "sim_another" },
  empty: () => null,

  build(body, ui) {
    const { stages, work, call_hours: callHours } = ui.public;
    const { word } = ui;
    const scene = () => ui.state.scene;
    const lanes = new Map(stages.map((stage) => [stage.id, lane(stage)]));
    const rows = new Map(work.map((one) => [one.id, row(one)]));
    const dots = new Map(); // deal id -> its button; it outlives the week
    let shown = null; // the place that stands on the screen
    let picked = null;
    let warned = null;

    const weeks = make("ol", { class: "ck-weeks" });
    const event = make("p", { class: "ck-event", tabindex: "-1" });
    const purse = make("p", { class: "ck-purse" });
    const board = make("div", { class: "ck-board", role: "group" },
      stages.map(({ id }) => lanes.get(id).node));
    const about = make("div", { class: "ck-about", role: "status", "aria-live": "polite" });
    const bar = make("div", { class: "ck-split", "aria-hidden": "true" });
    const left = make("p", { class: "ck-hours-left", role: "status" });
    const fly = make("button", { type: "button", class: "ck-button ck-main ck-fly",
      onclick: takeOff }, word("sim_fly"));
    const presets = make("div", { class: "ck-presets" }, [
      ["sim_same", () => capped(scene().last ?? {})],
      ["sim_thirds", () => thirds()],
      ["sim_rest", () => ({ ...plan(), prospect: plan().prospect + rest() })],
      ["sim_clear", () => capped({})],
    ].map(([name, hours]) => make("button", { type: "button", class: "ck-button", "data-name": name,
      onclick: () => put(hours()) }, word(name))));
    const asked = make("p", { class: "ck-asked" });
    const controls = make("section", { class: "ck-controls" }, asked, bar,
      work.map(({ id }) => rows.get(id).node), presets,
      make("div", { class: "ck-fly-bar" }, left, fly));
    const news = make("section", { class: "ck-news", "aria-live": "polite" });
    const after = make("div", {});
    body.hidden = true; // until there is a week to decide on
    body.append(
      make("div", { class: "ck-top" }, weeks, purse),
      event,
      make("div", { class: "ck-sim" },
        make("div", {}, board, make("p", { class: "ck-help" }, word("sim_pick"),
          make("span", { class: "ck-fine" }, ` ${word("sim_keys")}`)), about),
        make("div", { class: "ck-side" }, news, controls)),
      after);

    // --- the plan of the week, kept as the draft of the answer

    function plan() {
      const draft = ui.answer;
      if (draft?.at === scene().at) return draft;
      return { ...capped(scene().last ?? {}), at: scene().at, first: [], drop: [] };
    }

    const sum = (hours) => WORKS.reduce((all, id) => all + (hours[id] ?? 0), 0);
    const rest = () => scene().hours - sum(plan());
    const move = () => {
      const { at, ...rest } = plan();
      return rest;
    };

    /** An empty week is flown at the second press only: it can't be taken back. */
    function takeOff() {
      if (ui.busy) return;
      const empty = sum(plan()) === 0 && scene().hours > 0;
      if (empty && warned !== scene().at) {
        warned = scene().at;
        left.textContent = word("sim_empty");
      } else ui.play(move());
    }

    function put(hours) {
      ui.change({ ...plan(), ...hours });
    }

    /** Hours cut to what the week has, the first kind of work first. */
    function capped(hours) {
      let free = scene().hours;
      return Object.fromEntries(WORKS.map((id) => {
        const given = Math.min(hours[id] ?? 0, free);
        free -= given;
        return [id, given];
      }));
    }

    function thirds() {
      const third = Math.floor(scene().hours / 3);
      return { prospect: scene().hours - 2 * third, advance: third, close: third };
    }

    /** Which deals the hours reach, in the order of the rules. */
    function visited() {
      const { first, drop } = plan();
      const order = [...scene().deals].filter(({ id }) => !drop.includes(id)).sort((a, b) => {
        const [one, other] = [first.indexOf(a.id), first.indexOf(b.id)];
        if (one >= 0 || other >= 0) return (one < 0 ? 1e6 : one) - (other < 0 ? 1e6 : other);
        return a.turn - b.turn;
      });
      const free = { advance: plan().advance, close: plan().close };
      const reached = new Set();
      for (const deal of order) {
        const kind = workOf(deal.stage);
        if (deal.hours <= free[kind]) {
          free[kind] -= deal.hours;
          reached.add(deal.id);
        }
      }
      return reached;
    }

    const workOf = (stage) => stages.find(({ id }) => id === stage).work;

    // --- the board

    function lane({ id, text, work: kind }) {
      const label = make("span", { class: "ck-lane-name" });
      const place = make("div", { class: "ck-balls" });
      const node = make("div", { class: "ck-lane", "data-stage": id, "data-work": kind, role: "group" },
        label, place);
      return { node, label, place, text };
    }

    function dot(deal) {
      const tags = make("span", { class: "ck-hidden" });
      const node = make("button", { type: "button", class: "ck-dot", "data-deal": deal.id,
        onclick: () => pick(picked === deal.id ? null : deal.id),
        onkeydown: (pressed) => key(pressed, deal.id) },
      make("span", { class: "ck-ball", "aria-hidden": "true" }, deal.short), tags);
      return { node, tags };
    }

    function pick(id) {
      picked = id;
      update();
      if (id) dots.get(id)?.node.focus({ preventScroll: true });
    }

    function toggle(list, id) {
      const now = plan();
      const other = list === "first" ? "drop" : "first";
      const on = now[list].includes(id);
      ui.change({ ...now, [list]: on ? now[list].filter((one) => one !== id) : [...now[list], id],
        [other]: now[other].filter((one) => one !== id) });
    }

    function key(pressed, id) {
      if (pressed.ctrlKey || pressed.altKey || pressed.metaKey) return;
      const ids = [...board.querySelectorAll("[data-deal]")].map((node) => node.dataset.deal);
      const way = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[pressed.key];
      const list = { f: "first", d: "drop" }[pressed.key.toLowerCase()];
      if (way) {
        const next = ids[ids.indexOf(id) + way];
        if (next) pick(next);
      } else if (list && !scene().over) {
        picked = id;
        toggle(list, id);
      } else return;
      pressed.preventDefault();
    }

    function drawBoard() {
      const { deals, over } = scene();
      const { first, drop } = plan();
      const reached = over ? new Set() : visited();
      const known = new Set(deals.map(({ id }) => id));
      for (const [id, { node }] of dots) {
        if (known.has(id)) continue;
        node.remove();
        dots.delete(id);
      }
      if (!known.has(picked)) picked = null;
      for (const deal of deals) {
        if (!dots.has(deal.id)) dots.set(deal.id, dot(deal));
        const { node, tags } = dots.get(deal.id);
        const { place } = lanes.get(deal.stage);
        if (node.parentNode !== place) place.append(node);
        const state = {
          visit: reached.has(deal.id),
          risk: deal.risk && !reached.has(deal.id) && !over,
          first: first.includes(deal.id),
          drop: drop.includes(deal.id),
        };
        node.dataset.size = deal.size;
        for (const [name, on] of Object.entries(state)) node.toggleAttribute(`data-${name}`, on);
        tags.textContent = [deal.says,
          ...Object.keys(state).filter((name) => state[name]).map((name) => word(`sim_tag_${name}`)),
        ].join(" ");
        node.setAttribute("aria-pressed", String(picked === deal.id));
        const stop = picked ? picked === deal.id : deal === deals[0];
        node.tabIndex = stop ? 0 : -1;
      }
      const signed = (scene().news?.moves ?? []).filter(({ code }) => code === "won");
      for (const { id, text } of stages) {
        const count = id === "contract" ? signed.length : deals.filter(({ stage }) => stage === id).length;
        const { node, label, place } = lanes.get(id);
        label.textContent = word("sim_lane", { stage: text, n: count });
        node.setAttribute("aria-label", label.textContent);
        if (id === "contract") {
          place.replaceChildren(...signed.map((one) => make("span", { class: "ck-coin", "data-coin": one.deal },
            one.text)));
        }
      }
      board.setAttribute("aria-label", word("sim_board", { n: deals.length }));
    }

    function drawAbout() {
      const deal = scene().deals.find(({ id }) => id === picked);
      if (!deal) return about.replaceChildren();
      const { first, drop } = plan();
      const button = (list, on, off) => {
        const pressed = plan()[list].includes(deal.id);
        return make("button", { type: "button", class: "ck-button", "data-list": list,
          onclick: () => {
            toggle(list, deal.id);
            about.querySelector(`[data-list=${list}]`)?.focus();
          } }, word(pressed ? off : on));
      };
      const said = deal.says + (first.includes(deal.id) || drop.includes(deal.id)
        ? ` ${word(first.includes(deal.id) ? "sim_tag_first" : "sim_tag_drop")}` : "");
      about.replaceChildren(make("p", {}, said), scene().over ? "" : make("div", { class: "ck-presets" },
        button("first", "sim_first", "sim_first_not"), button("drop", "sim_drop", "sim_keep")));
    }

    // --- hours

    function row({ id, text, says }) {
      const note = make("span", { class: "ck-work-note", id: token() });
      const value = make("output", { class: "ck-work-hours" });
      const range = make("input", { type: "range", min: 0, step: 1, "aria-label": text,
        "aria-describedby": note.id, oninput: () => give(id, Number(range.value)) });
      const stepped = id === "prospect" ? callHours : 1;
      const button = (sign, by, name) => make("button", { type: "button", class: "ck-step",
        "aria-label": word(name, { work: text, n: stepped }),
        onclick: () => give(id, (plan()[id] ?? 0) + by * stepped) }, sign);
      const node = make("div", { class: "ck-work", "data-work": id },
        make("div", { class: "ck-work-name" }, make("b", {}, text), value),
        make("div", { class: "ck-work-set" },
          button("−", -1, "sim_less"), range, button("+", 1, "sim_more")),
        make("p", { class: "ck-work-says" }, note, make("span", {}, ` ${says}`)));
      return { node, range, value, note, text };
    }

    function give(id, hours) {
      const others = sum(plan()) - (plan()[id] ?? 0);
      put({ [id]: Math.max(0, Math.min(hours, scene().hours - others)) });
    }

    function drawHours() {
      const { hours, deals } = scene();
      const now = plan();
      const reached = visited();
      asked.textContent = word("sim_hours", { hours });
      bar.replaceChildren(...WORKS.map((id) => make("span", { "data-work": id,
        style: `width: ${hours ? (100 * now[id]) / hours : 0}%` })));
      for (const id of WORKS) {
        const { range, value, note } = rows.get(id);
        range.max = hours;
        range.value = now[id];
        const mine = deals.filter((deal) => workOf(deal.stage) === id && !now.drop.includes(deal.id));
        const text = id === "prospect"
          ? word("sim_prospect", { n: Math.floor(now[id] / callHours) })
          : word("sim_visits", { n: mine.filter((deal) => reached.has(deal.id)).length, all: mine.length });
        value.textContent = word("sim_h", { n: now[id] });
        note.textContent = text;
        range.setAttribute("aria-valuetext", `${value.textContent} ${text}`);
      }
      const over = sum(now) - hours;
      left.textContent = over > 0 ? word("sim_too_many", { over })
        : over < 0 ? word("sim_left", { left: -over }) : word("sim_full");
      left.toggleAttribute("data-over", over > 0);
      presets.querySelector("[data-name=sim_same]").hidden = !scene().last;
      fly.textContent = word(ui.busy ? "sim_flying" : "sim_fly");
      fly.setAttribute("aria-disabled", String(ui.busy));
    }

    // --- the weeks, the news, the end

    function drawTop() {
      const { week, weeks: all, past, won, spent, over, event: what } = scene();
      weeks.setAttribute("aria-label", over ? word("sim_over", { weeks: all }) : word("sim_week", { week, weeks: all }));
      weeks.replaceChildren(...Array.from({ length: all }, (_, at) => {
        const gone = past[at];
        return make("li", { "data-state": gone ? "gone" : at + 1 === week && !over ? "now" : "", title: gone?.event,
          "aria-current": at + 1 === week && !over ? "step" : null },
        make("b", {}, at + 1), gone?.won ? make("span", {}, gone.won) : null);
      }));
      purse.replaceChildren(make("span", {}, `${word("sim_won")} `, make("b", {}, won)),
        make("span", {}, `${word("sim_spent")} ${spent}`),
        make("span", { class: "ck-luck" }, word("sim_luck", { luck: ui.public.luck })));
      event.replaceChildren(make("b", {}, over ? word("sim_over", { weeks: all })
        : `${word("sim_week", { week, weeks: all })}　${what.text}`), over ? "" : ` ${what.says}`);
    }

    function drawNews() {
      const told = scene().news;
      if (!told) return news.replaceChildren();
      const loud = told.moves.filter(({ code }) => code !== "stays");
      const still = told.moves.filter(({ code }) => code === "stays");
      const line = ({ tone, text, code }) => make("li", { "data-tone": tone, "data-code": code }, text);
      news.replaceChildren(make("h4", {}, word("sim_news", { week: told.week })),
        make("ul", {}, loud.map(line), told.idle ? make("li", { "data-tone": "bad" }, told.idle) : null,
          loud.length + still.length + told.idle.length ? null : make("li", {}, word("sim_quiet"))),
        ...(still.length ? [make("details", {}, make("summary", {}, `${still.length} × ${word("sim_no_move")}`),
          make("ul", {}, still.map(line)))] : []));
    }

    function drawEnd() {
      const end = scene().debrief;
      controls.hidden = Boolean(end);
      after.replaceChildren(end ? debriefOf(end, word) : "");
    }

    function update() {
      body.hidden = !scene()?.deals;
      if (body.hidden) return;
      const fresh = shown !== scene().at;
      const first = shown === null;
      const before = fresh && !first ? placesOf(board, dots) : null;
      const held = body.contains(body.getRootNode().activeElement);
      shown = scene().at;
      if (fresh) {
        picked = null;
        drawTop();
        drawNews();
        drawEnd();
      }
      drawBoard();
      drawAbout();
      if (!scene().over) drawHours();
      if (before) {
        if (!first && held) event.focus({ preventScroll: true });
        event.scrollIntoView({ block: "nearest" });
        moveDots(board, dots, before, scene().news?.moves ?? []);
      }
    }

    return update;
  },
};

export default { render: (context) => card(context, simulation) };
