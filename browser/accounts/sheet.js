/**
 * The recovery sheet, later on: does mine work, and a new one if it is lost.
 * @module
 */
import { control, part, show, whenReady } from "../ui/dom.js";
import { needed, onSend, showProblems, words, working } from "../ui/form.js";
import { Steps } from "../ui/steps.js";
import { wayBack } from "./beginning.js";
import { passphraseForm } from "./passphrase_form.js";
import { openAccount } from "./passphrase_keys.js";
import { openWithCode } from "./recovery_code.js";
import { makeSheet, presentSheet } from "./recovery_sheet.js";
import { tellCodeTrouble } from "./recovery_trouble.js";
import { revealButtons } from "./reveal.js";
import { askSeal } from "./seal_requests.js";
import { showIfAble } from "./support.js";

/** @param {string} name */
const formPart = (name) => /** @type {HTMLFormElement} */ (part(document, name));

/**
 * Tries the whole code: it opens the account or it does not. The seed it opens is thrown away.
 * @param {HTMLFormElement} form
 * @param {Steps} steps
 */
function checkForm(form, steps) {
  onSend(form, async () => {
    const code = control(form, "code");
    if (!showProblems(form, needed(code))) return;
    working(form, words(form, "working"));
    try {
      const { seed } = await openWithCode(form.dataset["name"] ?? "", code.value);
      seed.fill(0);
      await askSeal("recovery-confirmed");
      steps.go("done");
    } catch (trouble) {
      tellCodeTrouble(form, trouble);
    }
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {Steps} steps
 */
function newSheetForm(form, steps) {
  passphraseForm(form, {
    open: async (passphrase) => {
      const name = form.dataset["name"] ?? "";
      let auth_key = "";
      const door = (/** @type {string} */ key) => askSeal("unlock", { auth_key: (auth_key = key) });
      const { seed, accountId } = await openAccount({ name, passphrase, form }, door);
      const sheet = await makeSheet(seed, accountId);
      seed.fill(0);
      await askSeal("recovery/new", { auth_key, recovery_auth: sheet.auth, recovery_wrapped: sheet.wrapped });
      control(form, "passphrase").value = "";
      await presentSheet(steps, sheet.code);
      steps.go("done");
    },
  });
}

async function start() {
  const check = formPart("check");
  const steps = new Steps(document.body);
  const later = part(check, "not-now");
  show(later, new URLSearchParams(location.search).has("later"));
  later.addEventListener("click", () => location.replace(wayBack()));
  revealButtons(document);
  checkForm(check, steps);
  newSheetForm(formPart("form"), steps);
  part(document, "go-on").addEventListener("click", () => location.replace(wayBack()));
  await showIfAble(check);
}

whenReady(() => void start());
