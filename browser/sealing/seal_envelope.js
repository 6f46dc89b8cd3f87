/** Making an envelope; what it is made of stands in envelope.js. */

import { concat, u32, u64, u8 } from "./codec.js";
import { CLEAR_SIZE, MAGIC } from "./envelope.js";
import { insist } from "./errors.js";
import { pad } from "./padding.js";
import { ID_SIZE, KEY_SIZE, NONCE_SIZE, TAG_SIZE, aeSeal, hm, label, randomBytes } from "./primitives.js";

/** @import { Bytes } from "./codec.js" */
/** @import { Header, Position } from "./envelope.js" */

/** @typedef {{ position: Position, sentMs: number, body: Bytes }} Said the sender's clock, and UTF-8 JSON from `toJson` */

const MAX_ENVELOPE = 96 * 1024;
const NO_PARENT = new Uint8Array(ID_SIZE);

/** @param {Header} header @returns {Bytes} 80 bytes */
const encodeHeader = ({ kind, group, epoch, itemId, author, revision = 0, parent = NO_PARENT }) =>
  concat(MAGIC, u8(1), u8(1), u8(kind), new Uint8Array(3), group, u32(epoch), itemId, author, u32(revision), parent);

/**
 * `C` = HM(Kf, L("frank") || header || the rest of inner).
 *
 * @param {Bytes} header 80 bytes
 * @param {Bytes} inner
 * @returns {Promise<Bytes>} 32 bytes
 */
const commit = (header, inner) => hm(inner.slice(0, KEY_SIZE), label("frank"), header, inner.slice(KEY_SIZE));

/**
 * The envelope of a body. Kf and nonce are fresh for every envelope, also of a revision: a nonce used twice under one epoch's
 * key would give both texts away. Above 96 KiB: `too-large`.
 *
 * @param {Header} header
 * @param {CryptoKey | Bytes} messageKey K_msg
 * @param {Said} said its position is the last entry of the log as replayed here
 * @param {{ frankKey?: Bytes, nonce?: Bytes }} [fixed] only where vectors are made
 * @returns {Promise<Bytes>}
 */
export async function sealEnvelope(header, messageKey, { position, sentMs, body }, fixed = {}) {
  const { frankKey = randomBytes(KEY_SIZE), nonce = randomBytes(NONCE_SIZE) } = fixed;
  const rest = concat(u32(position.seq), position.head16, u64(sentMs), u32(body.length), body);
  const inner = pad(concat(frankKey, rest));
  insist(CLEAR_SIZE + inner.length + TAG_SIZE <= MAX_ENVELOPE, "too-large");
  const head = encodeHeader(header);
  const clear = concat(head, nonce, await commit(head, inner));
  return concat(clear, await aeSeal(messageKey, nonce, clear, inner));
}
