/**
 * The recovery sheet just made: shown once, printed, and asked back (sealing.md 2.5).
 * @module
 */
import { toB64url } from "../sealing/codec.js";
import { CODE, newSecret, recoveryAuth, recoveryWrap, writeCode } from "../sealing/paper_code.js";
import { METHOD, wrapSeed } from "../sealing/wrap.js";
import { control, fill, part, say } from "../ui/dom.js";
import { onSend, showProblems, tellForm, words } from "../ui/form.js";
import { plainDigits } from "../ui/language.js";
import { showTime } from "../ui/local_time.js";
import { printButtons } from "../ui/paper.js";
import { askSeal, sentenceOf } from "./seal_requests.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Steps } from "../ui/steps.js" */

/** @typedef {{code: string, auth: string, wrapped: string}} Sheet the two texts are for the server, the code for the paper */

/**
 * Makes a sheet that opens `seed`.
 * @param {Bytes} seed
 * @param {Bytes} accountId
 * @returns {Promise<Sheet>}
 */
export async function makeSheet(seed, accountId) {
  const secret = newSecret();
  const [auth, key] = await Promise.all([recoveryAuth(secret, accountId), recoveryWrap(secret, accountId)]);
  const wrapped = await wrapSeed(seed, key, accountId, { method: METHOD.recovery });
  return { code: await writeCode(secret, CODE.recovery), auth: toB64url(auth), wrapped: toB64url(wrapped) };
}

/**
 * Puts a code on a sheet, a part in each item.
 * @param {HTMLElement} list
 * @param {string} code
 */
export function writeOn(list, code) {
  const items = code.split("-").map((group) => {
    const item = document.createElement("li");
    say(item, group);
    return item;
  });
  list.replaceChildren(...items);
}

/**
 * Two different parts out of seven, in their order, chosen by chance.
 * @returns {[number, number]} from 0
 */
export function twoParts() {
  const [one = 0, other = 0] = crypto.getRandomValues(new Uint32Array(2));
  const first = one % 7;
  const second = (first + 1 + (other % 6)) % 7;
  return first < second ? [first, second] : [second, first];
}

/**
 * Is this part of the code what was typed? Read as kindly as a whole code is.
 * @param {string} group
 * @param {string} typed
 */
export function isPart(group, typed) {
  const meant = plainDigits(typed).toUpperCase().replace(/[\s-]/gu, "").replaceAll("O", "0").replaceAll(/[IL]/gu, "1");
  return meant === group;
}

/**
 * Asks for two parts. Answers when both were right and the server knows it.
 * @param {HTMLFormElement} form
 * @param {string} code
 * @returns {Promise<void>}
 */
function askBack(form, code) {
  const groups = code.split("-");
  const asked = twoParts();
  const places = /** @type {const} */ (["first", "second"]);
  places.forEach((place, index) => {
    const label = part(form, `${place}-label`);
    say(label, fill(label.dataset["say"] ?? "", { number: asked[index] === undefined ? "" : asked[index] + 1 }));
  });
  const problems = () =>
    places.flatMap((place, index) => {
      const typed = control(form, place);
      const right = isPart(groups[asked[index] ?? 0] ?? "", typed.value);
      return right ? [] : [{ control: typed, words: words(typed, "different") }];
    });
  return new Promise((resolve) => {
    onSend(form, async () => {
      if (!showProblems(form, problems())) return;
      try {
        await askSeal("recovery-confirmed");
        resolve();
      } catch (trouble) {
        tellForm(form, sentenceOf(trouble));
      }
    });
  });
}

/**
 * Shows the sheet and asks it back. Answers when the person has shown that it is right, or puts that off where the page lets them.
 * @param {Steps} steps with the steps `sheet` and `ask-back`
 * @param {string} code
 * @returns {Promise<void>}
 */
export async function presentSheet(steps, code) {
  const sheet = part(document, "recovery-sheet");
  writeOn(part(sheet, "code"), code);
  say(part(sheet, "place"), `${location.host}/recover/`);
  showTime(/** @type {HTMLTimeElement} */ (part(sheet, "made")), Date.now());
  printButtons(sheet);
  part(sheet, "have-it").addEventListener("click", () => steps.go("ask-back"));
  steps.go("sheet");
  const form = /** @type {HTMLFormElement} */ (part(document, "ask-back"));
  const later = form.querySelector('[data-part="later"]');
  const putOff = new Promise((resolve) => later?.addEventListener("click", resolve, { once: true }));
  await Promise.race([askBack(form, code), putOff]);
  part(sheet, "code").replaceChildren();
}
