/**
 * The page where an account is made: a name, a passphrase, two questions, and the recovery sheet.
 * @module
 */
import { control, part, show, whenReady } from "../ui/dom.js";
import { onSend } from "../ui/form.js";
import { Steps } from "../ui/steps.js";
import { wayBack } from "./beginning.js";
import { accountSteps, tellSignUpTrouble } from "./account_steps.js";
import { makeAccount } from "./new_account.js";
import { NewPassphrase } from "./new_passphrase.js";
import { presentSheet } from "./recovery_sheet.js";
import { revealButtons } from "./reveal.js";
import { showIfAble } from "./support.js";
import { forgetWhatIsTyped } from "./unremembered.js";

/**
 * @param {HTMLFormElement} form
 * @param {Steps} steps
 * @param {NewPassphrase} passphrase
 */
async function makeAndShow(form, steps, passphrase) {
  try {
    const name = control(form, "name").value;
    const shared = control(form, "shared").checked;
    const code = await makeAccount({ name, chosen: passphrase.value, form, shared });
    passphrase.forget();
    show(part(document, "other-way"), false);
    show(form, false);
    await presentSheet(steps, code);
    location.replace(wayBack());
  } catch (trouble) {
    tellSignUpTrouble(form, steps, trouble);
  }
}

async function start() {
  const form = /** @type {HTMLFormElement} */ (part(document, "form"));
  const steps = new Steps(document.body);
  const passphrase = new NewPassphrase(form);
  const wants = accountSteps(form, passphrase);
  revealButtons(form);
  forgetWhatIsTyped(form);
  onSend(form, () => steps.forward(form, wants, () => makeAndShow(form, steps, passphrase)));
  if (await showIfAble(form)) await passphrase.offer();
}

whenReady(() => void start());
