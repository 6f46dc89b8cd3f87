/**
 * How hard a passphrase somebody made up is to guess: a rough, local look, told in words. No list, no network.
 * @module
 */

/** Fewest signs of a passphrase of one's own (sealing.md 2.1). */
const SHORTEST = 12;

const FAIR_BITS = 40;
const STRONG_BITS = 56;
const WORD_BITS = 12;
const LETTER_BITS = 3;
const DIGIT_BITS = 3.3;
const SIGN_BITS = 5;

/**
 * Leaves out what follows from the sign before it: "aaaa" counts once, and so does "1234".
 * @param {string} text
 * @param {number} step how far apart neighbours must be
 */
function withoutRuns(text, step) {
  const codes = [...text].map((sign) => sign.codePointAt(0) ?? 0);
  return codes.filter((code, index) => index === 0 || Math.abs(code - (codes[index - 1] ?? 0)) > step);
}

/**
 * Bits of one word, number or sign.
 * @param {string} token
 */
function bitsOf(token) {
  if (/^\p{L}+$/u.test(token)) return Math.min(withoutRuns(token, 0).length * LETTER_BITS, WORD_BITS);
  return withoutRuns(token, 1).length * (/^\p{N}+$/u.test(token) ? DIGIT_BITS : SIGN_BITS);
}

/**
 * A cautious guess of the bits in a passphrase; words that come twice count once.
 * @param {string} passphrase
 * @returns {number}
 */
function estimate(passphrase) {
  const tokens = passphrase.toLowerCase().match(/\p{L}+|\p{N}+|[^\p{L}\p{N}\s]+/gu) ?? [];
  return [...new Set(tokens)].reduce((bits, token) => bits + bitsOf(token), 0);
}

/**
 * @param {string} passphrase
 * @returns {"weak" | "fair" | "strong"}
 */
export function strengthOf(passphrase) {
  const bits = estimate(passphrase);
  if (bits < FAIR_BITS) return "weak";
  return bits < STRONG_BITS ? "fair" : "strong";
}

/**
 * Long enough? Counted in signs as a person counts them, not in bytes.
 * @param {string} passphrase
 */
export function isLongEnough(passphrase) {
  return [...passphrase].length >= SHORTEST;
}
