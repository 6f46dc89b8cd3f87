/** Keys between this member and one other of the group (sealing.md 4.3). */

import { findPairKey } from "../sealing/pair.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Group } from "./group.js" */

/** @param {Group} group @param {Bytes} other member id @param {number} epoch @returns {Promise<Bytes>} K_pair, or refuses */
export function pairKeyOf(group, other, epoch) {
  const { keys } = group.here;
  const gx = async (/** @type {number} */ gen) => (await keys.groupKeys(group.id, gen)).x;
  return findPairKey(group.log, [group.me, other], gx, group.epochs.secretOf(epoch), epoch);
}
