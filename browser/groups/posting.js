/**
 * Seals one item under the group's current key and sends it.
 *
 * Re-keys first where somebody left. Where the key changed while it was on its way, or the nonce was taken, it is sealed
 * anew once (sealing.md 10); after that the person is asked.
 */

import { toJson } from "../sealing/codec.js";
import { newId } from "../sealing/keys.js";
import { sealEnvelope } from "../sealing/seal_envelope.js";
import { Refusal } from "../ui/refusal.js";
import { pairKeyOf } from "./pairing.js";
import { needsRekey, rekey } from "./rekeying.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Group } from "./group.js" */
/**
 * @typedef {object} Item
 * @property {number} kind
 * @property {Record<string, unknown>} body
 * @property {Bytes} [parent]
 * @property {Bytes} [itemId]
 * @property {number} [revision]
 * @property {Bytes} [between] of a presence, the other of the two
 * @property {"send"|"withdraw"} [verb]
 */
/** @typedef {[seq: number, envelope: Bytes, receivedMs: number, stamp: Bytes, firstSeq?: number, firstReceivedMs?: number]} Row */

const SEALED_ANEW = new Set(["stale-epoch", "nonce"]);

/** Was another device of the same person first, or an earlier try of this one? @param {unknown} why */
export const isOvertaken = (why) => why instanceof Refusal && why.code === "exists";

/**
 * @param {Group} group @param {Item} item
 * @returns {Promise<Row>} as the others get it
 * @throws {Refusal}
 */
export async function post(group, item) {
  const fixed = { itemId: newId(), ...item };
  try {
    return await sealAndSend(group, fixed);
  } catch (why) {
    if (!(why instanceof Refusal) || !SEALED_ANEW.has(why.code)) throw why;
    await group.catchUp();
    return sealAndSend(group, fixed);
  }
}

/** @param {Group} group @param {Item & {itemId: Bytes}} item @returns {Promise<Row>} */
async function sealAndSend(group, item) {
  group.needWritable(item.verb);
  if (!group.log.isClosed && needsRekey(group)) await rekey(group).catch((why) => stay(group, why));
  const envelope = await seal(group, item);
  const { seq, received, stamp } = await group.here.connection.call(item.verb ?? "send", { envelope });
  return [seq, envelope, received, stamp];
}

/** By a wrong clock every epoch may be too old. Where nobody left, one speaks under the key there is. @param {Group} group @param {unknown} why */
function stay(group, why) {
  const isClock = why instanceof Refusal && why.code === "clock";
  if (!isClock || group.log.leavers().length > 0) throw why;
}

/** @param {Group} group @param {Item & {itemId: Bytes}} item */
async function seal(group, { kind, body, parent, itemId, revision, between }) {
  const { log, me } = group;
  const header = { kind, group: group.id, epoch: log.epoch, itemId, author: me, ...(revision ? { revision } : {}), ...(parent ? { parent } : {}) };
  const key = between ? await pairKeyOf(group, between, log.epoch) : await group.keyOf(log.epoch);
  return sealEnvelope(header, key, { position: { seq: log.seq, head16: log.head16 }, sentMs: Date.now(), body: toJson({ v: 1, ...body }) });
}
