// A plain page's stand-in for the notebook's model: same six functions, messages by fetch.

function modelOf(values) {
  const exercise = values.public.exercise;
  const listeners = {};
  const model = {
    get: (name) => values[name],
    set(name, value) {
      values[name] = value;
      for (const listener of listeners[`change:${name}`] ?? []) listener();
    },
    on: (name, listener) => (listeners[name] ??= new Set()).add(listener),
    off: (name, listener) => listeners[name]?.delete(listener),
    save_changes() {}, // a draft stays in the page
    async send(message) {
      const body = JSON.stringify({ exercise, message });
      const headers = { "Content-Type": "application/json" };
      const reply = await fetch("card", { method: "POST", headers, body, keepalive: body.length < 2e4 }).catch(() => null);
      if (!reply?.ok) return; // the card sends again
      const answer = await reply.json();
      if (answer.public) {
        values.answer = null;
        model.set("public", answer.public);
      }
      if (answer.state) model.set("state", answer.state);
      if ("drafted" in answer) model.set("drafted", answer.drafted);
    },
  };
  return model;
}

const { cards, modules } = JSON.parse(document.getElementById("data").textContent);
const views = {};
for (const [kind, text] of Object.entries(modules)) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  views[kind] = (await import(address)).default; // as JupyterLab loads it
}
cards.forEach((values, at) => {
  const model = modelOf({ answer: null, ...values });
  views[values.public.kind].render({ model, el: document.getElementById(`card-${at}`) });
});
