/**
 * Keys across page loads: one half in the tab, one in the server's session (sealing.md 2.6).
 *
 * What a tab keeps is 180 bytes: tab 32 || x_pub 32 || e_pub 32 || HW 84 with method 4. Neither a stolen tab without the session
 * nor a stolen session without the tab opens anything.
 */

import { concat, utf8 } from "./codec.js";
import { SealError } from "./errors.js";
import { KEY_SIZE, kdf } from "./primitives.js";
import { Reader } from "./reader.js";
import { METHOD, WRAPPED_SIZE, unwrapSeed } from "./unwrap.js";

/** @import { Bytes } from "./codec.js" */

/** @param {Bytes} tab @param {Bytes} share @param {Bytes} whose the account's id, and behind it the device's, if it is for one */
export const sessionKey = (tab, share, whose) => kdf(concat(tab, share), "session", whose);

export const NO_DEVICE = new Uint8Array(0);

/**
 * The seed, or `locked` whatever is wrong: the person unlocks again. Import it with `importSeed` and drop the bytes.
 *
 * @param {Bytes} kept
 * @param {Bytes} accountId
 * @param {Bytes} share
 * @param {Bytes} [device]
 * @returns {Promise<Bytes>} A, 32 bytes
 */
export async function openSession(kept, accountId, share, device = NO_DEVICE) {
  try {
    return await unwrapKept(kept, accountId, share, device);
  } catch (error) {
    throw error instanceof SealError ? new SealError("locked") : error;
  }
}

/**
 * What proves a device's code to the server. Under the tab half, which the server never has: it can't learn the six digits, which
 * somebody may use elsewhere too.
 *
 * @param {Bytes} kept
 * @param {Bytes} accountId
 * @param {Bytes} device
 * @param {string} digits
 * @returns {Promise<Bytes>} 32 bytes
 */
export const codeAuth = (kept, accountId, device, digits) =>
  kdf(kept.slice(0, KEY_SIZE), "code", concat(accountId, device, utf8(digits)));

/** @param {Bytes} kept @param {Bytes} accountId @param {Bytes} share @param {Bytes} device */
async function unwrapKept(kept, accountId, share, device) {
  const reader = new Reader(kept);
  const tab = reader.take(KEY_SIZE);
  const published = { xPublic: reader.take(KEY_SIZE), ePublic: reader.take(KEY_SIZE) };
  const wrapped = reader.take(WRAPPED_SIZE);
  reader.end();
  const key = await sessionKey(tab, share, concat(accountId, device));
  return unwrapSeed(wrapped, key, accountId, { method: METHOD.session, ...published });
}
