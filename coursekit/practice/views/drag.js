// Pieces that are dragged: put behind what views share, in front of a kind that has them.

const DRAG_PIXELS = 6;
const EDGE_PIXELS = 56;

/**
 * Dragging by pointer events: the mouse takes the whole piece, a finger takes its grip, so that
 * the rest of the piece still scrolls the page. `goal`: at(x, y) -> a place or null, over(place or
 * null), drop(place), click().
 */
function dragged(node, goal) {
  let start = null;
  let ghost = null;
  let moved = false;
  let point = { x: 0, y: 0 };

  node.addEventListener("pointerdown", (event) => {
    moved = false;
    const grip = event.target.closest(".ck-grip");
    if (event.button !== 0 || (event.pointerType !== "mouse" && !grip)) return;
    if (event.target.closest(".ck-moves, .ck-shift")) return;
    start = { x: event.clientX, y: event.clientY };
  });
  node.addEventListener("pointermove", (event) => {
    if (!start) return;
    point = { x: event.clientX, y: event.clientY };
    if (!ghost) {
      if (Math.hypot(point.x - start.x, point.y - start.y) < DRAG_PIXELS) return;
      lift(event.pointerId);
    }
    ghost.style.transform = `translate(${point.x - start.x}px, ${point.y - start.y}px)`;
    goal.over(goal.at(point.x, point.y));
  });
  node.addEventListener("pointerup", () => {
    const place = ghost && goal.at(point.x, point.y);
    land();
    if (place !== null) goal.drop(place);
  });
  node.addEventListener("pointercancel", land);
  node.addEventListener("click", (event) => {
    event.stopPropagation();
    if (!moved) goal.click();
  });

  function lift(pointerId) {
    moved = true;
    node.setPointerCapture(pointerId);
    const { left, top, width } = node.getBoundingClientRect();
    ghost = make("div", { class: "ck ck-ghost" }, node.cloneNode(true));
    Object.assign(ghost.style, { left: `${left}px`, top: `${top}px`, width: `${width}px` });
    document.body.append(ghost);
    node.toggleAttribute("data-lifted", true);
    requestAnimationFrame(follow);
  }

  function follow() {
    if (!ghost) return;
    const pane = scrollerOf(node);
    const { top, bottom } = pane === document.scrollingElement
      ? { top: 0, bottom: innerHeight }
      : pane.getBoundingClientRect();
    if (point.y < top + EDGE_PIXELS) pane.scrollBy(0, -10);
    else if (point.y > bottom - EDGE_PIXELS) pane.scrollBy(0, 10);
    requestAnimationFrame(follow);
  }

  function land() {
    start = null;
    if (!ghost) return;
    ghost.remove();
    ghost = null;
    node.removeAttribute("data-lifted");
    goal.over(null);
  }
}

/** The pane that scrolls a node: JupyterLab scrolls an inner one, a plain page the document. */
function scrollerOf(node) {
  for (let pane = node.parentElement; pane; pane = pane.parentElement) {
    const scrolls = /auto|scroll/.test(getComputedStyle(pane).overflowY);
    if (scrolls && pane.scrollHeight > pane.clientHeight + 1) return pane;
  }
  return document.scrollingElement;
}
