/**
 * The box one writes in stays in sight when a phone's keyboard comes up and takes half of what one sees.
 * @module
 */

const BOX = "textarea, input:not([type=checkbox], [type=radio])";

/** Where the page is smaller by now, goes as little as it can to show the whole box. A box taller than what is left is the browser's, which goes where the words are. */
function show() {
  const box = document.activeElement;
  const room = visualViewport?.height ?? innerHeight;
  if (box?.matches(BOX) && box.clientHeight < room / 2) box.scrollIntoView({ block: "nearest", behavior: "instant" });
}

/** @returns {() => void} stops */
export function keepInSight() {
  visualViewport?.addEventListener("resize", show);
  return () => visualViewport?.removeEventListener("resize", show);
}
