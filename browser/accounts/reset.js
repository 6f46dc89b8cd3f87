/**
 * Both lost: a new seed by the host's one-time address (sealing.md 2.10). The page says before and after what is gone, and what the
 * groups can bring back.
 * @module
 */
import { fromB64url } from "../sealing/codec.js";
import { newSeed } from "../sealing/keys.js";
import { part, show, whenReady } from "../ui/dom.js";
import { onSend, showProblems, tellForm, working } from "../ui/form.js";
import { Steps } from "../ui/steps.js";
import { begin } from "./beginning.js";
import { freshKeys } from "./fresh_keys.js";
import { NewPassphrase } from "./new_passphrase.js";
import { presentSheet } from "./recovery_sheet.js";
import { revealButtons } from "./reveal.js";
import { askSeal, sentenceOf } from "./seal_requests.js";
import { showIfAble } from "./support.js";

/**
 * @param {HTMLFormElement} form
 * @param {NewPassphrase} passphrase
 * @returns {Promise<string>} the code of the new sheet
 */
async function beginAnew(form, passphrase) {
  const token = form.dataset["token"] ?? "";
  const { name, account_id: id } = await askSeal("reset", { token });
  const [seed, accountId] = [newSeed(), fromB64url(id)];
  const { body, code } = await freshKeys(seed, accountId, passphrase.value, form);
  await askSeal("reset/finish", { token, ...body });
  sessionStorage.clear();
  await begin(seed, { accountId, name, shared: false });
  return code;
}

async function start() {
  const form = /** @type {HTMLFormElement} */ (part(document, "form"));
  const [steps, passphrase] = [new Steps(document.body), new NewPassphrase(form)];
  revealButtons(form);
  onSend(form, async () => {
    if (steps.current === "before") return steps.go("passphrase");
    if (!showProblems(form, passphrase.problems())) return;
    try {
      const code = await beginAnew(form, passphrase);
      passphrase.forget();
      show(form, false);
      await presentSheet(steps, code);
      steps.go("after");
    } catch (trouble) {
      working(form, null);
      tellForm(form, sentenceOf(trouble));
    }
  });
  if (await showIfAble(form)) await passphrase.offer();
}

whenReady(() => void start());
