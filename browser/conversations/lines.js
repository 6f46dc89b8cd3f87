/**
 * Sentences with people or numbers in them. The words are the server's, in templates with one element a sentence; here
 * they are chosen and their places filled.
 */

import { part, say, template } from "../ui/dom.js";
import { language } from "../ui/language.js";

/**
 * One sentence of a list in a template, as nodes to put somewhere.
 *
 * @param {string} list id of the template
 * @param {string} name of the sentence: its `data-line`, `data-help` ...
 * @param {Record<string, string|undefined>} [places] what goes where; a place left undefined keeps the template's word
 * @returns {DocumentFragment|null} null when there is no such sentence
 */
export function line(list, name, places = {}) {
  const found = [...template(list).children].find((each) => Object.values(/** @type {HTMLElement} */ (each).dataset).includes(name));
  return found ? filled(found, places) : null;
}

/**
 * The sentence for a number, in the plural form this language has for it.
 *
 * @param {string} list id of a template made with `{% counting %}`
 * @param {number} number
 * @returns {DocumentFragment}
 */
export function counted(list, number) {
  const lines = /** @type {HTMLElement[]} */ ([...template(list).children]);
  const kind = new Intl.PluralRules(language());
  const alike = lines.find((each) => kind.select(Number(each.dataset.number)) === kind.select(number));
  const digits = new Intl.NumberFormat(language()).format(number);
  return filled(alike ?? lines[0], { n: digits });
}

/** @param {Element} sentence @param {Record<string, string|undefined>} places */
function filled(sentence, places) {
  for (const [name, words] of Object.entries(places)) {
    if (words !== undefined && sentence.querySelector(`[data-part="${name}"]`)) say(part(sentence, name), words);
  }
  const nodes = document.createDocumentFragment();
  nodes.append(...sentence.childNodes);
  return nodes;
}
