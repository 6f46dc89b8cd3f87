/**
 * A fresh seed for an account that is there already: what the doors want of it (docs/protocol.md 6).
 * @module
 */
import { toB64url } from "../sealing/codec.js";
import { accountKeys } from "../sealing/keys.js";
import { sealUnderPassphrase } from "./new_account.js";
import { makeSheet } from "./recovery_sheet.js";

/** @import { Bytes } from "../sealing/codec.js" */

/**
 * @param {Bytes} seed
 * @param {Bytes} accountId
 * @param {{passphrase: string, profile: number}} chosen
 * @param {HTMLFormElement} form
 * @returns {Promise<{body: Record<string, unknown>, code: string}>} the code is for the paper
 */
export async function freshKeys(seed, accountId, chosen, form) {
  const { auth_key: authKey, ...slot } = await sealUnderPassphrase(seed, accountId, chosen, form);
  const { xPublic, ePublic } = await accountKeys(seed);
  const sheet = await makeSheet(seed, accountId);
  const keys = { new_auth_key: authKey, x_pub: toB64url(xPublic), e_pub: toB64url(ePublic) };
  return { body: { ...slot, ...keys, new_recovery_auth: sheet.auth, new_recovery_wrapped: sheet.wrapped }, code: sheet.code };
}
