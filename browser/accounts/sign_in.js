/**
 * The sign-in page. On a shared device nothing is kept but the session cookie and this tab's half.
 * @module
 */
import { control, part, show, whenReady } from "../ui/dom.js";
import { needed } from "../ui/form.js";
import { begin, noteLongAway, wayBack } from "./beginning.js";
import { passphraseForm } from "./passphrase_form.js";
import { openAccount } from "./passphrase_keys.js";
import { revealButtons } from "./reveal.js";
import { askSeal } from "./seal_requests.js";
import { ENDED } from "./session.js";
import { showIfAble } from "./support.js";
import { forgetWhatIsTyped } from "./unremembered.js";

async function start() {
  const form = /** @type {HTMLFormElement} */ (part(document, "form"));
  revealButtons(form);
  forgetWhatIsTyped(form);
  const name = control(form, "name");
  const shared = control(form, "shared");
  passphraseForm(form, {
    problems: () => needed(name),
    open: async (passphrase) => {
      const typed = { name: name.value, passphrase, form };
      const door = (/** @type {string} */ auth_key) =>
        askSeal("sign-in", { name: name.value, auth_key, shared: shared.checked });
      const { seed, accountId, answer } = await openAccount(typed, door);
      await begin(seed, { accountId, name: answer["name"], shared: shared.checked });
      if (answer["long_away"]) noteLongAway();
      location.replace(answer["recovery_confirmed"] ? wayIn(answer["long_away"]) : sheetPage(answer["visits"]));
    },
  });
  if (sessionStorage.getItem(ENDED) !== null) show(part(document, "ended"), true);
  sessionStorage.removeItem(ENDED);
  if (await showIfAble(form)) name.focus();
}

/**
 * Whoever was away for long comes to the page of their groups first, unless a link brought them.
 * @param {boolean} isLongAway
 */
function wayIn(isLongAway) {
  const way = wayBack();
  return isLongAway && way !== "/join/" ? "/groups/" : way;
}

/**
 * Whoever has not shown the sheet yet is asked; from the third visit on it can't be put off.
 * @param {number} visits
 */
function sheetPage(visits) {
  return visits < 3 ? "/account/sheet/?later" : "/account/sheet/";
}

whenReady(() => void start());
