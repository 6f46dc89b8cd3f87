/** Moments, days and hours on a clock, and what they are called. Words around them stand in templates. */

const DAY = /** @type {const} */ ({ weekday: "long", day: "numeric", month: "long" });
const HOUR = /** @type {const} */ ({ timeStyle: "short" });

/** "Tuesday 8 December". @param {number} at ms @param {string} zone @param {string} [language] */
export const dayText = (at, zone, language) => new Intl.DateTimeFormat(language, { ...DAY, timeZone: zone }).format(at);

/** "18:00". @param {number} at ms @param {string} zone @param {string} [language] */
export const hourText = (at, zone, language) => new Intl.DateTimeFormat(language, { ...HOUR, timeZone: zone }).format(at);

/** "18:00 – 19:30". @param {number} start @param {number} end @param {string} zone @param {string} [language] */
export const hoursText = (start, end, zone, language) => `${hourText(start, zone, language)} – ${hourText(end, zone, language)}`;

/** A day that is no moment: "Tuesday 8 December". @param {string} day YYYY-MM-DD @param {string} [language] */
export const calendarDay = (day, language) => dayText(Date.parse(`${day}T12:00Z`), "UTC", language);

/** YYYY-MM-DD on a clock. @param {number} at ms @param {string} zone */
export const dayOn = (at, zone) => wallOn(at, zone).slice(0, 10);

/** YYYY-MM-DDTHH:MM on a clock. @param {number} at ms @param {string} zone */
export function wallOn(at, zone) {
  const parts = new Intl.DateTimeFormat("en-GB-u-nu-latn", { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).formatToParts(at);
  const [year, month, day, hour, minute] = ["year", "month", "day", "hour", "minute"].map((name) => parts.find(({ type }) => type === name)?.value);
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** The zone of this device. */
export const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The town a zone is named after. @param {string} zone */
export const townOf = (zone) => zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");

/** The weekday's name, Monday is 0. @param {number} weekday @param {string} [language] */
export const weekdayText = (weekday, language) => new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(Date.UTC(2024, 0, 1 + weekday));

/** Does this browser know the zone? @param {string} zone */
export function knows(zone) {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}
