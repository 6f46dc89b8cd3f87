/**
 * Back in with the recovery sheet: the code, a new passphrase, and a new sheet, in one go (sealing.md 2.5).
 * @module
 */
import { control, part, show, whenReady } from "../ui/dom.js";
import { needed, onSend, showProblems, words, working } from "../ui/form.js";
import { Steps } from "../ui/steps.js";
import { begin, wayBack } from "./beginning.js";
import { sealUnderPassphrase } from "./new_account.js";
import { NewPassphrase } from "./new_passphrase.js";
import { openWithCode } from "./recovery_code.js";
import { makeSheet, presentSheet } from "./recovery_sheet.js";
import { tellCodeTrouble } from "./recovery_trouble.js";
import { revealButtons } from "./reveal.js";
import { askSeal } from "./seal_requests.js";
import { showIfAble } from "./support.js";
import { forgetWhatIsTyped } from "./unremembered.js";

/** @import { Opened } from "./recovery_code.js" */

/**
 * @param {HTMLFormElement} form
 * @param {Opened} opened
 * @param {NewPassphrase} passphrase
 * @returns {Promise<string>} the code of the new sheet
 */
async function finish(form, { seed, accountId, auth }, passphrase) {
  const name = control(form, "name").value;
  const slot = await sealUnderPassphrase(seed, accountId, passphrase.value, form);
  const sheet = await makeSheet(seed, accountId);
  const renewed = { new_recovery_auth: sheet.auth, new_recovery_wrapped: sheet.wrapped };
  const shared = control(form, "shared").checked;
  await askSeal("recover/finish", { name, recovery_auth: auth, ...slot, ...renewed, shared });
  await begin(seed, { accountId, name, shared });
  return sheet.code;
}

class Recovery {
  /** @type {Opened | null} */
  #opened = null;
  #form;
  #steps = new Steps(document.body);
  #passphrase;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.#form = form;
    this.#passphrase = new NewPassphrase(form);
    onSend(form, () => (this.#opened ? this.#finish(this.#opened) : this.#open()));
  }

  /** Gets the words ready that are offered later. */
  begin() {
    return this.#passphrase.offer();
  }

  async #open() {
    const [name, code] = [control(this.#form, "name"), control(this.#form, "code")];
    if (!showProblems(this.#form, [...needed(name), ...needed(code)])) return;
    working(this.#form, words(this.#form, "looking"));
    try {
      this.#opened = await openWithCode(name.value, code.value);
      working(this.#form, null);
      this.#steps.go("passphrase");
    } catch (trouble) {
      tellCodeTrouble(this.#form, trouble);
    }
  }

  /** @param {Opened} opened */
  async #finish(opened) {
    if (!showProblems(this.#form, this.#passphrase.problems())) return;
    try {
      const code = await finish(this.#form, opened, this.#passphrase);
      this.#passphrase.forget();
      show(this.#form, false);
      show(part(document, "other-way"), false);
      await presentSheet(this.#steps, code);
      location.replace(wayBack());
    } catch (trouble) {
      tellCodeTrouble(this.#form, trouble);
    }
  }
}

async function start() {
  const form = /** @type {HTMLFormElement} */ (part(document, "form"));
  revealButtons(form);
  forgetWhatIsTyped(form);
  const recovery = new Recovery(form);
  if (await showIfAble(form)) await recovery.begin();
}

whenReady(() => void start());
