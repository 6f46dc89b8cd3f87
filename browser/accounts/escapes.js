/**
 * Escape three times: counted only where nobody else used the press.
 * @module
 */

const PRESSES = 3;
const WITHIN_MS = 2_000;

/**
 * Whether a press of Escape was meant for nothing else: a dialog, a list or a half-typed sign closes by it, and whoever holds it down
 * or presses it with another key means something else too.
 * @param {KeyboardEvent} event
 * @param {ParentNode} page
 */
export function isFree(event, page) {
  if (event.defaultPrevented || event.repeat || event.isComposing) return false;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
  return page.querySelector("dialog[open], :popover-open, select:focus") === null;
}

export class Escapes {
  /** @type {number[]} */
  #times = [];

  /**
   * One more key, pressed at `at`. Any other key between two presses begins the count anew.
   * @param {boolean} isEscape a press of Escape that was free
   * @param {number} at in ms
   * @returns {boolean} whether it was the third within two seconds
   */
  press(isEscape, at) {
    this.#times = isEscape ? [...this.#times.filter((time) => at - time < WITHIN_MS), at] : [];
    return this.#times.length >= PRESSES;
  }
}
