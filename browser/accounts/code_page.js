/**
 * The page where somebody has a code open this device, or takes that back.
 * @module
 */
import { control, show, whenReady } from "../ui/dom.js";
import { needed, words, working } from "../ui/form.js";
import { plainDigits } from "../ui/language.js";
import { Steps } from "../ui/steps.js";
import { keepOnDevice, troubleWith } from "./own_device.js";
import { forgetDevice } from "./own_device_store.js";
import { passphraseForm } from "./passphrase_form.js";
import { openAccount } from "./passphrase_keys.js";
import { revealButtons } from "./reveal.js";
import { askSeal } from "./seal_requests.js";
import { showIfAble } from "./support.js";

/** @param {HTMLInputElement} code */
function problemsOf(code) {
  const trouble = troubleWith(plainDigits(code.value));
  return trouble ? [{ control: code, words: words(code, trouble) }] : [];
}

/**
 * @param {HTMLFormElement} form
 * @param {Steps} steps
 */
function begin(form, steps) {
  const code = control(form, "code");
  passphraseForm(form, {
    problems: () => [...problemsOf(code), ...needed(control(form, "sure"))],
    open: async (passphrase) => {
      let authKey = "";
      const door = (/** @type {string} */ auth_key) => askSeal("unlock", { auth_key: (authKey = auth_key) });
      const { seed, accountId } = await openAccount({ name: form.dataset["name"] ?? "", passphrase, form }, door);
      await keepOnDevice(seed, { accountId, authKey, digits: plainDigits(code.value) });
      working(form, null);
      for (const name of ["code", "passphrase"]) control(form, name).value = "";
      steps.go("done");
    },
  });
}

/** @param {HTMLElement} button */
function takeBack(button) {
  button.addEventListener("click", async () => {
    await askSeal("own-device/end").catch(() => undefined);
    await forgetDevice();
    location.reload();
  });
  show(button, true);
}

async function start() {
  const stop = document.querySelector('[data-part="stop"]');
  if (stop instanceof HTMLElement) takeBack(stop);
  const form = document.querySelector('[data-part="form"]');
  if (!(form instanceof HTMLFormElement)) return;
  revealButtons(form);
  begin(form, new Steps(document.body));
  await showIfAble(form);
}

whenReady(() => void start());
