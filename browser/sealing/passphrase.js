/** From words a person keeps to the two keys of an account (sealing.md 2.1 and 1.4). The slow part, `stretch`, is kdf.js. */

import { utf8 } from "./codec.js";
import { insist } from "./errors.js";
import { kdf } from "./primitives.js";

/** @import { Bytes } from "./codec.js" */

const LONGEST = 512;
const LIST_SIZE = 7776;

/**
 * UTF-8 after RFC 8265 OpaqueString: every space (Zs) is U+0020, then NFC. Never trimmed, never folded: a passphrase that
 * opened the keys once must open them on every keyboard. 1 to 512 bytes and no half of a surrogate pair, else `passphrase-bad`.
 *
 * @param {string} passphrase
 * @returns {Bytes}
 */
export function normalise(passphrase) {
  insist(!/\p{Surrogate}/u.test(passphrase), "passphrase-bad");
  const bytes = utf8(passphrase.replace(/\p{Zs}/gu, " ").normalize("NFC"));
  insist(bytes.length >= 1 && bytes.length <= LONGEST, "passphrase-bad");
  return bytes;
}

/**
 * What the server gets in place of a password.
 *
 * @param {Bytes} stretched M
 * @param {Bytes} accountId
 * @returns {Promise<Bytes>} 32 bytes
 */
export const authKey = (stretched, accountId) => kdf(stretched, "auth", accountId);

/**
 * What opens the wrapped seed; never leaves the browser.
 *
 * @param {Bytes} stretched M
 * @param {Bytes} accountId
 * @returns {Promise<Bytes>} 32 bytes
 */
export const wrapKey = (stretched, accountId) => kdf(stretched, "wrap", accountId);

/**
 * The words of the word list's text, one for each row. A list of another size would give fewer bits than we say, so it is a
 * fault and not a choice.
 *
 * @param {string} text
 * @returns {string[]}
 */
export function wordList(text) {
  const words = text.split("\n").map((row) => row.trim().split(/\s+/).at(-1) ?? "");
  const list = [...new Set(words.filter((word) => word !== ""))];
  if (list.length !== LIST_SIZE) throw new Error("the word list is not whole");
  return list;
}

/**
 * Random words with single spaces; five have 64.6 bits.
 *
 * @param {string[]} list from `wordList`
 * @param {number} [count]
 */
export const generate = (list, count = 5) => Array.from({ length: count }, () => list[below(list.length)]).join(" ");

/**
 * A random number below `limit`, every one as likely: draws that would favour small numbers are drawn again.
 *
 * @param {number} limit 1 to 2^32
 */
function below(limit) {
  const fair = 2 ** 32 - (2 ** 32 % limit);
  const draw = new Uint32Array(1);
  do crypto.getRandomValues(draw);
  while (Number(draw[0]) >= fair);
  return Number(draw[0]) % limit;
}
