/** The shelf on the device, to be written, too (device_shelf.js). */

import { DeviceShelf, TABLE } from "./device_shelf.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Shelf } from "./device_shelf.js" */

/** @param {IDBTransaction} transaction @returns {Promise<void>} */
const settled = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

/** @implements {Shelf} */
export class WritableShelf extends DeviceShelf {
  /** @param {[Bytes, Bytes][]} entries */
  put(entries) {
    return this.#write((table) => entries.forEach(([place, value]) => table.put(value, place)));
  }

  /** @param {Bytes} from @param {Bytes} to */
  remove(from, to) {
    return this.#write((table) => table.delete(IDBKeyRange.bound(from, to)));
  }

  /** On the disk when it returns, as far as a browser can say: a crash must not take what somebody wrote. @param {(table: IDBObjectStore) => unknown} work @returns {Promise<void>} */
  #write(work) {
    return this.within("readwrite", (transaction) => {
      work(transaction.objectStore(TABLE));
      // A page that goes away now has nobody left to see that nothing more will come.
      transaction.commit();
      return settled(transaction);
    });
  }
}
