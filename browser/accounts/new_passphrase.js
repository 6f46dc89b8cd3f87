/**
 * A new passphrase: five words offered first, one's own if one wants (sealing.md 2.1).
 * @module
 */
import { PROFILE } from "../sealing/kdf.js";
import { generate, normalise, wordList } from "../sealing/passphrase.js";
import { part, say, show } from "../ui/dom.js";
import { words } from "../ui/form.js";
import { isLongEnough, strengthOf } from "./strength.js";

/** @import { Problem } from "../ui/form.js" */

const LIST = new URL("../vendor/eff_large_wordlist.txt", import.meta.url);

/** @type {Promise<string[]> | undefined} */
let list;

/** The word list, fetched when the first words are wanted. */
function words7776() {
  list ??= fetch(LIST)
    .then((answer) => answer.text())
    .then(wordList);
  return list;
}

export class NewPassphrase {
  /** @type {HTMLElement} */
  #root;
  /** @type {HTMLInputElement} */
  #own;
  #offered = "";

  /** @param {ParentNode} page */
  constructor(page) {
    this.#root = part(page, "new-passphrase");
    this.#own = /** @type {HTMLInputElement} */ (this.#root.querySelector("input"));
    this.#own.addEventListener("input", () => this.#rate());
    part(this.#root, "another").addEventListener("click", () => void this.offer());
    part(this.#root, "choose-own").addEventListener("click", () => this.#switchTo(true));
    part(this.#root, "offer-words").addEventListener("click", () => this.#switchTo(false));
  }

  /** Shows five fresh words. */
  async offer() {
    this.#offered = generate(await words7776());
    const items = this.#offered.split(" ").map((word) => {
      const item = document.createElement("li");
      say(item, word);
      return item;
    });
    part(this.#root, "words").replaceChildren(...items);
  }

  /** @param {boolean} own */
  #switchTo(own) {
    show(part(this.#root, "own"), own);
    show(part(this.#root, "offered"), !own);
    if (own) this.#own.focus();
    else part(this.#root, "another").focus();
  }

  get #isOwn() {
    return !part(this.#root, "own").hidden;
  }

  #rate() {
    const line = part(this.#root, "strength");
    say(line, this.#own.value === "" ? "" : words(line, strengthOf(this.#own.value)));
  }

  /** @returns {Problem[]} */
  problems() {
    if (!this.#isOwn) return [];
    if (!isLongEnough(this.#own.value)) return [{ control: this.#own, words: words(this.#own, "short") }];
    return fits(this.#own.value) ? [] : [{ control: this.#own, words: words(this.#own, "long") }];
  }

  /** What was chosen, and the profile that goes with it. */
  get value() {
    if (this.#isOwn) return { passphrase: this.#own.value, profile: PROFILE.chosen };
    return { passphrase: this.#offered, profile: PROFILE.generated };
  }

  /** Takes the words off the page once they are in use. */
  forget() {
    this.#own.value = "";
    this.#offered = "";
    part(this.#root, "words").replaceChildren();
  }
}

/** @param {string} passphrase */
function fits(passphrase) {
  try {
    return normalise(passphrase).length > 0;
  } catch {
    return false;
  }
}
