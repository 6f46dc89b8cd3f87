/** The beginning of a session: what the tab keeps of it (sealing.md 2.6); session_seal.js opens it. */

import { concat } from "./codec.js";
import { accountKeys } from "./keys.js";
import { KEY_SIZE, randomBytes } from "./primitives.js";
import { NO_DEVICE, sessionKey } from "./session_seal.js";
import { METHOD, wrapSeed } from "./wrap.js";

/** @import { Bytes } from "./codec.js" */

/** @returns {Bytes} half of a session key, 32 bytes: the tab's */
const newHalf = () => randomBytes(KEY_SIZE);

/**
 * What the tab keeps.
 *
 * @param {Bytes} seed A
 * @param {Bytes} accountId
 * @param {Bytes} share the server's half, 32 bytes
 * @param {{ device?: Bytes, tab?: Bytes, nonce?: Bytes }} [how] `device`: the id of the device that keeps it; the others only where
 *   vectors are made
 * @returns {Promise<Bytes>} 180 bytes
 */
export async function sealSession(seed, accountId, share, { device = NO_DEVICE, tab = newHalf(), nonce } = {}) {
  const key = await sessionKey(tab, share, concat(accountId, device));
  const how = { method: METHOD.session, ...(nonce && { nonce }) };
  const { xPublic, ePublic } = await accountKeys(seed);
  return concat(tab, xPublic, ePublic, await wrapSeed(seed, key, accountId, how));
}
