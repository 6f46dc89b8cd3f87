/** Sealing a record to its place (sealing.md 2.8); local_record.js opens it. */

import { concat, u32 } from "./codec.js";
import { HEAD } from "./local_record.js";
import { pad } from "./padding.js";
import { NONCE_SIZE, aeSeal, label, randomBytes } from "./primitives.js";

/** @import { Bytes } from "./codec.js" */
/** @import { LocalKeys } from "./local_record.js" */

/**
 * "HR" 01 00 || nonce 12 || AE(seal, nonce, L("local") || first 4 bytes || place, length u32 || plain || zeros).
 *
 * @param {LocalKeys} keys @param {Bytes} place 20 bytes @param {Bytes} plain
 * @param {{nonce?: Bytes}} [fixed] only where vectors are made
 * @returns {Promise<Bytes>}
 */
export async function sealRecord({ seal }, place, plain, { nonce = randomBytes(NONCE_SIZE) } = {}) {
  const padded = pad(concat(u32(plain.length), plain));
  return concat(HEAD, nonce, await aeSeal(seal, nonce, concat(label("local"), HEAD, place), padded));
}
