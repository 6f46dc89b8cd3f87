/** A card with one wide button, and what it opens: nothing moves unless its person wants it. */

import { part, show } from "../ui/dom.js";
import { closeByEscape } from "../ui/focus.js";

/** @param {HTMLElement} card @param {HTMLElement} content with a part to close it @param {() => void} opened @returns {(isOpen: boolean) => void} */
export function openBy(card, content, opened) {
  const button = /** @type {HTMLButtonElement} */ (part(card, "open"));
  const open = (/** @type {boolean} */ isOpen) => {
    show(part(card, "opener"), !isOpen);
    show(part(card, "place"), isOpen);
  };
  button.addEventListener("click", () => {
    open(true);
    opened();
  });
  part(content, "close").addEventListener("click", () => {
    open(false);
    button.focus();
  });
  closeByEscape(content, () => part(content, "close").click());
  part(card, "place").append(content);
  button.disabled = false;
  return open;
}
