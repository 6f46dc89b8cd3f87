/**
 * Where this page keeps what its person wrote: on the device and, where that takes nothing or others use it too, in the tab.
 * @module
 */
import { BothShelves } from "../local/both_shelves.js";
import { TabShelf } from "../local/tab_shelf.js";
import { WritableShelf } from "../local/writable_shelf.js";
import { WritableRecords } from "../local/writing.js";
import { localKeys } from "../sealing/local_record.js";
import { mayKeepOnDevice } from "./device_mode.js";

/** @import { NotKept } from "../local/device_shelf.js" */
/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Keys } from "./account_keys.js" */

/** Tells `change` when the device does not take things. */
class Keeping extends EventTarget {
  /** @type {"full"|"none"|null} what is in the way of keeping things here */ trouble = null;
  /** @type {"less"|null} what else there is to say about what was kept */ news = null;

  /** @param {NotKept} why */
  tell(why) {
    if (this.trouble) return;
    this.trouble = why.isFull ? "full" : "none";
    this.dispatchEvent(new Event("change"));
  }

  /** @param {"less"} news */
  say(news) {
    this.news = news;
    this.dispatchEvent(new Event("change"));
  }
}

export const keeping = new Keeping();

/** Does what was written outlive this tab? */
export const isKeptHere = () => mayKeepOnDevice() && !keeping.trouble;

/** @param {Keys} keys @returns {Promise<WritableRecords>} */
export const ownWordsOf = (keys) => recordsUnder((label) => keys.local(label));

/** The same under each seed that the present one took the place of. @param {Keys} keys @returns {Promise<WritableRecords[]>} */
export const formerWordsOf = (keys) => Promise.all(keys.formerLocals.map((derive) => recordsUnder(derive)));

/** @param {(label: "local"|"local-name") => Promise<Bytes>} derive */
async function recordsUnder(derive) {
  const tab = new TabShelf();
  const shelf = mayKeepOnDevice() ? new BothShelves(new WritableShelf(), tab, (why) => keeping.tell(why)) : tab;
  return new WritableRecords(shelf, await localKeys(derive));
}

/** What this page may keep of what can be fetched again, to be written. @param {Keys} keys @returns {Promise<WritableRecords|null>} */
export const copiesToWrite = async (keys) => (mayKeepOnDevice() ? new WritableRecords(new WritableShelf(), await localKeys((label) => keys.local(label))) : null);
