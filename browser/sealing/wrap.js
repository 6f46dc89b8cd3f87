/** The wrapped account seed `HW`, 84 bytes (sealing.md 2.3), made and, by unwrap.js, opened. */

import { concat, u32, u8, utf8 } from "./codec.js";
import { accountKeys } from "./keys.js";
import { NONCE_SIZE, aeSeal, randomBytes } from "./primitives.js";
import { VERSION } from "./unwrap.js";

/** @import { Bytes } from "./codec.js" */

export { METHOD, WRAPPED_SIZE, formerKey, parseWrapped, unwrapSeed } from "./unwrap.js";

/**
 * Seals the account seed, bound to the account, the method and the published keys.
 *
 * @param {Bytes} seed A, 32 bytes
 * @param {Bytes} key 32 bytes
 * @param {Bytes} accountId 16 bytes
 * @param {{ method: number, generation?: number, nonce?: Bytes }} how one of METHOD; `nonce` only where vectors are made
 * @returns {Promise<Bytes>} HW, 84 bytes
 */
export async function wrapSeed(seed, key, accountId, { method, generation = 1, nonce = randomBytes(NONCE_SIZE) }) {
  const head = concat(utf8("HW"), u8(VERSION), u8(method), accountId, u32(generation), nonce);
  const { xPublic, ePublic } = await accountKeys(seed);
  return concat(head, await aeSeal(key, nonce, concat(head, xPublic, ePublic), seed));
}
