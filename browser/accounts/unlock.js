/**
 * The locked page: only the passphrase. If another tab is open, it opens by itself.
 * @module
 */
import { control, part, whenReady } from "../ui/dom.js";
import { begin, wayBack } from "./beginning.js";
import { passphraseForm } from "./passphrase_form.js";
import { openAccount } from "./passphrase_keys.js";
import { revealButtons } from "./reveal.js";
import { askSeal } from "./seal_requests.js";
import { unlocked } from "./session.js";
import { showIfAble } from "./support.js";

async function start() {
  const form = /** @type {HTMLFormElement} */ (part(document, "form"));
  revealButtons(form);
  passphraseForm(form, {
    open: async (passphrase) => {
      const name = form.dataset["name"] ?? "";
      const door = (/** @type {string} */ auth_key) => askSeal("unlock", { auth_key });
      const { seed, accountId } = await openAccount({ name, passphrase, form }, door);
      await begin(seed, { accountId, name, shared: form.dataset["shared"] === "yes" });
      location.replace(wayBack());
    },
  });
  if (await unlocked().catch(() => null)) location.replace(wayBack());
  else if (await showIfAble(form)) control(form, "passphrase").focus();
}

whenReady(() => void start());
