// What happens to a page of the course: may it run, running it, and what the trainee is told.
import { codeDigest } from "./digest.js";

const RUNNING = new Set(["preparing"]);

export function coursePages({ NotebookActions, told, onChange }) {
  const states = new WeakMap(); // panel -> "", preparing, ready, failed, asking

  const marks = (panel) => panel.content.model?.getMetadata("coursekit") ?? {};
  const state = (panel) => states.get(panel) ?? "";

  function title(panel) {
    if (panel.context?.path === told.home) return told.words.home;
    return (panel.content?.model && marks(panel).title) || panel.title.label;
  }

  function become(panel, next) {
    if (panel.isDisposed) return;
    states.set(panel, next);
    panel.node.dataset.ckState = next;
    onChange(panel);
  }

  async function opened(panel) {
    await panel.context.ready;
    forgetWidgets(panel.context.model);
    const { hide_code: hide, autorun } = marks(panel);
    panel.toggleClass("ck-page", Boolean(hide || autorun));
    panel.toggleClass("ck-hide-code", Boolean(hide));
    onChange(panel);
    if (!autorun) return;
    keepWhole(panel);
    if (await isApproved(panel)) await run(panel);
    else ask(panel);
  }

  async function isApproved(panel) {
    const cells = Array.from(panel.content.model.cells).filter((cell) => cell.type === "code");
    const digest = await codeDigest(cells.map((cell) => cell.sharedModel.getSource()));
    return told.approved.includes(digest);
  }

  async function run(panel) {
    if (RUNNING.has(state(panel))) return;
    become(panel, "preparing");
    const { content, context, sessionContext } = panel;
    let whole = false;
    try {
      await sessionContext.ready;
      await sessionContext.session.kernel.info;
      whole = await NotebookActions.runCells(content, content.widgets, sessionContext);
    } catch (error) {
      console.error(error);
    }
    // outputs of a fresh run are no edit: nothing to save, nothing to ask when the window closes
    context.model.dirty = false;
    become(panel, whole ? "ready" : "failed");
  }

  async function again(panel) {
    if (RUNNING.has(state(panel))) return;
    await panel.sessionContext.session?.kernel?.restart();
    await run(panel);
  }

  function ask(panel) {
    const { words } = told;
    const banner = element("div", "ck-consent", { role: "alert" });
    const go = element("button", "ck-consent-run", {}, words.run);
    const look = element("button", "", {}, words.look);
    banner.append(element("span", "", {}, words.ask), go, look);
    go.onclick = () => {
      banner.remove();
      run(panel);
    };
    look.onclick = () => panel.removeClass("ck-hide-code");
    panel.content.node.querySelector(".jp-WindowedPanel-outer").prepend(banner);
    become(panel, "asking");
  }

  return { opened, run, again, state, title };
}

// Saved widgets come with JavaScript of their own, which would run before anybody was asked.
function forgetWidgets(model) {
  if (!model.getMetadata("widgets")) return;
  model.deleteMetadata("widgets");
  model.dirty = false;
}

// A page is read, not edited: no double click opens its source, no menu offers to delete it.
function keepWhole(panel) {
  const reading = () => document.body.classList.contains("ck-course");
  const quiet = (event) => {
    if (reading()) event.stopPropagation();
  };
  panel.node.addEventListener("contextmenu", quiet, true);
  panel.node.addEventListener(
    "dblclick",
    (event) => {
      if (event.target.closest(".jp-MarkdownCell")) quiet(event);
    },
    true,
  );
}

export function element(tag, className, attributes = {}, text = "") {
  const node = document.createElement(tag);
  node.className = className;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.textContent = text;
  return node;
}
