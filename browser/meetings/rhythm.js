/** One line of a group's hours, and a pause, as people say them. */

import { line } from "../conversations/lines.js";
import { calendarDay, hourText, townOf, weekdayText } from "../ui/clocks.js";
import { language } from "../ui/language.js";

/** @import { Pause } from "./changing.js" */
/** @import { Times } from "./hours.js" */

/** "Every Tuesday, 18:00 in Berlin". @param {Times} times @returns {DocumentFragment} */
export function rhythm(times) {
  const { every = "week", interval = 1, weekday, day } = times;
  const places = {
    weekday: weekday === null || weekday === undefined ? "" : weekdayText(weekday, language()),
    day: day ? calendarDay(day, language()) : "",
    n: new Intl.NumberFormat(language()).format(interval),
    which: which(times),
    time: hourText(Date.parse(`2026-01-01T${times.start}Z`), "UTC", language()),
    town: townOf(times.zone),
  };
  return line("rhythm-lines", nameOf(every, interval), places) ?? document.createDocumentFragment();
}

/** @param {string} every @param {number} interval */
function nameOf(every, interval) {
  if (every === "week" || every === "nth") return interval === 1 ? every : `${every}s`;
  return every;
}

/** "first and third", "1 and 15", "3 May and 9 June". @param {Times} times */
function which({ every, nth = [], monthdays = [], extra = [] }) {
  const list = new Intl.ListFormat(language(), { type: "conjunction" });
  if (every === "nth") return list.format(nth.map((number) => line("nth-lines", String(number))?.textContent?.trim() ?? String(number)));
  if (every === "monthday") return list.format(monthdays.map((number) => (number > 0 ? new Intl.NumberFormat(language()).format(number) : (line("nth-lines", "-1")?.textContent?.trim() ?? ""))));
  return list.format(extra.slice(0, 6).map((each) => calendarDay(each, language())));
}

/** "We do not meet from 20 December to 4 January." @param {Pause} pause */
export const pauseLine = ({ first, last }) =>
  line("meeting-lines", last ? "pause" : "pause-open", { first: calendarDay(first, language()), last: last ? calendarDay(last, language()) : "" }) ?? "";
