// Deals that move on the board: the eye sees where each one went in the week.

const FLIGHT_MS = 700;

/** Where every dot stands on the board, and a copy of it for those that will be gone. */
function placesOf(board, dots) {
  const top = board.getBoundingClientRect();
  return new Map([...dots].map(([id, { node }]) => {
    const { x, y } = node.getBoundingClientRect();
    return [id, { x: x - top.x, y: y - top.y, copy: node.cloneNode(true) }];
  }));
}

/** Let every dot of the week's moves start from where it stood before. */
function moveDots(board, dots, before, moves) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const timing = { duration: FLIGHT_MS, easing: "cubic-bezier(.3, .1, .2, 1)" };
  const top = board.getBoundingClientRect();
  for (const { code, deal } of moves) {
    const node = dots.get(deal)?.node ?? board.querySelector(`[data-coin="${deal}"]`);
    const from = before.get(deal);
    if (node && from) {
      const to = node.getBoundingClientRect();
      const way = `translate(${from.x + top.x - to.x}px, ${from.y + top.y - to.y}px)`;
      node.animate([{ transform: way }, { transform: "none" }], timing);
    } else if (node) {
      node.animate([{ opacity: 0, transform: "translateY(-60px)" }, { opacity: 1 }], timing);
    } else if (from) {
      const ghost = from.copy;
      Object.assign(ghost.style, { left: `${from.x}px`, top: `${from.y}px` });
      ghost.classList.add("ck-leaving");
      ghost.setAttribute("aria-hidden", "true");
      ghost.removeAttribute("data-deal");
      ghost.tabIndex = -1;
      board.append(ghost);
      const fall = code === "dropped" ? "translateX(60px)" : "translateY(70px)";
      ghost.animate([{ opacity: 1 }, { opacity: 0, transform: fall }], timing).finished
        .then(() => ghost.remove(), () => ghost.remove());
    }
  }
}
