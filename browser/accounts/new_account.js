/**
 * Making an account: the seed, its two slots, and what the server is told (sealing.md 2).
 * @module
 */
import { toB64url } from "../sealing/codec.js";
import { accountKeys, newId, newSeed } from "../sealing/keys.js";
import { randomBytes } from "../sealing/primitives.js";
import { METHOD, wrapSeed } from "../sealing/wrap.js";
import { begin } from "./beginning.js";
import { keysFrom } from "./passphrase_keys.js";
import { makeSheet } from "./recovery_sheet.js";
import { askSeal } from "./seal_requests.js";

/** @import { Bytes } from "../sealing/codec.js" */

const SALT_SIZE = 16;

/**
 * A seed under a new passphrase: what the door needs of slot 1.
 * @param {Bytes} seed
 * @param {Bytes} accountId
 * @param {{passphrase: string, profile: number}} chosen
 * @param {HTMLFormElement} form
 */
export async function sealUnderPassphrase(seed, accountId, { passphrase, profile }, form) {
  const salt = randomBytes(SALT_SIZE);
  const pair = await keysFrom(passphrase, { accountId, salt, profile }, form);
  const wrapped = await wrapSeed(seed, pair.wrapKey, accountId, { method: METHOD.passphrase });
  return { salt: toB64url(salt), profile, auth_key: toB64url(pair.authKey), wrapped: toB64url(wrapped) };
}

/**
 * Makes the account and begins its session. Answers the code for the recovery sheet.
 * @param {{name: string, chosen: {passphrase: string, profile: number}, form: HTMLFormElement, shared?: boolean}} wish
 * @param {Record<string, unknown>} more what a setup page adds
 * @returns {Promise<string>}
 */
export async function makeAccount({ name, chosen, form, shared = false }, more = {}) {
  const seed = newSeed();
  const accountId = newId();
  const slot = await sealUnderPassphrase(seed, accountId, chosen, form);
  const { xPublic, ePublic } = await accountKeys(seed);
  const sheet = await makeSheet(seed, accountId);
  const account = { name, account_id: toB64url(accountId), x_pub: toB64url(xPublic), e_pub: toB64url(ePublic) };
  const recovery = { recovery_auth: sheet.auth, recovery_wrapped: sheet.wrapped };
  await askSeal("sign-up", { ...account, ...slot, ...recovery, of_age: true, consent: true, shared, ...more });
  await begin(seed, { accountId, name, shared });
  return sheet.code;
}
