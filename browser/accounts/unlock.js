/**
 * The locked page: the passphrase, or the code where this device has one. If another tab is open, or is opened again, it opens by itself.
 * @module
 */
import { control, part, show, whenReady } from "../ui/dom.js";
import { tellForm } from "../ui/form.js";
import { begin, wayBack } from "./beginning.js";
import { codeForm } from "./code_form.js";
import { keptFor } from "./own_device.js";
import { passphraseForm } from "./passphrase_form.js";
import { openAccount } from "./passphrase_keys.js";
import { revealButtons } from "./reveal.js";
import { askSeal } from "./seal_requests.js";
import { unlocked } from "./session.js";
import { ableOrSay } from "./support.js";
import { onGiven } from "./tab_half.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Kept } from "./own_device_store.js" */

/** @param {string} name */
const formPart = (name) => /** @type {HTMLFormElement} */ (part(document, name));

/**
 * @param {HTMLFormElement} form
 * @param {Bytes} seed
 * @param {Bytes} accountId
 */
async function goOn(form, seed, accountId) {
  await begin(seed, { accountId, name: form.dataset["name"] ?? "", shared: form.dataset["shared"] === "yes" });
  location.replace(wayBack());
}

/** @param {HTMLFormElement} form */
function askPassphrase(form) {
  passphraseForm(form, {
    open: async (passphrase) => {
      const door = (/** @type {string} */ auth_key) => askSeal("unlock", { auth_key });
      const { seed, accountId } = await openAccount({ name: form.dataset["name"] ?? "", passphrase, form }, door);
      await goOn(form, seed, accountId);
    },
  });
}

/**
 * @param {HTMLFormElement} form the one for the passphrase, shown when the code is of no use
 * @param {Kept} kept
 */
function askCode(form, kept) {
  const code = formPart("code-form");
  codeForm(code, kept, {
    opened: (seed) => goOn(form, seed, kept.accountId),
    gone: (words) => {
      show(code, false);
      show(form, true);
      if (words) tellForm(form, words);
      control(form, "passphrase").focus();
    },
  });
}

async function start() {
  const form = formPart("form");
  revealButtons(document);
  askPassphrase(form);
  onGiven(() => location.replace(wayBack()));
  if (await unlocked().catch(() => null)) return location.replace(wayBack());
  if (!(await ableOrSay())) return;
  const kept = await keptFor(form.dataset["accountId"] ?? "", form.dataset["deviceId"] ?? "");
  if (kept) return askCode(form, kept);
  show(form, true);
  control(form, "passphrase").focus();
}

whenReady(() => void start());
