/**
 * The steps in which an account is asked for, shared by the sign-up and the set-up page.
 * @module
 */
import { control, sentence } from "../ui/dom.js";
import { needed, showProblems, tellForm, working } from "../ui/form.js";
import { codeOf, sentenceOf } from "./seal_requests.js";

/** @import { Steps } from "../ui/steps.js" */
/** @import { NewPassphrase } from "./new_passphrase.js" */

const NAME_TROUBLES = new Set(["name-taken", "name-bad"]);

/**
 * What the steps before the last one want before they let go.
 * @param {HTMLFormElement} form
 * @param {NewPassphrase} passphrase
 */
export function accountSteps(form, passphrase) {
  return {
    name: () => needed(control(form, "name")),
    passphrase: () => passphrase.problems(),
    consents: () => [...needed(control(form, "of_age")), ...needed(control(form, "consent"))],
  };
}

/**
 * Says what went wrong where it can be put right.
 * @param {HTMLFormElement} form
 * @param {Steps} steps
 * @param {unknown} trouble
 */
export function tellSignUpTrouble(form, steps, trouble) {
  const code = codeOf(trouble);
  working(form, null);
  if (!NAME_TROUBLES.has(code)) return tellForm(form, sentenceOf(trouble));
  steps.go("name", { focus: false });
  showProblems(form, [{ control: control(form, "name"), words: sentence(code) }]);
}
