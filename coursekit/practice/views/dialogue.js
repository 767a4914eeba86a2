// Talk to a customer: what was said, three lines to choose from, and at the end the talk again.

const SIGN_OF_POINTS = ["✗", "◐", "✓"];

const dialogue = {
  turns: true,
  words: { again: "talk_again" },
  empty: () => null,

  build(body, ui) {
    const word = (name, values) => ui.word(`talk_${name}`, values);
    const id = token();
    const nameOf = { customer: ui.public.who, you: word("you") };
    const log = make("div", { class: "ck-log", role: "log", "aria-live": "polite", tabindex: "0",
      "aria-label": word("log") });
    const state = make("ul", { class: "ck-meters", "aria-label": word("state") });
    const question = make("h4", { id, tabindex: "-1" });
    const lines = make("div", { class: "ck-says-lines" });
    const choose = make("div", { class: "ck-choose", role: "group", "aria-labelledby": id },
      question, howTo(word, "help"), lines);
    const replay = make("section", { class: "ck-replay" });
    let shown = null; // `at` of the scene that is drawn
    body.append(state, log, choose, replay);
    body.addEventListener("keydown", (event) => {
      const at = ["1", "2", "3"].indexOf(event.key);
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      if (at >= 0 && plain && lines.children[at]) {
        event.preventDefault();
        say(ui.state.scene.lines[at].id);
      }
    });

    function say(line) {
      if (!ui.busy) ui.play(line);
    }

    function drawLog(scene) {
      const said = scene.log.map(({ who, text }) => make("p", { class: "ck-said", "data-who": who },
        make("b", {}, nameOf[who]), make("span", {}, text)));
      const old = log.childElementCount;
      // what stands there stays: a live region reads only what is new
      const goesOn = old <= said.length
        && said.slice(0, old).every((node, at) => node.textContent === log.children[at].textContent);
      if (goesOn) log.append(...said.slice(old));
      else log.replaceChildren(...said);
      log.scrollTop = log.scrollHeight;
    }

    function drawState(scene) {
      state.replaceChildren(...scene.state.map(({ text, value, of, change }) => make("li", {},
        make("span", {}, text),
        make("span", { class: "ck-dots", "aria-hidden": "true" }, "●".repeat(value) + "○".repeat(of - value)),
        make("span", {}, word("level", { n: value, of })),
        change ? make("span", { class: "ck-change", "data-up": String(change > 0) },
          change > 0 ? `+${change}` : `−${-change}`) : null)));
    }

    function drawLines(scene) {
      choose.hidden = scene.over;
      question.textContent = word("next", { n: scene.turn + 1 });
      lines.replaceChildren(...scene.lines.map(({ id: line, text }, at) =>
        make("button", { type: "button", class: "ck-button ck-say", onclick: () => say(line) },
          make("kbd", { "aria-hidden": "true" }, at + 1), make("span", {}, text))));
    }

    function drawReplay(scene) {
      if (!scene.over) return replay.replaceChildren();
      const spoken = (who, text) => make("p", {}, make("b", {}, nameOf[who]), " ", text);
      const turns = scene.replay.map(({ customer, points, said, reply, better }) => make("li", {},
        spoken("customer", customer), spoken("you", said.text),
        reply ? spoken("customer", reply) : null,
        make("p", { class: "ck-mark", "data-ok": ["false", "null", "true"][points] },
          make("span", { class: "ck-sign", "aria-hidden": "true" }, SIGN_OF_POINTS[points]),
          make("b", {}, word(`points_${points}`)), make("span", {}, said.why)),
        better ? make("div", { class: "ck-better" }, make("p", {}, make("b", {}, word("better")), " ", better.text),
          make("p", { class: "ck-note-text" }, better.why)) : null));
      replay.replaceChildren(make("h4", { tabindex: "-1" }, word("replay")),
        make("p", { class: "ck-ending", "data-end": scene.ending }, word(`end_${scene.ending}`)),
        make("ol", {}, turns));
    }

    return function update() {
      const { scene } = ui.state;
      if (!scene) return; // a talk that could not be made
      for (const button of lines.children) button.setAttribute("aria-disabled", String(ui.busy));
      if (scene.at === shown) return;
      const moved = shown !== null;
      const inside = body.contains(document.activeElement) || document.activeElement === document.body;
      shown = scene.at;
      drawState(scene);
      drawLog(scene);
      drawLines(scene);
      drawReplay(scene);
      if (moved && inside) (scene.over ? replay.querySelector("h4") : question).focus({ preventScroll: !scene.over });
      else if (moved) question.focus({ preventScroll: true });
    };
  },
};

export default { render: (context) => card(context, dialogue) };
