/**
 * Sealing a box to one public key: HPKE base mode (RFC 9180; sealing.md D7 and 6.5). Opening is in box.js: every page of a group
 * opens its own boxes, while sealing some for others comes later.
 */

import { aeSeal, isXKey } from "./primitives.js";
import { agree, boxHead, boxInfo, keySchedule, sharedSecret } from "./box.js";
import { concat } from "./codec.js";
import { insist } from "./errors.js";

/** @import { Bytes } from "./codec.js" */
/** @import { BoxKeys } from "./box.js" */

const EMPTY = new Uint8Array(0);

/** @returns {Promise<BoxKeys>} a pair for one message */
async function newEphemeral() {
  const pair = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey("X25519", false, ["deriveBits"]));
  return { x: pair.privateKey, xPublic: new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)) };
}

/**
 * HPKE base mode, single shot, empty aad.
 *
 * @param {Bytes} recipient X25519 public key, 32 bytes; unusable: `bad-public-key`
 * @param {Bytes} info
 * @param {Bytes} plain
 * @param {BoxKeys} [ephemeral] only where vectors are made: used twice, it would give key and nonce twice
 * @returns {Promise<Bytes>} enc 32 || ciphertext
 */
async function hpkeSeal(recipient, info, plain, ephemeral) {
  const { x, xPublic: enc } = ephemeral ?? (await newEphemeral());
  const dh = await agree(x, recipient);
  const { key, nonce } = await keySchedule(await sharedSecret(dh, enc, recipient), info);
  return concat(enc, await aeSeal(key, nonce, EMPTY, plain));
}

/**
 * Seals to one public key for one purpose and place.
 *
 * @param {number} purpose one of PURPOSE
 * @param {Bytes} context from one of the `...Context` functions
 * @param {Bytes} xPublic 32 bytes; of small order: `bad-public-key`
 * @param {Bytes} plain
 * @param {{ ephemeral?: BoxKeys }} [fixed] only where vectors are made
 * @returns {Promise<Bytes>} "HB" 01 01 purpose 00 || enc 32 || ciphertext
 */
export async function sealBox(purpose, context, xPublic, plain, { ephemeral } = {}) {
  insist(isXKey(xPublic), "bad-public-key");
  const header = boxHead(purpose);
  return concat(header, await hpkeSeal(xPublic, boxInfo(header, context), plain, ephemeral));
}
