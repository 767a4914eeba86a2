// After a game of the flight simulator: the hole, the calls, and the other policies.

/** The end of a game: against the policies, and the calls that were owed and made. */
function debriefOf(end, word) {
  const most = Math.max(...end.board.map(({ total }) => Math.abs(total)), 1);
  const rank = end.board.map(({ text, total, amount, you }) => make("li", { "data-you": String(you) },
    make("span", {}, text),
    make("span", { class: "ck-rank-bar", "aria-hidden": "true" },
      make("i", { style: `width: ${Math.max(1, (100 * Math.max(0, total)) / most)}%` })),
    make("b", {}, amount)));
  const tallest = Math.max(...end.weeks.map(({ made, owed }) => Math.max(made, owed)), 1);
  const columns = end.weeks.map(({ week, made, owed }) => {
    const note = week === end.dug?.week ? word("sim_dug") : week === end.dug?.felt ? word("sim_felt") : "";
    return make("div", { "data-dug": String(week === end.dug?.week),
      "data-hole": String(Boolean(end.dug) && week >= end.dug.since && made < owed) },
    make("em", {}, note),
    make("span", { class: "ck-column" },
      make("i", { style: `height: ${(100 * made) / tallest}%` }),
      make("u", { style: `bottom: ${(100 * owed) / tallest}%` })),
    make("b", {}, week));
  });
  const head = ["week", "made", "owed", "came", "won", "idle"];
  const table = tableOf({
    columns: head.map((name) => ({ id: name, text: word(`sim_${name}_column`) })),
    rows: end.weeks.map((one) => ({ id: `w${one.week}`, cells: head.map((name) => String(one[name] || "")) })),
  }, word("sim_calls"));
  return make("section", { class: "ck-debrief" }, make("h4", {}, word("sim_debrief")),
    make("p", { class: "ck-dug" }, end.hole),
    make("p", { class: "ck-note-text" }, word("sim_calls")),
    make("div", { class: "ck-columns", role: "img", "aria-label": end.hole,
      style: `--weeks: ${end.weeks.length}` }, columns),
    end.otherwise ? make("p", {}, end.otherwise) : null,
    make("details", {}, make("summary", {}, word("sim_table")), table),
    make("h4", {}, word("sim_against")),
    make("ol", { class: "ck-rank" }, rank));
}
