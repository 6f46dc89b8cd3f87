/**
 * A question in a `<dialog>`: opened over the page, answered by one of its buttons.
 * @module
 */
import { tellField, words } from "./form.js";

/**
 * A dialog that lacks something it needs says so in its own words, and stays open. Going back needs nothing.
 * @param {SubmitEvent} event
 */
function stayForWhatLacks(event) {
  const { elements } = /** @type {HTMLFormElement} */ (event.target);
  if (/** @type {HTMLButtonElement|null} */ (event.submitter)?.formNoValidate) return;
  for (const control of /** @type {Iterable<HTMLInputElement>} */ (elements)) {
    if (!control.required) continue;
    const isThere = control.type === "checkbox" ? control.checked : control.value.trim() !== "";
    tellField(control, isThere ? "" : words(control, "empty"));
    if (!isThere) return event.preventDefault();
  }
}

/**
 * Opens the dialog and waits. Answers the `value` of the button pressed, "" when closed by Escape.
 * Focus goes back to where it was, which `<dialog>` does by itself.
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string>}
 */
export function ask(dialog) {
  dialog.returnValue = "";
  for (const form of dialog.querySelectorAll("form")) form.noValidate = true;
  dialog.addEventListener("submit", stayForWhatLacks);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}

/**
 * Puts a dialog made from a template into the page, asks, and takes it away again.
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string>}
 */
export async function askOnce(dialog) {
  document.body.append(dialog);
  try {
    return await ask(dialog);
  } finally {
    dialog.remove();
  }
}
