/** A last look at everything, with a way back to each screen. */

import { part, say, template } from "../../ui/dom.js";
import { wholeAgreement } from "./draft_view.js";
import { STEPS } from "./begun.js";
import { placeText } from "./place.js";
import { hoursOf, meetingsOf } from "./screens.js";
import { dateText, hoursText, text } from "./saying.js";

/** What somebody chose, by its short name where it has one. @param {HTMLFormElement} form @param {string} name */
function chosen(form, name) {
  const found = form.querySelector(`input[name="${name}"]:checked`);
  const label = found?.closest("label");
  return ((label?.querySelector("strong") ?? label)?.textContent ?? "").trim();
}

/** @param {HTMLFormElement} form */
function lengthText(form) {
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem("length"));
  return select.selectedOptions[0]?.textContent ?? "";
}

/** @param {HTMLFormElement} form @param {Record<string, string>} values @returns {Record<string, string[]>} lines by screen */
const looks = (form, values) => ({
  purpose: [values["purpose"]],
  people: [values["whom"], text("start-counting-lines", "people", { n: values["size"] })],
  place: [chosen(form, "way"), placeText(values)],
  rhythm: [hoursText(hoursOf(values)), lengthText(form)],
  shape: [chosen(form, "shape")],
  meetings: meetingsOf(values).map(dateText),
  names: [values["name"], values["own"]],
  danger: [chosen(form, "model"), values["calls"]],
  agreement: [],
  invite: [chosen(form, "second")],
});

/** @param {HTMLFormElement} form @param {Record<string, string>} values */
export function drawLook(form, values) {
  const found = looks(form, values);
  part(form, "looks").replaceChildren(...STEPS.filter((step) => step in found).map((step) => drawOne(step, found[step])));
  say(part(form, "agreed"), wholeAgreement(values));
}

/** @param {string} step @param {string[]} lines */
function drawOne(step, lines) {
  const element = template("start-look");
  const what = text("start-looks-lines", step);
  say(part(element, "what"), what);
  const change = /** @type {HTMLAnchorElement} */ (part(element, "change"));
  change.href = `#${step}`;
  change.setAttribute("aria-label", `${change.textContent}: ${what}`);
  const said = lines.map((each) => (each ?? "").trim()).filter((each) => each !== "").join("\n");
  say(part(element, "chosen"), said);
  part(element, "chosen").hidden = said === "";
  return element;
}
