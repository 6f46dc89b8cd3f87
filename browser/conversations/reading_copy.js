/** Reading what this device kept: fetched where there is something to read (kept_here.js). */

import { mayKeepOnDevice } from "../accounts/device_mode.js";
import { DeviceShelf, NotKept } from "../local/device_shelf.js";
import { Records, SORT } from "../local/records.js";
import { TabShelf } from "../local/tab_shelf.js";
import { fromJson } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { localKeys } from "../sealing/local_record.js";
import { offer } from "../ui/later.js";
import { copyOf, lookBack } from "./copy.js";

/** @import { Group } from "../groups/group.js" */
/** @typedef {{leftOff: unknown, hasUnsent: boolean}} Visit how this member left the group here */
/** @typedef {{copyOf: typeof copyOf, lookBack: typeof lookBack, visitOf: typeof visitOf}} Reading */

/** @param {Group} group @returns {Promise<Visit>} */
async function visitOf({ id, here: { keys } }) {
  const shelf = mayKeepOnDevice() ? new DeviceShelf() : new TabShelf();
  const records = new Records(shelf, await localKeys((label) => keys.local(label)));
  try {
    const [leftOff, unsent] = await Promise.all([records.get(SORT.leftOff, id), records.get(SORT.outbox, id)]);
    return { leftOff: leftOff && fromJson(leftOff), hasUnsent: unsent !== null };
  } catch (why) {
    // What is damaged is as good as none.
    if (!(why instanceof SealError || why instanceof NotKept)) throw why;
    return { leftOff: null, hasUnsent: false };
  }
}

/** @type {Reading} */
const reading = { copyOf, lookBack, visitOf };
offer("copy", reading);
