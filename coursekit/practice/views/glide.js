// Pieces that change places: put behind what views share, in front of a kind that has them.

const GLIDE_MILLISECONDS = 180;

/** Change the places of nodes and let them be seen to move, unless motion is unwanted. */
function glide(nodes, change) {
  const before = new Map(nodes.map((node) => [node, node.getBoundingClientRect().top]));
  change();
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  for (const [node, top] of before) {
    const by = top - node.getBoundingClientRect().top;
    if (!by || !node.isConnected) continue;
    node.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }],
      { duration: GLIDE_MILLISECONDS, easing: "ease-out" });
  }
}
