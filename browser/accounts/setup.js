/**
 * The first visit: the network, the steward sheet, and the coordinator's account.
 * @module
 */
import { toB64url } from "../sealing/codec.js";
import { importSigningKey } from "../sealing/keys.js";
import { CODE, newSecret, stewardSeed, writeCode } from "../sealing/paper_code.js";
import { control, part, say, show, whenReady } from "../ui/dom.js";
import { needed, onSend } from "../ui/form.js";
import { showTime } from "../ui/local_time.js";
import { printButtons, saveFile } from "../ui/paper.js";
import { Steps } from "../ui/steps.js";
import { accountSteps, tellSignUpTrouble } from "./account_steps.js";
import { makeAccount } from "./new_account.js";
import { NewPassphrase } from "./new_passphrase.js";
import { presentSheet, writeOn } from "./recovery_sheet.js";
import { revealButtons } from "./reveal.js";
import { ableOrSay } from "./support.js";

/**
 * The steward's key: its public half for the server, the code for paper. The secret itself is kept nowhere.
 * @returns {Promise<{code: string, publicKey: string}>}
 */
async function makeSteward() {
  const secret = newSecret();
  const { publicKey } = await importSigningKey(await stewardSeed(secret));
  return { code: await writeCode(secret, CODE.steward), publicKey: toB64url(publicKey) };
}

/**
 * @param {HTMLFormElement} form
 * @param {string} code
 */
function showSteward(form, code) {
  const sheet = part(form, "steward-sheet");
  writeOn(part(sheet, "steward-code"), code);
  say(part(sheet, "steward-place"), location.host);
  showTime(/** @type {HTMLTimeElement} */ (part(sheet, "steward-made")), Date.now());
  printButtons(form);
  const save = part(form, "save-steward");
  save.addEventListener("click", () => saveFile(save.dataset["file"] ?? "", asText(sheet, code)));
}

/**
 * The sheet as lines of text, the code whole on a line of its own: `holdspace steward --sheet` reads it again.
 * @param {HTMLElement} sheet
 * @param {string} code
 */
function asText(sheet, code) {
  const [title, ...lines] = [...sheet.querySelectorAll("h3, p")].map((line) =>
    line.textContent.replace(/\s+/g, " ").trim(),
  );
  return [title, code, ...lines, ""].join("\n\n");
}

/** @param {HTMLFormElement} form */
function networkOf(form) {
  const may_start = /** @type {RadioNodeList} */ (form.elements.namedItem("may_start")).value;
  return { name: control(form, "network_name").value, language: control(form, "language").value, may_start };
}

/**
 * @param {HTMLFormElement} form
 * @param {Steps} steps
 * @param {NewPassphrase} passphrase
 * @param {string} steward
 */
async function setUp(form, steps, passphrase, steward) {
  try {
    const more = { setup: form.dataset["token"], steward, network: networkOf(form) };
    const code = await makeAccount({ name: control(form, "name").value, chosen: passphrase.value, form }, more);
    passphrase.forget();
    show(form, false);
    await presentSheet(steps, code);
    location.replace("/groups/");
  } catch (trouble) {
    tellSignUpTrouble(form, steps, trouble);
  }
}

async function start() {
  const form = /** @type {HTMLFormElement} */ (part(document, "form"));
  const steps = new Steps(document.body);
  const passphrase = new NewPassphrase(form);
  revealButtons(form);
  const named = control(form, "network_name");
  named.addEventListener("input", () => say(part(form, "steward-network"), named.value));
  const wants = {
    place: () => needed(named),
    steward: () => needed(control(form, "steward_kept")),
    ...accountSteps(form, passphrase),
  };
  if (!(await ableOrSay())) return;
  const steward = await makeSteward();
  showSteward(form, steward.code);
  onSend(form, () => steps.forward(form, wants, () => setUp(form, steps, passphrase, steward.publicKey)));
  show(form, true);
  await passphrase.offer();
}

whenReady(() => void start());
