/**
 * Times in the reader's own zone and the page's language.
 * @module
 */

/**
 * "Sun, 22 Nov 2026, 19:30" in the given language and zone.
 * @param {number} milliseconds since 1970 UTC
 * @param {string} [language]
 * @param {string} [zone] IANA name; the device's own by default
 * @returns {string}
 */
export function timeText(milliseconds, language, zone) {
  const style = /** @type {const} */ ({ dateStyle: "medium", timeStyle: "short" });
  return new Intl.DateTimeFormat(language || undefined, { ...style, timeZone: zone }).format(milliseconds);
}

/**
 * Fills a `<time>` element.
 * @param {HTMLTimeElement} node
 * @param {number} milliseconds
 */
export function showTime(node, milliseconds) {
  node.dateTime = new Date(milliseconds).toISOString();
  node.textContent = timeText(milliseconds, document.documentElement.lang);
}
