/** Records that can be written, too (records.js). */

import { sealRecord } from "../sealing/seal_record.js";
import { LAST, Records } from "./records.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { LocalKeys } from "../sealing/local_record.js" */
/** @import { Shelf } from "./device_shelf.js" */

export class WritableRecords extends Records {
  /** @param {Shelf} shelf @param {LocalKeys} keys */
  constructor(shelf, keys) {
    super(shelf, keys);
    this.shelf = shelf;
  }

  /**
   * All of them, or none.
   *
   * @param {[sort: number, about: Bytes, number: number, plain: Bytes][]} entries
   */
  async put(entries) {
    await this.shelf.put(await Promise.all(entries.map((entry) => this.seal(...entry))));
  }

  /** An entry as it lies on a shelf. @param {number} sort @param {Bytes} about @param {number} number @param {Bytes} plain @returns {Promise<[Bytes, Bytes]>} */
  async seal(sort, about, number, plain) {
    const place = await this.place(sort, about, number);
    return [place, await sealRecord(this.keys, place, plain)];
  }

  /** @param {number} sort @param {Bytes} about @param {number} [from] @param {number} [to] both included */
  async remove(sort, about, from = 0, to = LAST) {
    await this.shelf.remove(await this.place(sort, about, from), await this.place(sort, about, to));
  }
}
