/** Records that can be written, too (records.js). */

import { sealRecord } from "../sealing/seal_record.js";
import { SealError } from "../sealing/errors.js";
import { openRecord } from "../sealing/local_record.js";
import { LAST, Records, numberOf } from "./records.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { LocalKeys } from "../sealing/local_record.js" */
/** @import { Shelf } from "./device_shelf.js" */

/** @param {unknown} why @returns {null} */
function unlessDamaged(why) {
  if (why instanceof SealError) return null;
  throw why;
}

export class WritableRecords extends Records {
  /** @param {Shelf} shelf @param {LocalKeys} keys */
  constructor(shelf, keys) {
    super(shelf, keys);
    this.shelf = shelf;
  }

  /**
   * As `all`, without what does not open: one damaged record takes no other with it.
   *
   * @param {number} sort @param {Bytes} about @returns {Promise<[number, Bytes][]>} in order
   */
  async readable(sort, about) {
    const found = await this.shelf.range(await this.place(sort, about, 0), await this.place(sort, about, LAST));
    const opened = await Promise.all(found.map(async ([place, record]) => {
      const plain = await openRecord(this.keys, place, record).catch(unlessDamaged);
      return plain && /** @type {[number, Bytes]} */ ([numberOf(place), plain]);
    }));
    return opened.filter((each) => each !== null);
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
