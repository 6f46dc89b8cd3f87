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
  #talk;

  /** @param {HTMLElement} element the talk @param {{hasMore: () => boolean, stepBack: () => Promise<unknown>, toNewest: () => unknown}} talk are there older words, how they are shown, and how the newest are */
  constructor(element, talk) {
    this.#place = part(element, "since");
    this.#lines = element.getElementsByClassName(LINE);
    this.#talk = talk;
    part(element, "to-line").addEventListener("click", () => this.#goToFirst());
    element.addEventListener("click", ({ target }) => target instanceof HTMLElement && target.dataset["part"] === "next-line" && this.#goOn(target));
  }

  /** @param {boolean} hasNew is any of the shares new? Then the line may stand among words that are not here yet */
  draw(hasNew) {
    show(this.#place, this.#lines.length > 0 || (hasNew && this.#talk.hasMore()));
    const lines = [...this.#lines];
    lines.forEach((each, i) => show(part(each, "next-line"), i < lines.length - 1));
  }

  /** Words that are not here yet are fetched until the line is among them. It lies behind the newest. */
  async #goToFirst() {
    const { hasMore, stepBack, toNewest } = this.#talk;
    if (this.#lines.length === 0) toNewest();
    while (this.#lines.length === 0 && hasMore()) if (!(await attempt(stepBack))) return;
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
