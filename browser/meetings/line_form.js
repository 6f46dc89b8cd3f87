/** The form for one line of a group's hours. */

import { ownZone, weekdayText } from "../ui/clocks.js";
import { control, part, show } from "../ui/dom.js";
import { language, plainDigits } from "../ui/language.js";
import { needed, words } from "../ui/form.js";
import { formOf, textOf } from "./forms.js";

/** @import { Problem } from "../ui/form.js" */
/** @import { Times } from "./hours.js" */

/** Which fields belong to which rhythm. @type {Record<string, string[]>} */
const FIELDS = { week: ["weekday"], weeks: ["interval", "anchor"], nth: ["nth", "weekday"], once: ["day"] };
const LONGEST = 1440;

/**
 * @param {Times|null} times what stands, for a change @param {(times: Times) => Promise<unknown>} act
 * @returns {HTMLFormElement} with templates/meetings/_times_form.html
 */
export function lineForm(times, act) {
  const form = formOf("times-form", checkTimes, (each) => act(readTimes(each)));
  fillChoices(form, times?.zone ?? ownZone());
  if (times) fillIn(form, times);
  const draw = () => {
    const shown = new Set(FIELDS[control(form, "every").value] ?? []);
    for (const name of new Set(Object.values(FIELDS).flat())) show(part(form, `field-${name}`), shown.has(name));
  };
  control(form, "every").addEventListener("change", draw);
  draw();
  return form;
}

/** Weekdays and zones, as this browser names them. @param {HTMLFormElement} form @param {string} zone one that has to be among them */
function fillChoices(form, zone) {
  control(form, "weekday").replaceChildren(...[0, 1, 2, 3, 4, 5, 6].map((day) => new Option(weekdayText(day, language()), String(day))));
  const all = [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", zone])].sort();
  control(form, "zone").replaceChildren(...all.map((each) => new Option(each.replaceAll("_", " "), each)));
  control(form, "zone").value = zone;
}

/** @param {HTMLFormElement} form @param {Times} times */
function fillIn(form, { zone, start, minutes, every = "week", interval = 1, weekday, anchor, nth = [], day, valid_from: from, valid_to: to }) {
  const values = { zone, start, minutes: String(minutes), every: every === "week" && interval > 1 ? "weeks" : every, interval: String(Math.max(interval, 2)), weekday: String(weekday ?? 0), anchor, day, from, to };
  for (const [name, value] of Object.entries(values)) control(form, name).value = value ?? "";
  for (const box of boxes(form)) box.checked = nth.includes(Number(box.value));
  // Rhythms that lists of others have and this form does not stay as they are; another one takes their place.
  if (!control(form, "every").value) control(form, "every").value = "week";
}

/** @param {HTMLFormElement} form @returns {HTMLInputElement[]} */
const boxes = (form) => [...form.querySelectorAll("input")].filter(({ name }) => name === "nth");

/** @param {HTMLFormElement} form @param {string} name */
const numberOf = (form, name) => Number(plainDigits(textOf(form, name)) || NaN);

/** @param {HTMLFormElement} form @returns {Problem[]} */
function checkTimes(form) {
  const shown = FIELDS[control(form, "every").value] ?? [];
  const missing = ["start", ...shown.filter((name) => name === "anchor" || name === "day")].flatMap((name) => needed(control(form, name)));
  return [...missing, ...outside(form, "minutes", 1, LONGEST), ...(shown.includes("interval") ? outside(form, "interval", 2, 52) : []), ...(shown.includes("nth") ? unticked(form) : []), ...ends(form)];
}

/** @param {HTMLFormElement} form @param {string} name @param {number} low @param {number} high @returns {Problem[]} */
function outside(form, name, low, high) {
  const number = numberOf(form, name);
  const fits = Number.isInteger(number) && number >= low && number <= high;
  return fits ? [] : [{ control: control(form, name), words: words(control(form, name), "wrong") }];
}

/** @param {HTMLFormElement} form @returns {Problem[]} */
function unticked(form) {
  const [first] = boxes(form);
  return boxes(form).some(({ checked }) => checked) ? [] : [{ control: first, words: words(first, "empty") }];
}

/** @param {HTMLFormElement} form @returns {Problem[]} */
function ends(form) {
  const [from, to] = [control(form, "from"), control(form, "to")];
  return from.value && to.value && to.value < from.value ? [{ control: to, words: words(to, "early") }] : [];
}

/** Monday is 0. @param {string} day YYYY-MM-DD */
const weekdayOf = (day) => (new Date(`${day}T12:00Z`).getUTCDay() + 6) % 7;

/** @param {HTMLFormElement} form @returns {Times} */
function readTimes(form) {
  const [every, anchor] = [control(form, "every").value, textOf(form, "anchor")];
  const times = { zone: textOf(form, "zone"), start: textOf(form, "start").slice(0, 5), minutes: numberOf(form, "minutes"), valid_from: textOf(form, "from") || null, valid_to: textOf(form, "to") || null };
  if (every === "once") return { ...times, every, day: textOf(form, "day") };
  if (every === "weeks") return { ...times, every: "week", interval: numberOf(form, "interval"), anchor, weekday: weekdayOf(anchor) };
  const weekday = Number(control(form, "weekday").value);
  if (every === "week") return { ...times, every, weekday };
  return { ...times, every: "nth", weekday, nth: boxes(form).flatMap(({ checked, value }) => (checked ? [Number(value)] : [])) };
}
