/** Between the fields of the form and what was begun. */

import { words } from "../../ui/form.js";

/** @import { Problem } from "../../ui/form.js" */
/** @typedef {HTMLInputElement|HTMLSelectElement|HTMLTextAreaElement} Field */

/** @param {ParentNode} root @returns {Field[]} */
const fieldsOf = (root) => /** @type {Field[]} */ ([...root.querySelectorAll("input[name], select[name], textarea[name]")]);

/** @param {Field} field */
const isTick = (field) => field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox");

/** @param {HTMLFormElement} form @returns {Record<string, string>} an untouched choice is left out */
export function readValues(form) {
  const chosen = fieldsOf(form).filter((field) => !isTick(field) || /** @type {HTMLInputElement} */ (field).checked);
  return Object.fromEntries(chosen.map((field) => [field.name, field.value]));
}

/** @param {HTMLFormElement} form @param {Record<string, string>} values fields that are not among them stay as they are */
export function writeValues(form, values) {
  for (const field of fieldsOf(form)) {
    const value = values[field.name];
    if (value === undefined) continue;
    if (isTick(field)) /** @type {HTMLInputElement} */ (field).checked = field.value === value;
    else if (field.value !== value) field.value = value;
  }
}

/** What the fields inside still want, as the browser's own checks say it, in our words. @param {ParentNode} root @returns {Problem[]} */
export const problemsIn = (root) =>
  fieldsOf(root).flatMap((control) => {
    const { valueMissing, valid } = control.validity;
    const isEmpty = valueMissing || (control.required && control.value.trim() === "");
    const text = isEmpty ? words(control, "empty") : valid ? "" : words(control, "range");
    // Of choices only the first carries the words.
    return text ? [{ control, words: text }] : [];
  });
