// What the views share. Put in front of a kind's file as text, so: no import, no export.

const ANSWER_SECONDS = 6; // then the card says that nothing is saved yet, and sends again
const SENDINGS = 4;

/** An element. Names with "on" listen; text becomes text nodes, never markup. */
function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child != null));
  return node;
}

/** An id that no other page makes; crypto.randomUUID is missing on http. */
function token() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The mark of one part in `place`: a sign, a word and the reason, never colour alone. */
function putMark(place, part, word) {
  if (!part || (part.ok === null && !part.text)) return place.replaceChildren();
  const verdict = part.ok === null ? [] : [
    make("span", { class: "ck-sign", "aria-hidden": "true" }, part.ok ? "✓" : "✗"),
    make("b", {}, word(part.ok ? "ok" : "not_ok")),
  ];
  place.replaceChildren(make("p", { class: "ck-mark", "data-ok": String(part.ok) },
    verdict, part.text ? make("span", {}, part.text) : null));
}

/** How a card is worked: by mouse and keys, or by touch. */
function howTo(word, name, values = {}) {
  return make("p", { class: "ck-help", id: token() },
    make("span", { class: "ck-fine" }, word(`${name}_mouse`, values)),
    make("span", { class: "ck-coarse" }, word(`${name}_touch`)));
}

/** A table that becomes one block per row where it is narrow; roles keep it a table there. */
function tableOf({ columns, rows }, label, lead = () => null) {
  const looks = columns.map((_, at) => {
    const cells = rows.map((row) => row.cells[at]);
    if (cells.every((text) => /^[-−¥$]?[\d,.]+(万|亿|%|天)?$|^—?$/.test(text))) return "ck-figure";
    // a date stays on a line; eleven wide characters would starve the other columns
    const short = (text) => text.length <= 11 && text.replace(/[\x20-\x7e]/g, "").length <= 8;
    return cells.every(short) ? "ck-short" : null;
  });
  const withLead = rows.length > 0 && lead(rows[0]) != null;
  const head = columns.map((column, at) =>
    make("th", { role: "columnheader", scope: "col", class: looks[at] }, column.text));
  if (withLead) head.unshift(make("td", { role: "cell" }));
  const lines = rows.map((row) => {
    const cells = columns.map((column, at) =>
      make("td", { role: "cell", class: looks[at] },
        make("span", { class: "ck-label", "aria-hidden": "true" }, column.text),
        make("span", { class: "ck-value" }, row.cells[at] || "—")));
    if (withLead) cells.unshift(make("td", { role: "cell", class: "ck-lead" }, lead(row)));
    return make("tr", { role: "row", "data-row": row.id }, cells);
  });
  return make("div", { class: "ck-scroll", role: "region", tabindex: "0", "aria-label": label },
    make("table", { role: "table", "aria-label": label },
      make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, head)),
      make("tbody", { role: "rowgroup" }, lines)));
}

/**
 * Sends a message until Python has answered it. phase: "idle", "busy", "late" (sent again),
 * "unsaved" (given up; the same message sent once more keeps its token, so it can't count twice).
 */
function mailbox(model, changed) {
  let message = null;
  let sent = 0;
  let timer = null;

  function transmit() {
    sent += 1;
    timer = setTimeout(late, ANSWER_SECONDS * 1000);
    changed();
    model.send(message);
  }

  function late() {
    timer = null;
    if (sent < SENDINGS) transmit();
    else changed();
  }

  return {
    get phase() {
      if (!message) return "idle";
      if (!timer) return "unsaved";
      return sent > 1 ? "late" : "busy";
    },
    get type() { return message?.type; },
    send(content) {
      if (timer) return;
      const again = message && same(message, { ...content, token: message.token });
      message = { ...content, token: again ? message.token : token() };
      sent = 0;
      transmit();
    },
    /** The message that was given up, once more. */
    resend() {
      if (!message || timer) return;
      sent = 0;
      transmit();
    },
    /** The type of the message that a reply belongs to, or null. */
    settle(reply) {
      if (!message || reply !== message.token) return null;
      clearTimeout(timer);
      const { type } = message;
      message = timer = null;
      return type;
    },
    close: () => clearTimeout(timer),
  };
}

const SIGN_OF = {
  right: "✓", partial: "◐", wrong: "✗", recorded: "✓", unanswered: "…", invalid: "?", error: "!",
};

/** What came back, in words: a heading, a praise where one is due, and the reasons. */
function verdict(sign, heading, says = [], score = null, praise = null) {
  return make("div", { class: "ck-verdict" },
    make("span", { class: "ck-sign", "aria-hidden": "true" }, sign),
    make("div", {},
      make("p", { class: "ck-heading" }, make("strong", {}, heading), " ",
        praise ? make("span", { class: "ck-praise" }, praise) : null, " ",
        score ? make("span", { class: "ck-score" }, score) : null),
      says.map(({ tone, text }) => make("p", { "data-tone": tone }, text))));
}

/** "How sure are you", asked where a course switches it on; tell(1 | 2 | 3). */
function howSure(word, tell) {
  const name = token();
  return make("fieldset", { class: "ck-sure" }, make("legend", {}, word("sure")),
    [1, 2, 3].map((level) => make("label", {},
      make("input", { type: "radio", name, value: level, onchange: () => tell(level) }),
      word(`sure_${level}`))));
}

/**
 * The frame of every card: question, buttons, what came back. `kind` is
 * `{ empty(public), build(body, ui) -> update }`; update() redraws from ui.answer and ui.state.
 * With `turns: true` it is answered move by move: its own buttons call ui.play(move), ui.state.scene
 * says where it stands, ui.busy while a move is on its way; `words` may name its own words for
 * "again" (the same from its start) and "another"; with `whole: true` neither is offered midway.
 */
function card({ model, el }, kind) {
  const mail = mailbox(model, () => {
    drawState();
    if (kind.turns) parts?.update?.();
  });
  const send = (message) => mail.send({ ...message, draw: ui.public.draw });
  let parts = null; // the frame's nodes, made anew with every question
  let certainty = null;

  const state = () => model.get("state") ?? {};
  const word = (name, values = {}) =>
    (ui.public.words[name] ?? name).replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const ui = {
    word,
    get public() { return model.get("public"); },
    get state() { return state(); },
    get answer() { return model.get("answer") ?? state().answer ?? kind.empty(ui.public); },
    part: (id) => state().parts?.[id] ?? null,
    change(answer) {
      model.set("answer", answer);
      model.save_changes();
    },
    submit() {
      ui.tell("");
      send({ type: "submit", answer: ui.answer, certainty });
    },
    tell: (text) => parts.aside.replaceChildren(text),
    get after() { return parts.after; }, // below what came back
    get drafted() { return model.get("drafted"); },
    /** Have an unfinished answer kept; its id stands in `drafted` once it is on disk. */
    draft() {
      const id = token();
      model.send({ type: "draft", answer: ui.answer, draw: ui.public.draw, token: id });
      return id;
    },
    get busy() { return ["busy", "late"].includes(mail.phase); },
    play(move) {
      ui.tell("");
      send({ type: "turn", move, at: state().scene?.at });
    },
    again: () => send({ type: "again" }),
  };

  function build() {
    const id = token();
    const { prompt, minutes, guess, certainty: asked, kind: name, exercise, lang } = ui.public;
    const button = (look, act) =>
      make("button", { type: "button", class: `ck-button ${look}`, onclick: act });
    const live = { role: "status", "aria-live": "polite" };
    parts = {
      prompt: make("p", { class: "ck-prompt", id, tabindex: "-1" }, prompt),
      body: make("div", { class: "ck-body" }),
      submit: button("ck-main", () => (kind.turns ? mail.resend() : ui.submit())),
      again: button("", ui.again),
      hint: button("", () => hintsLeft() > 0 && send({ type: "hint" })),
      another: button("", () => send({ type: "another" })),
      aside: make("p", { class: "ck-aside", ...live }),
      status: make("div", { class: "ck-status", ...live }),
      hints: make("div", { class: "ck-hints", "aria-live": "polite" }),
      why: make("div", {}),
      after: make("div", {}),
    };
    el.append(make("section",
      { class: "ck", "aria-labelledby": id, "data-kind": name, "data-exercise": exercise,
        lang: lang === "zh" ? "zh-CN" : lang },
      make("header", { class: "ck-head" },
        make("span", { class: "ck-tag" }, word(guess ? "tag_guess" : "tag")),
        minutes ? make("span", {}, word("minutes", { n: minutes })) : null),
      parts.prompt, parts.body,
      asked ? howSure(word, (level) => { certainty = level; }) : null,
      make("div", { class: "ck-actions" }, parts.submit, parts.hint, parts.again, parts.another),
      parts.aside, parts.status, parts.hints, parts.why, parts.after));
    parts.update = kind.build(parts.body, ui);
    drawState();
    parts.update();
  }

  const hintsLeft = () => (ui.public.hints_total ?? 0) - (state().hints ?? []).length;

  function drawState() {
    if (!parts) return;
    drawButtons();
    drawStatus();
    const { hints = [], why = [] } = state();
    const notes = hints.map((text, at) =>
      make("p", {}, make("b", {}, word("hint_number", { n: at + 1 })), " ", text));
    if (parts.hints.childElementCount !== notes.length) parts.hints.replaceChildren(...notes);
    const steps = make("section", { class: "ck-why" }, make("h4", {}, word("why")),
      why.length > 1 ? make("ol", {}, why.map((step) => make("li", {}, step)))
        : make("p", {}, ...why));
    const later = make("p", { class: "ck-aside" }, word("why_later"));
    const missed = ["wrong", "partial"].includes(state().outcome);
    parts.why.replaceChildren(...(why.length ? [steps] : missed ? [later] : []));
  }

  function drawButtons() {
    const { guess, hints_total: hints } = ui.public;
    const { busy } = ui;
    const sending = busy && mail.type === "submit";
    const solved = ["right", "recorded"].includes(state().outcome) && !sending;
    const name = mail.phase === "unsaved" ? "retry" : guess ? "guess_submit" : "submit";
    const varies = ui.public.varies ?? true; // else the same question is asked once more
    parts.submit.textContent = word(sending ? "submitting" : name);
    parts.submit.classList.toggle("ck-main", !solved);
    parts.another.textContent = word(kind.words?.another ?? (varies ? "another" : "afresh"));
    parts.another.classList.toggle("ck-main", solved && varies);
    parts.another.hidden = Boolean(guess || ui.public.check || (kind.turns && !varies));
    parts.again.textContent = word(kind.words?.again ?? "again");
    const { turn, over } = state().scene ?? {};
    const begun = kind.whole && turn > 0 && !over; // what is to be played to its end
    parts.another.hidden ||= begun;
    parts.again.hidden = !kind.turns || !turn || begun;
    if (kind.turns) parts.submit.hidden = mail.phase !== "unsaved";
    parts.hint.textContent = word(hintsLeft() > 0 ? "hint" : "hint_none", { n: hintsLeft() });
    parts.hint.hidden = Boolean(guess) || !hints;
    parts.hint.toggleAttribute("data-none", hintsLeft() <= 0);
    // not `disabled`: that would throw the focus of the keyboard away
    for (const button of [parts.submit, parts.hint, parts.again, parts.another]) {
      button.setAttribute("aria-disabled", String(busy || button.hasAttribute("data-none")));
    }
  }

  function drawStatus() {
    const { outcome, score, says, first } = state();
    const late = { late: "late", unsaved: "unsaved" }[mail.phase];
    const sending = mail.phase === "busy" && mail.type === "submit";
    const now = late ? verdict("!", word(late))
      : outcome && !sending ? verdict(SIGN_OF[outcome], title(outcome), says,
        score == null ? null : word("score", { n: Math.round(score) }), first && word("first"))
        : says?.length ? verdict("i", "", says) : "";
    // a live region that is written again is read again
    if (parts.status.textContent === (now.textContent ?? now)) return;
    parts.status.dataset.outcome = late ? "unsaved" : outcome ?? "";
    parts.status.replaceChildren(now);
  }

  function title(outcome) {
    if (ui.public.guess && outcome === "recorded") return word("guess_recorded");
    const own = `outcome_${outcome}_${ui.public.kind}`; // a form is not "all right"
    return word(own in ui.public.words ? own : `outcome_${outcome}`);
  }

  function onPublic() {
    el.replaceChildren();
    parts = certainty = null;
    if (ui.public) build();
  }

  function onState() {
    const answered = mail.settle(state().reply);
    drawState();
    parts?.update();
    if (answered === "another") parts.prompt.focus();
  }

  const listeners = {
    "change:public": onPublic,
    "change:state": onState,
    "change:answer": () => parts?.update(),
    "change:drafted": () => parts?.update(),
  };
  for (const [name, listener] of Object.entries(listeners)) model.on(name, listener);
  const release = keepKeys(el);
  el.classList.add("ck-door");
  onPublic();
  return () => {
    mail.close();
    release();
    for (const [name, listener] of Object.entries(listeners)) model.off(name, listener);
    parts = null;
    el.replaceChildren();
  };
}

/** Keep keys from JupyterLab: "d d" on a focused card would delete the card's cell. */
function keepKeys(el) {
  const keep = (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") event.preventDefault();
    event.stopPropagation();
  };
  el.setAttribute("data-lm-suppress-shortcuts", "true"); // its listener runs before ours
  el.addEventListener("keydown", keep);
  return () => el.removeEventListener("keydown", keep);
}
