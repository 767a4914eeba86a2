// JupyterLab as a course: one page at a time, a bar with the way home, everything else put away.
import { coursePages, element } from "./pages.js";

const TRAINERS_VIEW = "coursekit.trainers-view"; // in this window until it is closed
const WORKBENCH = ["jp-top-panel", "jp-menu-panel", "jp-bottom-panel"];

export async function plugin(shared, here) {
  const { INotebookTracker, NotebookActions } = await shared("@jupyterlab/notebook");
  const { ILabShell } = await shared("@jupyterlab/application");
  const { PageConfig } = await shared("@jupyterlab/coreutils");
  const { Widget } = await shared("@lumino/widgets");
  return {
    id: "coursekit:course",
    autoStart: true,
    requires: [INotebookTracker, ILabShell],
    activate(app, tracker, shell) {
      const told = JSON.parse(PageConfig.getOption("coursekit") || "null");
      if (!told) return; // JupyterLab that `coursekit lab` did not start
      document.documentElement.lang = told.lang === "zh" ? "zh-CN" : told.lang;
      const bar = courseBar(Widget, told);
      const onChange = (panel) => {
        dress(panel);
        show();
      };
      const pages = coursePages({ NotebookActions, told, onChange });
      const show = () => bar.show(shell.currentWidget, pages);

      const goTo = (path, place) => open({ app, tracker, pages, told }, path, place);
      bar.home.onclick = () => goTo(told.home);
      bar.again.onclick = () => pages.again(shell.currentWidget);
      bar.view.onclick = () => setView(app, shell, tracker, bar, !inTrainersView());
      shell.add(bar.widget, "header");
      // the layout gave the bar no height if it was measured before the styles came
      addStyle(new URL("course.css", here).href).then(() => bar.widget.parent.fit());
      shell.currentChanged.connect(show);

      tracker.widgetAdded.connect((_, panel) => pages.opened(panel));
      quietKeys(app);
      document.addEventListener("click", (event) => followLink(event, shell, goTo), true);
      app.restored.then(() => setView(app, shell, tracker, bar, inTrainersView()));
    },
  };
}

const inTrainersView = () => sessionStorage.getItem(TRAINERS_VIEW) === "1";

function addStyle(href) {
  const link = element("link", "", { rel: "stylesheet", href });
  const loaded = new Promise((resolve) => (link.onload = link.onerror = resolve));
  document.head.append(link);
  return loaded;
}

function courseBar(Widget, { words, brand, home: homePath }) {
  const widget = new Widget({ node: element("nav", "ck-nav", { "aria-label": words.home }) });
  widget.id = "ck-nav";
  const home = element("button", "ck-nav-home", {}, words.home);
  const title = element("span", "ck-nav-title");
  const status = element("span", "ck-nav-status", { role: "status" });
  const again = element("button", "ck-nav-again", {}, words.again);
  const view = element("button", "ck-nav-view");
  widget.node.append(...mark(brand), home, title, status, again, view);

  function show(panel, pages) {
    home.hidden = panel?.context?.path === homePath && !inTrainersView();
    const state = panel?.content?.model ? pages.state(panel) : "";
    title.textContent = panel ? pages.title(panel) : "";
    status.textContent = { preparing: words.preparing, failed: words.failed }[state] ?? "";
    widget.node.dataset.ckState = state;
    again.hidden = state !== "ready" && state !== "failed";
    view.textContent = inTrainersView() ? words.course : words.bench;
  }
  return { widget, home, again, view, show };
}

// whose course it is: the logo, else the words, else nothing
function mark(brand) {
  if (brand?.logo) {
    return [element("img", "ck-nav-logo", { src: brand.logo, alt: brand.says, title: brand.says })];
  }
  return brand?.says ? [element("span", "ck-nav-brand", {}, brand.says)] : [];
}

function setView(app, shell, tracker, bar, trainers) {
  sessionStorage.setItem(TRAINERS_VIEW, trainers ? "1" : "0");
  document.body.classList.toggle("ck-course", !trainers);
  if (!trainers) shell.mode = "single-document";
  for (const part of shell.layout.widgets) {
    if (WORKBENCH.includes(part.id)) part.setHidden(!trainers);
  }
  if (trainers) shell.mode = "multiple-document"; // moves the menu out of the layout above
  for (const side of ["left", "right"]) {
    if (shell.isSideTabBarVisible(side) !== trainers) shell.toggleSideTabBarVisibility(side);
  }
  if (trainers) {
    shell.expandLeft();
  } else {
    shell.collapseLeft();
    shell.collapseRight();
  }
  tracker.forEach(dress);
  bar.widget.node.querySelector(".ck-nav-view").blur();
  shell.currentChanged.emit({ newValue: shell.currentWidget, oldValue: shell.currentWidget });
}

// a page of the course is read: no toolbar
function dress(panel) {
  panel.toolbar.setHidden(!inTrainersView() && panel.hasClass("ck-page"));
}

// nor do JupyterLab's shortcuts reach it: D D would delete a part of the page
function quietKeys(app) {
  const keydown = app.evtKeydown;
  app.evtKeydown = (event) => {
    const workbench = inTrainersView() || event.target.closest(".jp-NotebookPanel:not(.ck-page)");
    if (workbench) keydown.call(app, event);
  };
}

// A link to another page of the course opens it here; the page that was left is closed.
function followLink(event, shell, goTo) {
  const link = event.target.closest?.("a[href]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = pageOf(link, shell.currentWidget?.context?.path);
  if (!target) return;
  event.preventDefault();
  event.stopPropagation();
  goTo(...target);
}

// [path, place] of the page that a link leads to, null where it leads elsewhere
function pageOf(link, here) {
  const href = link.getAttribute("href");
  if (!here || href.startsWith("#")) return null;
  // JupyterLab has turned a link of markdown into the address of the file already
  const files = `${location.origin}/files/`;
  const base = `${files}${here.split("/").map(encodeURIComponent).join("/")}`;
  const target = new URL(href, base);
  if (!target.href.startsWith(files) || !target.pathname.endsWith(".ipynb")) return null;
  const [path, place] = [target.pathname.slice("/files/".length), target.hash.slice(1)];
  return [decodeURIComponent(path), decodeURIComponent(place)];
}

async function open({ app, tracker, pages, told }, path, place) {
  const before = tracker.find((panel) => panel.context.path === path);
  let panel;
  try {
    panel = await app.commands.execute("docmanager:open", { path, factory: "Notebook" });
    await panel.context.ready;
  } catch (error) {
    console.error(error);
    return;
  }
  if (place) panel.content.setFragment(`#${place}`);
  if (inTrainersView()) return;
  // progress on the home page may be old by now
  if (before && path === told.home && pages.state(panel) === "ready") pages.run(panel);
  const left = tracker.filter((other) => other !== panel && other.context.path !== told.home);
  for (const other of left) {
    if (other.context.model.dirty) await other.context.save();
    other.dispose();
  }
}
