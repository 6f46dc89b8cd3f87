/**
 * Keys across page loads: one half in the tab, one in the server's session (sealing.md 2.6).
 *
 * What a tab keeps is 180 bytes: tab 32 || x_pub 32 || e_pub 32 || HW 84 with method 4. Neither a stolen tab without the session
 * nor a stolen session without the tab opens anything.
 */

import { concat } from "./codec.js";
import { SealError } from "./errors.js";
import { accountKeys } from "./keys.js";
import { KEY_SIZE, kdf, randomBytes } from "./primitives.js";
import { Reader } from "./reader.js";
import { METHOD, WRAPPED_SIZE, unwrapSeed, wrapSeed } from "./wrap.js";

/** @import { Bytes } from "./codec.js" */

/** @returns {Bytes} half of a session key, 32 bytes: the tab's */
const newHalf = () => randomBytes(KEY_SIZE);

/** @param {Bytes} tab @param {Bytes} share @param {Bytes} accountId */
const sessionKey = (tab, share, accountId) => kdf(concat(tab, share), "session", accountId);

/**
 * What the tab keeps.
 *
 * @param {Bytes} seed A
 * @param {Bytes} accountId
 * @param {Bytes} share the server's half, 32 bytes
 * @param {{ tab?: Bytes, nonce?: Bytes }} [fixed] only where vectors are made
 * @returns {Promise<Bytes>} 180 bytes
 */
export async function sealSession(seed, accountId, share, { tab = newHalf(), nonce } = {}) {
  const key = await sessionKey(tab, share, accountId);
  const how = { method: METHOD.session, ...(nonce && { nonce }) };
  const { xPublic, ePublic } = await accountKeys(seed);
  return concat(tab, xPublic, ePublic, await wrapSeed(seed, key, accountId, how));
}

/**
 * The seed, or `locked` whatever is wrong: the person unlocks again. Import it with `importSeed` and drop the bytes.
 *
 * @param {Bytes} kept
 * @param {Bytes} accountId
 * @param {Bytes} share
 * @returns {Promise<Bytes>} A, 32 bytes
 */
export async function openSession(kept, accountId, share) {
  try {
    return await unwrapKept(kept, accountId, share);
  } catch (error) {
    throw error instanceof SealError ? new SealError("locked") : error;
  }
}

/** @param {Bytes} kept @param {Bytes} accountId @param {Bytes} share */
async function unwrapKept(kept, accountId, share) {
  const reader = new Reader(kept);
  const tab = reader.take(KEY_SIZE);
  const published = { xPublic: reader.take(KEY_SIZE), ePublic: reader.take(KEY_SIZE) };
  const wrapped = reader.take(WRAPPED_SIZE);
  reader.end();
  const key = await sessionKey(tab, share, accountId);
  return unwrapSeed(wrapped, key, accountId, { method: METHOD.session, ...published });
}
