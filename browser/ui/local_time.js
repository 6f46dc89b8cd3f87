/**
 * Times in the reader's own zone and the page's language.
 * @module
 */
import { language } from "./language.js";

const DAY = 86_400_000;
/** Making one takes ten times as long as using it. @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string|undefined} language @param {Intl.DateTimeFormatOptions} options */
function formatFor(language, options) {
  const name = `${language} ${JSON.stringify(options)}`;
  const format = formats.get(name) ?? new Intl.DateTimeFormat(language || undefined, options);
  formats.set(name, format);
  return format;
}

/**
 * "Sun, 22 Nov 2026, 19:30" in the given language and zone.
 * @param {number} milliseconds since 1970 UTC
 * @param {string} [language]
 * @param {string} [zone] IANA name; the device's own by default
 * @returns {string}
 */
export function timeText(milliseconds, language, zone) {
  return formatFor(language, { dateStyle: "medium", timeStyle: "short", timeZone: zone }).format(milliseconds);
}

/**
 * What stands between a day and an hour: ", " or "، " or what the language has.
 * @param {number} milliseconds @param {string|undefined} language @param {string|undefined} zone
 */
function between(milliseconds, language, zone) {
  const parts = formatFor(language, { dateStyle: "medium", timeStyle: "short", timeZone: zone }).formatToParts(milliseconds);
  const hour = parts.findIndex(({ type }) => type === "hour");
  return parts.slice(0, hour).findLast(({ type }) => type === "literal")?.value ?? ", ";
}

/**
 * As one would tell it: "today, 19:30", "yesterday, 19:30", then day and month, and the year where it is another.
 * @param {number} milliseconds since 1970 UTC
 * @param {number} now likewise
 * @param {string} [language]
 * @param {string} [zone] IANA name; the device's own by default
 * @returns {string}
 */
export function toldTime(milliseconds, now, language, zone) {
  const write = (/** @type {Intl.DateTimeFormatOptions} */ options, at = milliseconds) =>
    formatFor(language, { ...options, timeZone: zone }).format(at);
  const hour = between(milliseconds, language, zone) + write({ timeStyle: "short" });
  const isLike = (/** @type {Intl.DateTimeFormatOptions} */ options, /** @type {number} */ at) => write(options) === write(options, at);
  const back = [0, 1].find((days) => isLike({ dateStyle: "short" }, now - days * DAY));
  if (back !== undefined) return `${new Intl.RelativeTimeFormat(language || undefined, { numeric: "auto" }).format(-back, "day")}${hour}`;
  const year = isLike({ year: "numeric" }, now) ? undefined : "numeric";
  return `${write({ day: "numeric", month: "long", year })}${hour}`;
}

/**
 * Fills a `<time>` element with the whole date.
 * @param {HTMLTimeElement} node
 * @param {number} milliseconds
 */
export function showTime(node, milliseconds) {
  node.dateTime = new Date(milliseconds).toISOString();
  node.textContent = timeText(milliseconds, language());
}

/**
 * Fills a `<time>` element as one would tell it; the whole date is there for who points at it.
 * @param {HTMLTimeElement} node
 * @param {number} milliseconds
 */
export function tellTime(node, milliseconds) {
  showTime(node, milliseconds);
  node.title = node.textContent ?? "";
  node.textContent = toldTime(milliseconds, Date.now(), language());
}
