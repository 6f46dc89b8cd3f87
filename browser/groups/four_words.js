/** Four words for four numbers: what people read to one another, to find out whether they see the same thing. */

import { wordList } from "../sealing/passphrase.js";

const LIST = new URL("../vendor/eff_large_wordlist.txt", import.meta.url);

/** @type {Promise<string[]>|undefined} */
let list;

/** Fetched when somebody looks, not before. @param {number[]} numbers */
export async function fourWords(numbers) {
  list ??= fetch(LIST).then((answer) => answer.text()).then(wordList);
  const words = await list;
  return numbers.map((number) => words[number % words.length]).join(" · ");
}
