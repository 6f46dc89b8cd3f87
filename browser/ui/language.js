/**
 * How a page writes what no sentence of it could know before: numbers, lists and times; and how it reads digits.
 * @module
 */

/**
 * The language to write in: as the device writes it ("en-GB"), where it speaks the page's. Digits are those of the sentences
 * around them, which the server wrote.
 * @returns {string} a tag for `Intl`
 */
export function language() {
  const page = document.documentElement.lang || "en";
  const own = navigator.languages.find((each) => each === page || each.startsWith(`${page}-`)) ?? page;
  return own.includes("-u-") ? own : `${own}-u-nu-latn`;
}

/**
 * What was typed, with the digits of Arabic and Persian keyboards as 0 to 9: a code is the same on every keyboard.
 * @param {string} typed
 */
export function plainDigits(typed) {
  return typed.replace(/[\u0660-\u0669\u06F0-\u06F9]/gu, (digit) => String(digit.charCodeAt(0) & 15));
}
