/**
 * Records on a shelf: sorts of things, about a group or about nobody, each sealed to its place (sealing/local_record.js).
 */

import { openRecord, recordName, recordPlace } from "../sealing/local_record.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { LocalKeys } from "../sealing/local_record.js" */
/** @import { Shelf } from "./device_shelf.js" */

/** What there is to keep. The number is part of a record's name: never used again for something else. */
export const SORT = Object.freeze({ group: 1, items: 2, drafts: 3, outbox: 4, groups: 5, promised: 6, leftOff: 7 });

/** What a record is about that is about no group. @type {Bytes} */
export const NOBODY = new Uint8Array(16);

export const LAST = 0xffffffff;

export class Records {
  /** @param {Pick<Shelf, "get"|"range">} shelf @param {LocalKeys} keys */
  constructor(shelf, keys) {
    this.shelf = shelf;
    this.keys = keys;
  }

  /**
   * @param {number} sort @param {Bytes} about 16 bytes @param {number} [number]
   * @returns {Promise<Bytes|null>}
   * @throws {import("../sealing/errors.js").SealError} what lies there is not ours, or not of this place
   */
  async get(sort, about, number = 0) {
    const place = await this.place(sort, about, number);
    const record = await this.shelf.get(place);
    return record ? openRecord(this.keys, place, record) : null;
  }

  /**
   * @param {number} sort @param {Bytes} about @param {number} [from] @param {number} [to] both included
   * @returns {Promise<[number, Bytes][]>} in order
   */
  async all(sort, about, from = 0, to = LAST) {
    const [low, high] = await Promise.all([this.place(sort, about, from), this.place(sort, about, to)]);
    const found = await this.shelf.range(low, high);
    return Promise.all(found.map(async ([place, record]) => [numberOf(place), await openRecord(this.keys, place, record)]));
  }

  /** @param {number} sort @param {Bytes} about @param {number} number */
  async place(sort, about, number) {
    return recordPlace(await recordName(this.keys, sort, about), number);
  }
}

/** @param {Bytes} place */
export const numberOf = (place) => new DataView(place.buffer, place.byteOffset).getUint32(place.length - 4);
