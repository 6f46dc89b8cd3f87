/**
 * A new passphrase for the same keys: the old one opens the seed, the new one wraps it (sealing.md 2.9).
 * @module
 */
import { control, part, whenReady } from "../ui/dom.js";
import { onSend, showProblems, tellForm, working } from "../ui/form.js";
import { Steps } from "../ui/steps.js";
import { sealUnderPassphrase } from "./new_account.js";
import { NewPassphrase } from "./new_passphrase.js";
import { passphraseForm } from "./passphrase_form.js";
import { openAccount } from "./passphrase_keys.js";
import { revealButtons } from "./reveal.js";
import { askSeal, sentenceOf } from "./seal_requests.js";
import { showIfAble } from "./support.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @typedef {{seed: Bytes, accountId: Bytes, authKey: string}} Opened */

/** @param {string} name */
const formPart = (name) => /** @type {HTMLFormElement} */ (part(document, name));

/**
 * @param {HTMLFormElement} form
 * @param {(opened: Opened) => Promise<void>} go
 */
function oldForm(form, go) {
  passphraseForm(form, {
    open: async (passphrase) => {
      let authKey = "";
      const door = (/** @type {string} */ auth_key) => askSeal("unlock", { auth_key: (authKey = auth_key) });
      const { seed, accountId } = await openAccount({ name: form.dataset["name"] ?? "", passphrase, form }, door);
      working(form, null);
      control(form, "passphrase").value = "";
      await go({ seed, accountId, authKey });
    },
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {NewPassphrase} passphrase
 * @param {Opened} opened
 */
async function change(form, passphrase, { seed, accountId, authKey }) {
  const { auth_key: new_auth_key, ...slot } = await sealUnderPassphrase(seed, accountId, passphrase.value, form);
  await askSeal("passphrase", { ...slot, new_auth_key, auth_key: authKey });
  seed.fill(0);
  passphrase.forget();
}

async function start() {
  const [before, after] = [formPart("old-form"), formPart("new-form")];
  const steps = new Steps(document.body);
  const passphrase = new NewPassphrase(after);
  /** @type {Opened | null} */
  let opened = null;
  revealButtons(document);
  oldForm(before, async (what) => {
    opened = what;
    await passphrase.offer();
    steps.go("new");
  });
  onSend(after, async () => {
    if (!opened || !showProblems(after, passphrase.problems())) return;
    try {
      await change(after, passphrase, opened);
      working(after, null);
      steps.go("done");
    } catch (trouble) {
      working(after, null);
      tellForm(after, sentenceOf(trouble));
    }
  });
  if (await showIfAble(before)) control(before, "passphrase").focus();
}

whenReady(() => void start());
