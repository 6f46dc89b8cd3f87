/**
 * One screen after another, back and forth. Where one is stands in the address behind the hash, which no server sees, so that the way
 * back of a phone is the way back here; it holds the name of a screen and nothing of what was written.
 */

import { part } from "../../ui/dom.js";
import { onSend, showProblems } from "../../ui/form.js";
import { Steps } from "../../ui/steps.js";
import { line } from "../lines.js";
import { reachable, STEPS } from "./begun.js";
import { problemsIn } from "./form_values.js";

/** "Step 3 of 12" @param {HTMLElement} root @param {string} step */
export function drawStep(root, step) {
  const places = { at: String(STEPS.indexOf(step) + 1), of: String(STEPS.length) };
  const sentence = line("start-counting-lines", "step", places);
  if (sentence) part(root, "step").replaceChildren(sentence);
}

/** @param {string} hash @returns {string} */
const named = (hash) => hash.slice(1);

export class Walk {
  #form;
  #steps;
  #prepare;
  #ending = new AbortController();

  /**
   * @param {HTMLFormElement} form
   * @param {{prepare: (step: string) => void, finish: () => Promise<void>}} on `prepare`: before a screen is shown
   */
  constructor(form, { prepare, finish }) {
    this.#form = form;
    this.#steps = new Steps(form);
    this.#prepare = prepare;
    for (const step of STEPS.slice(0, -1)) drawStep(this.#section(step), step);
    onSend(form, () => this.#goOn(finish));
    form.addEventListener("click", ({ target }) => target instanceof Element && target.closest("[data-part=back]") && this.go(STEPS[STEPS.indexOf(this.#steps.current) - 1]));
    addEventListener("hashchange", () => this.#arrive(named(location.hash)), { signal: this.#ending.signal });
  }

  /** The way back of a phone leads nowhere here any more. */
  end() {
    this.#ending.abort();
  }

  /** Where somebody was, or where the address says. @param {string} at */
  begin(at) {
    const wanted = STEPS.includes(named(location.hash)) ? named(location.hash) : at;
    const step = this.#allowed(wanted);
    history.replaceState(history.state, "", `#${step}`);
    this.#show(step, false);
  }

  /** @param {string} step */
  go(step) {
    if (named(location.hash) !== step) history.pushState(null, "", `#${step}`);
    this.#arrive(step);
  }

  /** @param {() => Promise<void>} finish */
  async #goOn(finish) {
    const step = this.#steps.current;
    if (!showProblems(this.#form, problemsIn(this.#section(step)))) return;
    const next = STEPS[STEPS.indexOf(step) + 1];
    if (next === STEPS.at(-1)) await this.#finishIfWhole(finish);
    else this.go(next);
  }

  /** A day may have passed since the first screens were filled. @param {() => Promise<void>} finish */
  async #finishIfWhole(finish) {
    const step = this.#allowed(STEPS[STEPS.length - 2]);
    if (step === this.#steps.current) return finish();
    this.go(step);
  }

  /** @param {string} step */
  #arrive(step) {
    if (!STEPS.includes(step)) return;
    const allowed = this.#allowed(step);
    if (allowed !== step) history.replaceState(history.state, "", `#${allowed}`);
    this.#show(allowed, true);
    if (allowed !== step) showProblems(this.#form, problemsIn(this.#section(allowed)));
  }

  /** The last screen is no place to walk to. @param {string} step */
  #allowed(step) {
    const within = step === STEPS.at(-1) ? STEPS[STEPS.length - 2] : step;
    return reachable(within, (each) => problemsIn(this.#section(each)).length > 0);
  }

  /** @param {string} step @param {boolean} focus */
  #show(step, focus) {
    showProblems(this.#form, []);
    this.#prepare(step);
    this.#steps.go(step, { focus });
    if (focus) scrollTo(0, 0);
  }

  /** @param {string} step @returns {HTMLElement} */
  #section(step) {
    return /** @type {HTMLElement} */ (this.#form.querySelector(`[data-step="${step}"]`));
  }
}
