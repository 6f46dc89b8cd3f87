/** The boxes that open below words: to change them, to go on with them, to be with whoever said them. */

import { control, part, say, template } from "../ui/dom.js";
import { closeByEscape } from "../ui/focus.js";
import { helpIn, isTicked, onWords } from "./composer.js";

/** @import { Words } from "./circle.js" */
/** @import { Desk } from "./desk.js" */

/**
 * A box with words in it, which are kept while they are written.
 *
 * @param {string} name of the template @param {Words} words @param {Desk} desk @param {() => void} close
 * @returns {{form: HTMLFormElement, box: HTMLInputElement, place: string}}
 */
function openBox(name, words, { drafts }, close) {
  const form = /** @type {HTMLFormElement} */ (template(name));
  const box = control(form, "text");
  const place = `${name} ${words.id}`;
  box.id = place.replace(" ", "-");
  /** @type {HTMLLabelElement} */ (part(form, "label")).htmlFor = box.id;
  form.addEventListener("input", () => drafts.set(place, { text: box.value }));
  part(form, "close").addEventListener("click", close);
  closeByEscape(form, close);
  return { form, box, place };
}

/** @param {Words} words @param {Desk} desk @param {() => void} close @param {(text: string) => Promise<void>} save */
export function editBox(words, desk, close, save) {
  const { form, box, place } = openBox("edit-box", words, desk, close);
  box.value = desk.drafts.get(place).text || (words.text ?? "");
  onWords(form, async (text) => {
    await save(text);
    if (!form.isConnected) desk.drafts.set(place, { text: "" });
  });
  return form;
}

/** @param {Words} words @param {Desk} desk @param {() => void} close */
export function partBox(words, desk, close) {
  const { form, box, place } = openBox("part-box", words, desk, close);
  box.value = desk.drafts.get(place).text;
  onWords(form, (text) => {
    desk.goOn(words.id, text, helpIn(form), isTicked(form, "more"));
    desk.drafts.set(place, { text: "" });
    close();
  });
  return form;
}

/** @param {string|undefined} who @param {() => void} close @param {(phrase: string) => void} give "" for no words */
export function phraseBox(who, close, give) {
  const form = template("phrases");
  if (who) say(part(form, "who"), who);
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-phrase]"))) {
    button.addEventListener("click", () => give(button.dataset.phrase ? (button.textContent ?? "").trim() : ""));
  }
  part(form, "close").addEventListener("click", close);
  closeByEscape(form, close);
  return form;
}
