// Fill in a form: one control per field, groups with as many rows as one needs, drafts kept.

const DRAFT_MS = 500;
const DRAFT_LATE_MS = 6000;
const RADIOS = 6; // more options than that are a list to pull down

const form = {
  words: { another: "form_another" },
  empty: () => ({}),

  build(body, ui) {
    const { fields, groups, tests, self_test: selfTest } = ui.public;
    const word = (name, values) => ui.word(`form_${name}`, values);
    const lines = new Map(); // place -> { read, write, mark }
    const note = make("p", { class: "ck-draft" });
    let timer = null;
    let sent = null;

    // --- answers

    const rowsOf = (group, answer = ui.answer) => {
      const rows = answer?.[group.id] ?? [];
      return Array.from({ length: Math.max(group.least, rows.length) }, (_, at) => rows[at] ?? {});
    };

    function valueAt(place, answer) {
      const [name, row, column] = place.split(".");
      return (row ? answer?.[name]?.[row - 1]?.[column] : answer?.[name]) ?? "";
    }

    function change(place, value) {
      const [name, row, column] = place.split(".");
      const answer = { ...ui.answer };
      if (row) {
        const rows = rowsOf(groups.find((group) => group.id === name));
        rows[row - 1] = { ...rows[row - 1], [column]: value };
        answer[name] = rows;
      } else answer[name] = value;
      put(answer);
    }

    function put(answer) {
      ui.change(answer);
      clearTimeout(timer);
      timer = setTimeout(keep, DRAFT_MS);
    }

    function keep() {
      sent = { id: ui.draft(), late: false };
      const mine = sent;
      timer = setTimeout(() => { mine.late = true; drawDraft(); }, DRAFT_LATE_MS);
    }

    function drawDraft() {
      const kept = sent && ui.drafted === sent.id;
      note.textContent = kept ? word("drafted") : sent?.late ? word("undrafted") : "";
      note.dataset.kept = String(Boolean(kept));
    }

    // --- one field

    function line(field, place, narrow = false) {
      const id = token();
      const own = { id, name: place, "aria-describedby": `${id}-note ${id}-mark` };
      const mark = make("div", { id: `${id}-mark`, class: "ck-form-mark" });
      const optional = field.required || selfTest ? null
        : make("span", { class: "ck-optional" }, word("optional"));
      const hint = field.note || (field.type === "date" ? word("date") : "");
      const help = make("p", { class: "ck-note-text", id: `${id}-note` }, hint);
      const radios = field.type === "choice" && !narrow && field.options.length <= RADIOS;
      const { control, read, write } = radios ? radioSet(field, place, own) : entry(field, place, own);
      lines.set(place, { read, write, mark, control });
      const wide = ["long", "choice"].includes(field.type) && !narrow;
      const look = { class: `ck-line ck-line-${field.type}${wide ? " ck-wide" : ""}`, "data-place": place };
      if (radios) {
        return make("fieldset", { ...look, "aria-describedby": own["aria-describedby"] },
          make("legend", {}, field.text, " ", optional), help, control, mark);
      }
      return make("div", look, make("label", { for: id }, field.text, " ", optional), help,
        make("span", { class: "ck-entry" }, control,
          field.unit ? make("span", { class: "ck-unit" }, field.unit) : null), mark);
    }

    function entry(field, place, own) {
      const changed = () => change(place, control.value);
      const figure = ["money", "number", "percent"].includes(field.type);
      const control = field.type === "long"
        ? make("textarea", { ...own, rows: 3, oninput: changed })
        : field.type === "choice"
          ? make("select", { ...own, onchange: changed }, make("option", { value: "" }, word("choose")),
            field.options.map((one) => make("option", { value: one.id }, one.text)))
          : make("input", { ...own, type: "text", autocomplete: "off", oninput: changed,
            inputmode: figure ? "decimal" : "text" });
      const write = (value) => {
        if (control.value !== value && !control.matches(":focus")) control.value = value;
      };
      return { control, read: () => control.value, write };
    }

    function radioSet(field, place, own) {
      const name = `${own.id}-radio`; // a name of its own: two views of one card do not meet
      const inputs = field.options.map((one) => make("input", { type: "radio", name, value: one.id,
        onchange: () => change(place, one.id) }));
      const control = make("div", { class: "ck-radios" }, field.options.map((one, at) =>
        make("label", {}, inputs[at], make("span", {}, one.text))));
      const write = (value) => inputs.forEach((input) => { input.checked = input.value === value; });
      return { control, read: () => inputs.find((input) => input.checked)?.value ?? "", write };
    }

    // --- groups of rows

    function groupOf(group) {
      const list = make("div", { class: "ck-rows" });
      const mark = make("div", { class: "ck-form-mark" });
      const add = make("button", { type: "button", class: "ck-button ck-add",
        onclick: () => resize(group, (rows) => [...rows, {}], rowsOf(group).length + 1) },
      "+ ", word("add"));
      const id = token();
      const node = make("section", { class: "ck-group", role: "group", "aria-labelledby": id },
        make("h4", { id }, group.text),
        group.note ? make("p", { class: "ck-note-text" }, group.note) : null, list, mark, add);
      return { group, list, mark, add, node, shown: 0 };
    }

    function resize(group, change, focused) {
      put({ ...ui.answer, [group.id]: change(rowsOf(group)) });
      const goal = body.querySelector(`[data-place^="${group.id}.${focused}."] :is(input, select, textarea)`);
      (goal ?? body.querySelector(".ck-add"))?.focus();
    }

    function drawRows(place) {
      const { group, list, add } = place;
      const n = rowsOf(group).length;
      add.hidden = n >= group.most;
      if (place.shown === n) return;
      place.shown = n;
      for (const name of [...lines.keys()]) {
        if (name.startsWith(`${group.id}.`)) lines.delete(name);
      }
      list.replaceChildren(...Array.from({ length: n }, (_, at) => {
        const number = at + 1;
        const id = token();
        const remove = make("button", { type: "button", class: "ck-button ck-remove",
          "aria-label": word("remove", { n: number }), title: word("remove", { n: number }),
          onclick: () => resize(group, (rows) => rows.filter((_, own) => own !== at), Math.max(at, 1)) }, "×");
        return make("div", { class: "ck-row", role: "group", "aria-labelledby": id },
          make("div", { class: "ck-row-head" }, make("b", { id }, word("row", { n: number })),
            n > group.least ? remove : null),
          make("div", { class: "ck-lines" }, group.fields.map((field) =>
            line(field, `${group.id}.${number}.${field.id}`, true))));
      }));
    }

    // --- all of it

    const places = groups.map(groupOf);
    const checks = tests.map(({ id, text }) => {
      const mark = make("div", { class: "ck-form-mark" });
      return { id, mark, node: make("li", {}, make("span", {}, text), mark) };
    });
    body.append(make("div", { class: selfTest ? "ck-lines ck-self-test" : "ck-lines" },
      fields.map((field) => line(field, field.id))),
    ...places.map(({ node }) => node),
    ...(checks.length ? [make("section", { class: "ck-tests" }, make("h4", {}, word("tests")),
      make("ul", {}, checks.map(({ node }) => node)))] : []),
    note);

    return function update() {
      const marked = ui.state.answer;
      places.forEach(drawRows);
      let asMarked = true;
      for (const [place, { read, write, mark, control }] of lines) {
        write(valueAt(place, ui.answer));
        const unchanged = valueAt(place, marked) === read();
        asMarked &&= unchanged;
        const part = unchanged ? ui.part(place) : null;
        putMark(mark, part, word);
        mark.parentElement.dataset.ok = part ? String(part.ok) : "";
        if (control.tagName !== "DIV") control.setAttribute("aria-invalid", String(part?.ok === false));
      }
      for (const { group, mark } of places) putMark(mark, asMarked ? ui.part(group.id) : null, word);
      for (const { id, mark } of checks) {
        putMark(mark, asMarked ? ui.part(id) : null, (verdict) => word(`test_${verdict}`));
      }
      drawDraft();
      drawAfter();
    };

    function drawAfter() {
      const { rubric = [], example } = ui.state.after ?? {};
      const open = ui.after.querySelector("details")?.open;
      const pairs = (rows) => make("dl", {}, rows.map(({ label, text }) =>
        [make("dt", {}, label), make("dd", {}, text)]).flat());
      ui.after.replaceChildren(...[
        rubric.length ? make("section", { class: "ck-why ck-rubric" }, make("h4", {}, word("rubric")),
          make("ul", {}, rubric.map((text) => make("li", {}, text)))) : null,
        example ? make("details", { class: "ck-why ck-example", open }, make("summary", {}, word("example")),
          pairs(example.fields),
          example.groups.map(({ text, rows }) => [make("h5", {}, text),
            make("ol", {}, rows.map((row) => make("li", {}, pairs(row))))]).flat()) : null,
      ].filter(Boolean));
    }
  },
};

export default { render: (context) => card(context, form) };
