/**
 * One thing per screen: the sections `[data-step]` of a page, of which one is shown.
 * @module
 */
import { focusOn, show } from "./dom.js";
import { showProblems } from "./form.js";

/** @import { Problem } from "./form.js" */

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

  /** The name of the step that is shown. */
  get current() {
    return this.#steps.find((step) => !step.hidden)?.dataset["step"] ?? "";
  }

  /**
   * Shows the step called `name` and moves focus to its heading, so that a screen reader reads on from there.
   * @param {string} name
   * @param {{focus?: boolean}} [options]
   */
  go(name, { focus = true } = {}) {
    for (const step of this.#steps) show(step, step.dataset["step"] === name);
    const heading = this.#steps.find((step) => !step.hidden)?.querySelector("h1, h2");
    if (focus && heading instanceof HTMLElement) focusOn(heading);
  }

  /**
   * Checks the shown step and goes on to the next; after the last one `finish` runs.
   * @param {HTMLFormElement} form
   * @param {Record<string, () => Problem[]>} wants the steps in their order, with what each still wants
   * @param {() => Promise<void>} finish
   */
  async forward(form, wants, finish) {
    if (!showProblems(form, wants[this.current]?.() ?? [])) return;
    const order = Object.keys(wants);
    const next = order[order.indexOf(this.current) + 1];
    if (next) this.go(next);
    else await finish();
  }
}
