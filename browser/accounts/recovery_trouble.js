/**
 * What is said when a code on paper does not open an account.
 * @module
 */
import { control } from "../ui/dom.js";
import { showProblems, tellForm, words, working } from "../ui/form.js";
import { codeOf, sentenceOf } from "./seal_requests.js";

/**
 * Says what went wrong with the code.
 * @param {HTMLFormElement} form
 * @param {unknown} trouble
 */
export function tellCodeTrouble(form, trouble) {
  const code = codeOf(trouble);
  const field = control(form, "code");
  working(form, null);
  if (code === "code-damaged") showProblems(form, [{ control: field, words: words(field, "damaged") }]);
  else if (code === "wrong-key") tellForm(form, words(form, "wrong"), field);
  else tellForm(form, sentenceOf(trouble), field);
}
