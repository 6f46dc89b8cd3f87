/**
 * Where a keyboard goes on when what it stood on is taken away or hidden.
 * @module
 */

import { focusOn } from "./dom.js";

/** @param {Element} node */
const isThere = (node) => node.isConnected && !node.closest("[hidden]");

/**
 * Does something that may take away what has the focus; then the focus is on the heading over the place where it was. The page goes
 * there with it for who uses a keyboard, and stays where it is for who pressed with a finger.
 * @param {() => void} work
 */
export function keepFocus(work) {
  const had = document.activeElement;
  const [section, isByKey] = [had?.closest("section"), had?.matches(":focus-visible")];
  work();
  const isMoved = document.activeElement !== had && document.activeElement !== document.body;
  if (!had || had === document.body || isThere(had) || isMoved) return;
  const heading = section && isThere(section) ? section.querySelector("h2, h3, h4") : document.querySelector("h1");
  if (heading instanceof HTMLElement) focusOn(heading, { preventScroll: !isByKey });
}

/**
 * Escape closes a box one writes in, as its own button does. The press still counts for a quick exit: who is writing when somebody
 * comes in has to be able to leave, too.
 * @param {HTMLElement} box
 * @param {() => void} close
 */
export function closeByEscape(box, close) {
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) close();
  });
}
