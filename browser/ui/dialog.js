/**
 * A question in a `<dialog>`: opened over the page, answered by one of its buttons.
 * @module
 */

/**
 * Opens the dialog and waits. Answers the `value` of the button pressed, "" when closed by Escape.
 * Focus goes back to where it was, which `<dialog>` does by itself.
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string>}
 */
export function ask(dialog) {
  dialog.returnValue = "";
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
