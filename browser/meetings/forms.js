/** Small forms of a facilitator: a date that moves, a pause, the place. Each tells `done` when it was done. */

import { attempt } from "../conversations/attempt.js";
import { control, part, template } from "../ui/dom.js";
import { needed, onSend, showProblems, tellIn, words } from "../ui/form.js";
import { addPause } from "./changing.js";
import { pageOf, placeIn, setPlace, setWhy } from "./place.js";

/** @import { Room } from "../conversations/room.js" */
/** @import { Problem } from "../ui/form.js" */
/** @import { Hours } from "./following.js" */

/**
 * @param {string} name of its template
 * @param {(form: HTMLFormElement) => Problem[]} check
 * @param {(form: HTMLFormElement) => Promise<unknown>} act
 */
export function formOf(name, check, act) {
  const form = /** @type {HTMLFormElement} */ (template(name));
  onSend(form, async () => {
    if (!showProblems(form, check(form))) return;
    if (await attempt(() => act(form), tellIn(form))) form.dispatchEvent(new Event("done"));
  });
  return form;
}

/** @param {HTMLFormElement} form @param {string} name */
export const textOf = (form, name) => control(form, name).value.trim();

/**
 * @param {string} wall where it is now @param {string} today on the same clock, YYYY-MM-DD
 * @param {(to: string) => Promise<void>} act
 */
export function moveForm(wall, today, act) {
  const check = (/** @type {HTMLFormElement} */ form) => [...["day", "start"].flatMap((name) => needed(control(form, name))), ...outOfSight(control(form, "day"), today)];
  const form = formOf("move-form", check, (each) => act(`${textOf(each, "day")}T${textOf(each, "start")}`));
  [control(form, "day").value, control(form, "start").value] = [wall.slice(0, 10), wall.slice(11, 16)];
  return form;
}

/** A date nobody sees any more could not be moved back. @param {HTMLInputElement} day @param {string} today @returns {Problem[]} */
function outOfSight(day, today) {
  const last = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
  return day.value && (day.value < today || day.value > last) ? [{ control: day, words: words(day, "wrong") }] : [];
}

/** @param {Room} room @param {Hours} hours */
export function pauseForm(room, hours) {
  return formOf("pause-form", checkPause, async (form) => {
    const [first, last, why] = ["first", "last", "why"].map((name) => textOf(form, name));
    // The reason first: a pause without one would be read as if there were none to tell.
    if (why || placeIn(room).why?.[first]) await setWhy(room, first, why);
    await hours.set((all) => addPause(all, { first, last: last || null }));
  });
}

/** @param {HTMLFormElement} form @returns {Problem[]} */
function checkPause(form) {
  const [first, last] = [control(form, "first"), control(form, "last")];
  if (last.value && first.value && last.value < first.value) return [{ control: last, words: words(last, "early") }];
  return needed(first);
}

/** @param {Room} room */
export function placeForm(room) {
  const names = /** @type {const} */ (["where", "link", "phone"]);
  const form = formOf("place-form", checkPlace, (each) => setPlace(room, Object.fromEntries(names.map((name) => [name, textOf(each, name)]))));
  const place = placeIn(room);
  for (const name of names) control(form, name).value = place[name] ?? "";
  part(form, "title").tabIndex = -1;
  return form;
}

/** A link that nobody can open would stand there at the hour when everybody needs it. @param {HTMLFormElement} form @returns {Problem[]} */
function checkPlace(form) {
  const link = control(form, "link");
  return link.value.trim() && !pageOf(link.value.trim()) ? [{ control: link, words: words(link, "wrong") }] : [];
}
