/**
 * One thing per screen: the sections `[data-step]` of a page, of which one is shown.
 * @module
 */
import { focusOn, show } from "./dom.js";

export class Steps {
  /** @type {HTMLElement[]} */
  #steps;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#steps = [...root.querySelectorAll("[data-step]")].map((step) => /** @type {HTMLElement} */ (step));
    for (const button of root.querySelectorAll("[data-back-to]")) {
      button.addEventListener("click", () => this.go(button.getAttribute("data-back-to") ?? ""));
    }
  }

  /**
   * Shows the step called `name` and moves focus to its heading, so that a screen reader reads on from there.
   * @param {string} name
   * @param {{focus?: boolean}} [options]
   */
  go(name, { focus = true } = {}) {
    for (const step of this.#steps) show(step, step.dataset.step === name);
    const heading = this.#steps.find((step) => !step.hidden)?.querySelector("h1, h2");
    if (focus && heading instanceof HTMLElement) focusOn(heading);
  }
}
