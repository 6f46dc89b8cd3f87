/** The way to where one left off: a sentence above the talk, and from each line to the next. */

import { part, show } from "../ui/dom.js";
import { attempt } from "./attempt.js";

const LINE = "left-off";

/** @param {HTMLElement} element */
function goTo(element) {
  element.scrollIntoView({ block: "center" });
  element.focus({ preventScroll: true });
}

export class Since {
  #place;
  #lines;
  #hasMore;
  #stepBack;

  /** @param {HTMLElement} element the talk @param {() => boolean} hasMore are there older words? @param {() => Promise<unknown>} stepBack shows them */
  constructor(element, hasMore, stepBack) {
    this.#place = part(element, "since");
    this.#lines = element.getElementsByClassName(LINE);
    this.#hasMore = hasMore;
    this.#stepBack = stepBack;
    part(element, "to-line").addEventListener("click", () => this.#goToFirst());
    element.addEventListener("click", ({ target }) => target instanceof HTMLElement && target.dataset["part"] === "next-line" && this.#goOn(target));
  }

  /** @param {boolean} hasNew is any of the shares new? Then the line may stand among words that are not here yet */
  draw(hasNew) {
    show(this.#place, this.#lines.length > 0 || (hasNew && this.#hasMore()));
    const lines = [...this.#lines];
    lines.forEach((each, i) => show(part(each, "next-line"), i < lines.length - 1));
  }

  /** Words that are not here yet are fetched until the line is among them. */
  async #goToFirst() {
    while (this.#lines.length === 0 && this.#hasMore()) if (!(await attempt(this.#stepBack))) return;
    const [first] = this.#lines;
    if (first) goTo(/** @type {HTMLElement} */ (first));
  }

  /** @param {HTMLElement} button in a line */
  #goOn(button) {
    const lines = /** @type {HTMLElement[]} */ ([...this.#lines]);
    const at = lines.findIndex((each) => each.contains(button));
    if (lines[at + 1]) goTo(lines[at + 1]);
  }
}
