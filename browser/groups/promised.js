/**
 * What somebody said while asking to join: what they want to be called, and which agreement they said yes to. It is kept in their
 * tab until they are in, and said to the group then. The account's own seal is on it, as on drafts: it outlives a lock, and the next
 * person at this device reads no name.
 */

import { concat, fromB64url, fromJson, toB64url, toJson, utf8 } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { aeOpen, aeSeal, randomBytes } from "../sealing/primitives.js";

/** @import { Keys } from "../accounts/account_keys.js" */
/** @typedef {{name: string, agreed: string}} Promised the agreement as its hash in hex */

const PLACE = "hs-promised ";
const NONCE = 12;

/** @param {Keys} keys @param {string} group in hex @param {Promised} promised */
export async function keepPromised(keys, group, { name, agreed }) {
  const nonce = randomBytes(NONCE);
  const sealed = await aeSeal(await keys.localKey(), nonce, utf8(PLACE + group), toJson({ v: 1, name, agreed }));
  sessionStorage.setItem(PLACE + group, toB64url(concat(nonce, sealed)));
}

/** @param {Keys} keys @param {string} group in hex @returns {Promise<Promised|null>} what does not open is dropped */
export async function promisedTo(keys, group) {
  const kept = sessionStorage.getItem(PLACE + group);
  if (kept === null) return null;
  try {
    const bytes = fromB64url(kept);
    const opened = fromJson(await aeOpen(await keys.localKey(), bytes.slice(0, NONCE), utf8(PLACE + group), bytes.slice(NONCE)));
    return /** @type {Promised} */ ({ name: opened.name, agreed: opened.agreed });
  } catch (why) {
    if (!(why instanceof SealError)) throw why;
    dropPromised(group);
    return null;
  }
}

/** @param {string} group in hex */
export const dropPromised = (group) => sessionStorage.removeItem(PLACE + group);
