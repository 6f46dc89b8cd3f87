/**
 * What is wrong with a form, said next to the field, told once at the top, and focus moved to the first.
 *
 * Markup: a field is `[data-field]` holding its control and a `.field-problem` the control names in
 * `aria-describedby`; the form holds one `[data-part="problems"]` with `role="alert"`.
 * @module
 */
import { part, say, show } from "./dom.js";

/** @typedef {{control: HTMLElement, words: string}} Problem */

/** @param {HTMLElement} control */
function fieldOf(control) {
  return control.closest("[data-field]");
}

/**
 * The words a control carries for what may go wrong: `data-say-empty`, `data-say-short` ...
 * @param {HTMLElement} control
 * @param {string} what
 */
export function words(control, what) {
  return control.getAttribute(`data-say-${what}`) ?? "";
}

/** @param {HTMLFormElement} form */
export function clearProblems(form) {
  for (const control of form.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  for (const line of form.querySelectorAll(".field-problem")) say(line, "");
  part(form, "problems").replaceChildren();
}

/** @param {Problem} problem */
function markField({ control, words: text }) {
  const line = fieldOf(control)?.querySelector(".field-problem");
  if (!line) return;
  control.setAttribute("aria-invalid", "true");
  say(line, text);
}

/**
 * What is wrong with a form of one field, said next to it alone; "" takes it away. Its `.field-problem` has `role="alert"`.
 * @param {HTMLElement} control
 * @param {string} text
 */
export function tellField(control, text) {
  const line = fieldOf(control)?.querySelector(".field-problem");
  if (!line || (!text && !control.hasAttribute("aria-invalid"))) return;
  line.id = `${control.id}-problem`;
  control.setAttribute("aria-describedby", line.id);
  control.toggleAttribute("aria-invalid", false);
  say(line, text);
  if (!text) return;
  control.setAttribute("aria-invalid", "true");
  stepTo(control);
}

/** @param {Problem} problem */
function summaryLine({ control, words: text }) {
  const line = document.createElement("p");
  if (!control.id || !fieldOf(control)) {
    say(line, text);
    return line;
  }
  const link = document.createElement("a");
  link.href = `#${control.id}`;
  say(link, text);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    control.focus();
  });
  line.append(link);
  return line;
}

/**
 * Shows problems; an empty list clears them. Answers whether the form may go on.
 * @param {HTMLFormElement} form
 * @param {Problem[]} problems
 * @returns {boolean}
 */
export function showProblems(form, problems) {
  clearProblems(form);
  if (problems.length === 0) return true;
  problems.forEach(markField);
  part(form, "problems").replaceChildren(...problems.map(summaryLine));
  if (problems[0]) stepTo(problems[0].control);
  return false;
}

/** The sentences above may have pushed it off the screen, and who has the focus already is not scrolled to. @param {HTMLElement} control */
function stepTo(control) {
  control.focus();
  control.scrollIntoView({ block: "nearest" });
}

/**
 * Says a sentence about the whole form and keeps focus on the control to use next.
 * @param {HTMLFormElement} form
 * @param {string} text
 * @param {HTMLElement} [next]
 */
export function tellForm(form, text, next) {
  clearProblems(form);
  const line = document.createElement("p");
  say(line, text);
  part(form, "problems").replaceChildren(line);
  if (next) stepTo(next);
}

/** Says what went wrong with the whole form, and "" when nothing did. @param {HTMLFormElement} form @returns {(text: string) => void} */
export const tellIn = (form) => (text) => (text ? tellForm(form, text) : clearProblems(form));

/**
 * The problem of an empty field, or none.
 * @param {HTMLInputElement} control
 * @returns {Problem[]}
 */
export function needed(control) {
  const filled = control.type === "checkbox" ? control.checked : control.value !== "";
  return filled ? [] : [{ control, words: words(control, "empty") }];
}

/**
 * While something runs: the calm line is shown and the buttons rest. `aria-disabled`, not `disabled`, so focus stays.
 * @param {HTMLFormElement} form
 * @param {string | null} text null when it is over
 */
export function working(form, text) {
  const line = part(form, "working");
  show(line, text !== null);
  say(line, text ?? "");
  for (const button of form.querySelectorAll("button")) {
    button.toggleAttribute("data-resting", text !== null);
    if (text === null) button.removeAttribute("aria-disabled");
    else button.setAttribute("aria-disabled", "true");
  }
}

/**
 * Runs `work` when the form is sent, once at a time.
 * @param {HTMLFormElement} form
 * @param {() => Promise<void> | void} work
 */
export function onSend(form, work) {
  let busy = false;
  form.noValidate = true;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      await work();
    } finally {
      busy = false;
    }
  });
}
