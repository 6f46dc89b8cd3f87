/**
 * A form that asks for the passphrase: wrong tries, slowing down, and what is told when the server lies.
 * @module
 */
import { control, fill, part, show } from "../ui/dom.js";
import { onSend, needed, showProblems, tellForm, words, working } from "../ui/form.js";
import { codeOf, sentenceOf } from "./seal_requests.js";

/** @import { Problem } from "../ui/form.js" */

const FREE_TRIES = 2;
const FIRST_WAIT_S = 5;
const LONGEST_WAIT_S = 60;

/**
 * Seconds to wait after the n-th wrong try: none for two, then 5, 10, 20 ... up to a minute.
 * @param {number} wrong
 */
export function waitAfter(wrong) {
  if (wrong < FREE_TRIES) return 0;
  return Math.min(FIRST_WAIT_S * 2 ** (wrong - FREE_TRIES), LONGEST_WAIT_S);
}

/** Codes after which a passphrase must not be typed again: the form is taken away. */
const LIES = new Set(["kdf-floor", "key-mismatch"]);

/**
 * The seconds are counted down on the screen; only the first sentence is read out.
 * @param {HTMLFormElement} form
 * @param {number} seconds
 */
async function rest(form, seconds) {
  const region = part(form, "working").closest("[role=status]");
  for (let left = seconds; left > 0; left--) {
    working(form, fill(words(form, "wait"), { seconds: left }));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    region?.setAttribute("aria-live", "off");
  }
  working(form, null);
  region?.removeAttribute("aria-live");
}

/**
 * After a lie nothing may be typed here any more: what is filled is emptied, what is left is the sentence.
 * @param {HTMLFormElement} form
 */
export function takeAway(form) {
  for (const typed of form.querySelectorAll("input")) typed.value = "";
  const otherWays = document.querySelector('[data-part="other-way"]');
  if (otherWays instanceof HTMLElement) show(otherWays, false);
  for (const field of form.querySelectorAll("[data-field], .choice, .buttons"))
    show(/** @type {HTMLElement} */ (field), false);
}

/**
 * @param {HTMLFormElement} form
 * @param {unknown} trouble
 */
function tellTrouble(form, trouble) {
  const code = codeOf(trouble);
  const passphrase = control(form, "passphrase");
  if (code === "wrong-key" || code === "passphrase-bad") {
    showProblems(form, [{ control: passphrase, words: sentenceOf(trouble) }]);
    passphrase.select();
    return;
  }
  if (LIES.has(code)) takeAway(form);
  tellForm(form, sentenceOf(trouble));
}

/**
 * Runs `open` with what was typed, and says kindly what went wrong.
 * @param {HTMLFormElement} form
 * @param {{problems?: () => Problem[], open: (passphrase: string) => Promise<void>}} how
 */
export function passphraseForm(form, { problems = () => [], open }) {
  let wrong = 0;
  onSend(form, async () => {
    const passphrase = control(form, "passphrase");
    if (!showProblems(form, [...problems(), ...needed(passphrase)])) return;
    try {
      await open(passphrase.value);
    } catch (trouble) {
      working(form, null);
      tellTrouble(form, trouble);
      if (codeOf(trouble) === "wrong-key") await rest(form, waitAfter(++wrong));
    }
  });
}
