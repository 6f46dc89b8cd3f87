/**
 * What is said to those who listen to the page instead of looking at it: in one place, politely, one sentence after another.
 *
 * A place that is filled twice within a moment is read once, and one that is filled thirty times is read for minutes. So sentences
 * wait for one another, the same is not said twice in a row, and none lies about for who reads through the page later.
 * @module
 */

const BETWEEN_MS = 1_500;
/** So many times as long it stays, when nothing comes after it. */
const STAYS = 4;

export class Voice {
  /** @type {(Node|string)[]} */ #waiting = [];
  /** What is being said. */ #now = "";
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;
  #place;

  /** @param {() => Element|null} place */
  constructor(place) {
    this.#place = place;
  }

  /** Says a sentence, after what is being said. @param {Node|string|null|undefined} words */
  speak(words) {
    if (!words) return;
    const isKnown = [this.#now, ...this.#waiting.map(textOf)].includes(textOf(words));
    if (isKnown) return;
    this.#waiting.push(words);
    if (!this.#now) this.#next();
  }

  #next() {
    clearTimeout(this.#timer);
    const words = this.#waiting.shift();
    this.#now = words ? textOf(words) : "";
    if (words) this.#place()?.replaceChildren(words);
    this.#timer = words ? setTimeout(() => this.#next(), BETWEEN_MS) : setTimeout(() => this.#place()?.replaceChildren(), BETWEEN_MS * (STAYS - 1));
  }
}

/** @param {Node|string} words */
const textOf = (words) => (typeof words === "string" ? words : (words.textContent ?? ""));

const voice = new Voice(() => document.getElementById("spoken"));

/** Says a sentence to those who listen to the page. Never what somebody told the group: that is read where it stands. @param {Node|string|null|undefined} words */
export const speak = (words) => voice.speak(words);
