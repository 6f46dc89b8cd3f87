/** One line of a group's hours as people say it. */

import { line } from "../conversations/lines.js";
import { language } from "../ui/language.js";
import { calendarDay, townOf, weekdayText } from "./clocks.js";

/** @import { Times } from "./hours.js" */

/** "Every Tuesday, 18:00 in Berlin". @param {Times} times @returns {DocumentFragment} */
export function rhythm(times) {
  const { every = "week", interval = 1, weekday, day } = times;
  const places = {
    weekday: weekday === null || weekday === undefined ? "" : weekdayText(weekday, language()),
    day: day ? calendarDay(day, language()) : "",
    n: new Intl.NumberFormat(language()).format(interval),
    which: which(times),
    time: startText(times.start),
    town: townOf(times.zone),
  };
  return line("rhythm-lines", nameOf(every, interval), places) ?? document.createDocumentFragment();
}

/** @param {string} every @param {number} interval */
function nameOf(every, interval) {
  if (every === "week" || every === "nth") return interval === 1 ? every : `${every}s`;
  return every;
}

/** "18:00", as the reader's language writes it; it stands on the group's own wall. @param {string} start */
const startText = (start) => new Intl.DateTimeFormat(language(), { timeStyle: "short", timeZone: "UTC" }).format(Date.parse(`2026-01-01T${start}Z`));

/** "first and third", "1 and 15", "3 May and 9 June". @param {Times} times */
function which({ every, nth = [], monthdays = [], extra = [] }) {
  const list = new Intl.ListFormat(language(), { type: "conjunction" });
  if (every === "nth") return list.format(nth.map((number) => line("nth-lines", String(number))?.textContent?.trim() ?? String(number)));
  if (every === "monthday") return list.format(monthdays.map((number) => (number > 0 ? new Intl.NumberFormat(language()).format(number) : (line("nth-lines", "-1")?.textContent?.trim() ?? ""))));
  return list.format(extra.slice(0, 6).map((each) => calendarDay(each, language())));
}
