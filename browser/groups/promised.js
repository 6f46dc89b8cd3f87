/**
 * What somebody said while asking to join: what they want to be called, and which agreement they said yes to; and what the card told them: to
 * which group, and who invites. It is kept in their tab until they are in, and said to the group then. It is sealed as drafts are, under a name that says nothing: it outlives a lock, and the
 * next person at this device reads neither a name nor which group it was.
 */

import { SORT } from "../local/records.js";
import { TabShelf } from "../local/tab_shelf.js";
import { WritableRecords } from "../local/writing.js";
import { fromJson, toJson } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { localKeys } from "../sealing/local_record.js";

/** @import { Keys } from "../accounts/account_keys.js" */
/** @import { Bytes } from "../sealing/codec.js" */
/** @typedef {{name: string, agreed: string, to: string, by: string}} Promised the agreement as its hash in hex; `to` the group's name, `by` who invites */

/** @param {Keys} keys */
const tabOf = async (keys) => new WritableRecords(new TabShelf(), await localKeys((label) => keys.local(label)));

/** @param {Keys} keys @param {Bytes} group @param {Promised} promised */
export async function keepPromised(keys, group, { name, agreed, to, by }) {
  await (await tabOf(keys)).put([[SORT.promised, group, 0, toJson({ v: 1, name, agreed, to, by })]]);
}

/** @param {Keys} keys @param {Bytes} group @returns {Promise<Promised|null>} what does not open is dropped */
export async function promisedTo(keys, group) {
  try {
    const kept = await (await tabOf(keys)).get(SORT.promised, group);
    if (!kept) return null;
    const { name, agreed, to = "", by = "" } = fromJson(kept);
    return /** @type {Promised} */ ({ name, agreed, to, by });
  } catch (why) {
    if (!(why instanceof SealError)) throw why;
    await dropPromised(keys, group);
    return null;
  }
}

/** @param {Keys} keys @param {Bytes} group */
export const dropPromised = async (keys, group) => (await tabOf(keys)).remove(SORT.promised, group);
