/** Days, hours and rhythms as this page's language writes them, and the sentences they stand in. */

import { calendarDay, hourText as hourOn, ownZone, townOf } from "../../ui/clocks.js";
import { say } from "../../ui/dom.js";
import { language } from "../../ui/language.js";
import { line } from "../lines.js";
import { dateOf, dayOf, instantOf, nthOf, wallOf } from "./civil.js";

/** @import { Rhythm } from "./civil.js" */
/** @typedef {{first: string, time: string, zone: string, rhythm: Rhythm}} Hours as the founder gave them */

/** One of our sentences as plain text. @param {string} list @param {string} name @param {Record<string, string|undefined>} [places] */
export const text = (list, name, places) => (line(list, name, places)?.textContent ?? "").trim();

/** @param {string} date @param {string} time @param {Intl.DateTimeFormatOptions} options */
const written = (date, time, options) => new Intl.DateTimeFormat(language(), { ...options, timeZone: "UTC" }).format(Date.parse(`${date}T${time}Z`));

/** "Tuesday" @param {string} date */
export const weekdayText = (date) => written(date, "12:00", { weekday: "long" });

/** "Tuesday 8 December" @param {string} date */
export const dateText = (date) => calendarDay(date, language());

/** "19:00" @param {string} time */
export const hourText = (time) => hourOn(Date.parse(`2026-01-01T${time}Z`), "UTC", language());

/** "Every week, on Tuesday" @param {string} first @param {Rhythm} rhythm */
export const rhythmText = (first, rhythm) => text("start-rhythms-lines", rhythm === "nth" ? `nth-${nthOf(first)}` : rhythm, { day: weekdayText(first) });

/** The rhythm, the hour and the first date in one sentence. @param {Hours} hours */
export function hoursText({ first, time, zone, rhythm }) {
  const places = { rhythm: rhythmText(first, rhythm), time: hourText(time), first: dateText(first), zone: townOf(zone) };
  return text("start-hours-lines", rhythm === "once" ? "once" : "whole", places);
}

/** A date with its hour; where the reader's own clock says something else, that too. @param {string} date @param {Hours} hours */
export function whenText(date, { time, zone }) {
  const when = written(date, time, { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit" });
  const here = wallOf(instantOf(date, time, zone), ownZone());
  if (here.date === date && here.time === time) return when;
  const options = /** @type {Intl.DateTimeFormatOptions} */ ({ ...(here.date === date ? {} : { weekday: "long" }), hour: "numeric", minute: "2-digit" });
  return text("start-hours-lines", "own", { when, here: written(here.date, here.time, options) });
}

/** The hour so many minutes after a meeting began. @param {string} time @param {number} minutes */
export function laterText(time, minutes) {
  const [hour, minute] = time.split(":").map(Number);
  return hourOn(Date.UTC(2026, 0, 1, hour, minute + minutes), "UTC", language());
}

/** Today and a year from now, between which a group begins. @returns {[string, string]} */
export function bounds() {
  const today = wallOf(Date.now(), ownZone()).date;
  return [today, dateOf(dayOf(today) + 366)];
}

/** @param {HTMLElement} list @param {string[]} lines */
export const sayList = (list, lines) =>
  list.replaceChildren(...lines.map((words) => {
    const item = document.createElement("li");
    say(item, words);
    return item;
  }));
