/**
 * What was written before this account got new keys (docs/sealing.md 2.10): it rests on the device under the key of a former seed, and is
 * sealed anew when its group is opened. The copy of the group is not: it is fetched again.
 *
 * Who knew the former passphrase could have laid words there. So nothing of it goes by itself: its author says whether it is still
 * meant.
 */

import { formerWordsOf } from "../accounts/own_words.js";
import { NotKept } from "../local/device_shelf.js";
import { SORT } from "../local/records.js";
import { fromJson } from "../sealing/codec.js";
import { sentence } from "../ui/dom.js";
import { Waiting } from "./waiting.js";

/** @import { Keys } from "../accounts/account_keys.js" */
/** @import { WritableRecords } from "../local/writing.js" */
/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Unsent } from "./sending.js" */

/** @param {Keys} keys @param {WritableRecords} records under the present seed @param {Bytes} group */
export async function takeOver(keys, records, group) {
  for (const former of await formerWordsOf(keys)) {
    try {
      await takeDrafts(former, records, group);
      await takeUnsent(former, new Waiting(records, group), group);
      await Promise.all([SORT.group, SORT.items, SORT.leftOff].map((sort) => former.remove(sort, group)));
    } catch (why) {
      // It stays where it is, for the next time.
      if (!(why instanceof NotKept)) throw why;
    }
  }
}

/** As if a tab had left them that is there no more. @param {WritableRecords} former @param {WritableRecords} records @param {Bytes} group */
async function takeDrafts(former, records, group) {
  const found = await former.readable(SORT.drafts, group);
  if (found.length === 0) return;
  const numbers = crypto.getRandomValues(new Uint32Array(found.length));
  await records.put(found.map(([, plain], i) => [SORT.drafts, group, numbers[i], plain]));
  await former.remove(SORT.drafts, group);
}

/** @param {WritableRecords} former @param {Waiting} waiting @param {Bytes} group */
async function takeUnsent(former, waiting, group) {
  const left = (await former.readable(SORT.outbox, group)).flatMap(([, plain]) => /** @type {Unsent[]} */ (fromJson(plain).waiting));
  if (left.length === 0) return;
  const asked = left.map((each) => ({ ...each, why: sentence("before-new-keys") }));
  await waiting.change((entries) => [...asked.filter(({ id }) => !entries.some((each) => each.id === id)), ...entries]);
  await former.remove(SORT.outbox, group);
}
