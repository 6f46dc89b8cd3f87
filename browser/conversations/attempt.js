/** Doing something that the server or the log may refuse, and saying so in words where the person is. */

import { SealError } from "../sealing/errors.js";
import { sentence } from "../ui/dom.js";
import { Refusal } from "../ui/refusal.js";

/** Is this a no that somebody gave, and not a fault of ours? @param {unknown} why */
export const isRefused = (why) => why instanceof Refusal || why instanceof SealError;

/** The sentence for what went wrong; a fault of ours has a general one. @param {unknown} why */
export const sentenceOf = (why) => (why instanceof Refusal ? why.sentence : sentence(why instanceof SealError ? why.code : "broken"));

/**
 * @param {() => Promise<unknown>} act
 * @param {(words: string) => void} [say] "" when it was done; else why not. At the bottom of what is seen, unless it is said elsewhere
 * @returns {Promise<boolean>} whether it was done
 */
export async function attempt(act, say = tell) {
  try {
    await act();
    say("");
    return true;
  } catch (why) {
    say(sentenceOf(why));
    return false;
  }
}

/** At the bottom of what is seen, where it moves nothing. @param {string} words "" takes back what was told */
export function tell(words) {
  const told = document.getElementById("told");
  if (!told) return;
  told.textContent = words;
  told.hidden = !words;
}

/** For what a page does by itself: it takes back only what it told, never what somebody was told about their own press. */
export function tellsForItself() {
  let told = "";
  return (/** @type {string} */ words) => {
    if (words || document.getElementById("told")?.textContent === told) tell(words);
    told = words;
  };
}
