/**
 * "Somebody may know my passphrase" (sealing.md 2.10). The account changes first, in one step of the server: from then on the old
 * passphrase opens nothing. Then every group's list is told. Should that stop half-way, opening a group goes on with it.
 * @module
 */
import { begin } from "../accounts/beginning.js";
import { freshKeys } from "../accounts/fresh_keys.js";
import { NewPassphrase } from "../accounts/new_passphrase.js";
import { passphraseForm } from "../accounts/passphrase_form.js";
import { openAccount } from "../accounts/passphrase_keys.js";
import { presentSheet } from "../accounts/recovery_sheet.js";
import { revealButtons } from "../accounts/reveal.js";
import { askSeal, sentenceOf } from "../accounts/seal_requests.js";
import { showIfAble } from "../accounts/support.js";
import { Connection } from "../live/connection.js";
import { fromB64url, toB64url } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { emptyKeyring, openKeyring, sealKeyring } from "../sealing/keyring.js";
import { keyringKey, newSeed } from "../sealing/keys.js";
import { METHOD, formerKey, parseWrapped, unwrapSeed, wrapSeed } from "../sealing/wrap.js";
import { control, part, show, whenReady } from "../ui/dom.js";
import { onSend, showProblems, tellForm, working } from "../ui/form.js";
import { Refusal } from "../ui/refusal.js";
import { Steps } from "../ui/steps.js";
import { Group } from "./group.js";
import { needsNewKeys, renewKeys } from "./renewing.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { FormerSeed, Keys } from "../accounts/account_keys.js" */
/** @typedef {{seed: Bytes, accountId: Bytes, authKey: string, answer: any}} Opened with the passphrase of until now */

/** @param {Opened} opened @param {Bytes} seed the new one @returns {Promise<[number, string][]>} every seed there was, under the new one */
async function formerUnder({ seed: old, accountId, answer }, seed) {
  const [before, key] = [await formerKey(old, accountId), await formerKey(seed, accountId)];
  const wrap = async (/** @type {Bytes} */ former, /** @type {number} */ generation) =>
    /** @type {[number, string]} */ ([generation, toB64url(await wrapSeed(former, key, accountId, { method: METHOD.former, generation }))]);
  const older = answer.former.map(async (/** @type {FormerSeed} */ { x_pub: x, e_pub: e, wrapped }) => {
    const [bytes, expected] = [fromB64url(wrapped), { method: METHOD.former, xPublic: fromB64url(x), ePublic: fromB64url(e) }];
    return wrap(await unwrapSeed(bytes, before, accountId, expected), parseWrapped(bytes).generation);
  });
  return Promise.all([wrap(old, answer.gen), ...older]);
}

/** The same keyring, sealed under the new seed. @param {Opened} opened @param {Bytes} seed */
async function keyringUnder({ seed: old, accountId, answer }, seed) {
  const ring = answer.keyring ? await openKeyring(fromB64url(answer.keyring.blob), await keyringKey(old, accountId)) : emptyKeyring();
  ring.counter += 1;
  return { counter: ring.counter, keyring: toB64url(await sealKeyring(ring, await keyringKey(seed, accountId))) };
}

/**
 * @param {Opened} opened @param {NewPassphrase} passphrase @param {HTMLFormElement} form
 * @returns {Promise<{code: string, keys: Keys}>} the code of the new sheet, and the new keys
 */
async function change(opened, passphrase, form) {
  const [seed, { accountId, answer, authKey }] = [newSeed(), opened];
  const { body, code } = await freshKeys(seed, accountId, passphrase.value, form);
  const kept = { former: await formerUnder(opened, seed), ...(await keyringUnder(opened, seed)) };
  await askSeal("new-keys", { auth_key: authKey, ...body, ...kept });
  opened.seed.fill(0);
  const shared = form.dataset["shared"] === "yes";
  return { code, keys: await begin(seed, { accountId, name: answer.name, shared }) };
}

/** Tells every group; how many could not be told just now. @param {Keys} keys @returns {Promise<number>} */
async function tellGroups(keys) {
  const connection = new Connection();
  connection.start();
  const { groups } = await connection.call("home");
  let left = 0;
  for (const { group: id } of groups) left += (await isTold(new Group({ connection, keys }, id))) ? 0 : 1;
  connection.drop();
  return left;
}

/** @param {Group} group @returns {Promise<boolean>} */
async function isTold(group) {
  try {
    await group.open();
    if (needsNewKeys(group)) await renewKeys(group);
    return !needsNewKeys(group);
  } catch (why) {
    if (!(why instanceof SealError || why instanceof Refusal)) throw why;
    return false;
  }
}

class Renewal {
  /** @type {Opened|null} */ #opened = null;
  #steps = new Steps(document.body);
  #before = /** @type {HTMLFormElement} */ (part(document, "form"));
  #after = /** @type {HTMLFormElement} */ (part(document, "new-form"));
  #passphrase = new NewPassphrase(this.#after);

  constructor() {
    passphraseForm(this.#before, { open: (typed) => this.#open(typed) });
    onSend(this.#after, () => this.#change());
  }

  begin() {
    return this.#passphrase.offer();
  }

  /** @param {string} passphrase */
  async #open(passphrase) {
    const [name, form] = [this.#before.dataset["name"] ?? "", this.#before];
    let authKey = "";
    const door = (/** @type {string} */ key) => askSeal("unlock", { auth_key: (authKey = key) });
    this.#opened = { ...(await openAccount({ name, passphrase, form }, door)), authKey };
    working(form, null);
    control(form, "passphrase").value = "";
    this.#steps.go("passphrase");
  }

  async #change() {
    if (!this.#opened || !showProblems(this.#after, this.#passphrase.problems())) return;
    try {
      const { code, keys } = await change(this.#opened, this.#passphrase, this.#after);
      this.#opened = null;
      this.#passphrase.forget();
      const told = tellGroups(keys).catch(() => 1);
      await presentSheet(this.#steps, code);
      this.#steps.go("groups");
      const left = await told;
      show(part(document, "telling"), false);
      show(part(document, left > 0 ? "some-left" : "all-told"), true);
    } catch (trouble) {
      working(this.#after, null);
      tellForm(this.#after, sentenceOf(trouble));
    }
  }
}

async function start() {
  revealButtons(document);
  const renewal = new Renewal();
  if (await showIfAble(part(document, "form"))) await renewal.begin();
}

whenReady(() => void start());
