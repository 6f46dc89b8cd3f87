/**
 * The form on the locked page that asks for the code of this device.
 * @module
 */
import { control, show, part } from "../ui/dom.js";
import { needed, onSend, showProblems, tellForm, words, working } from "../ui/form.js";
import { plainDigits } from "../ui/language.js";
import { openDevice } from "./own_device.js";
import { forgetDevice } from "./own_device_store.js";
import { takeAway } from "./passphrase_form.js";
import { codeOf, sentenceOf } from "./seal_requests.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Kept } from "./own_device_store.js" */

/**
 * Runs `opened` with the seed when the code was right; `gone` with a sentence when only the passphrase is left.
 * @param {HTMLFormElement} form
 * @param {Kept} kept
 * @param {{opened: (seed: Bytes) => Promise<void>, gone: (words: string) => void}} then
 */
export function codeForm(form, kept, { opened, gone }) {
  const code = control(form, "code");
  onSend(form, async () => {
    if (!showProblems(form, needed(code))) return;
    working(form, words(form, "working"));
    try {
      await opened(await openDevice(kept, plainDigits(code.value)));
    } catch (trouble) {
      working(form, null);
      await tell(form, code, trouble, gone);
    }
  });
  part(form, "use-passphrase").addEventListener("click", () => gone(""));
  show(form, true);
  code.focus();
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLInputElement} code
 * @param {unknown} trouble
 * @param {(words: string) => void} gone
 */
async function tell(form, code, trouble, gone) {
  const why = codeOf(trouble);
  code.value = "";
  if (why === "no-device") {
    await forgetDevice();
    return gone(sentenceOf(trouble));
  }
  if (why === "wrong-code") return void showProblems(form, [{ control: code, words: sentenceOf(trouble) }]);
  // A server that lies is told nothing more: not the code, and not the passphrase either.
  if (why === "key-mismatch") takeAway(form);
  tellForm(form, sentenceOf(trouble));
}
