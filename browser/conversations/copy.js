/**
 * The copy of one group on this device: the member list with its boxes, and one unbroken stretch of items as they came, sealed.
 * Here it is read; copying.js writes it, and comes later.
 *
 * Nothing in it is believed for lying here: the list is replayed and every envelope opened with all checks, as if it came from the
 * server. What is damaged is as good as none, and fetched anew. Without a place to keep things every reading says "nothing here".
 */

import { mayKeepOnDevice } from "../accounts/device_mode.js";
import { DeviceShelf, NotKept } from "../local/device_shelf.js";
import { Records, SORT } from "../local/records.js";
import { FrameError, unpack } from "../live/unpack.js";
import { SealError } from "../sealing/errors.js";
import { localKeys } from "../sealing/local_record.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Group } from "../groups/group.js" */
/** @import { Row } from "../groups/posting.js" */
/** @typedef {{me: Bytes, log: Bytes[], boxes: any[], fkeys: any[], standing: Row[], before: boolean}} List */
/** @typedef {{standing: Row[], items: Row[], more: boolean, before: boolean, last: number}} Answer to `open`, as far as items go */
/** @typedef {{first: number, last: number}} Stretch every item this member may read with first <= seq <= last; first 0: from the beginning */

export const [STRETCH, LIST] = [0, 1];
/** Items in one record: few enough to write again with each new one, enough to read ten thousand in no time. */
const SHEET = 64;
const AT_ONCE = 2;

export const sheetOf = (/** @type {number} */ seq) => Math.floor(seq / SHEET);
export const isDamaged = (/** @type {unknown} */ why) => why instanceof SealError || why instanceof FrameError;

const seqOf = (/** @type {Row} */ [seq]) => seq;

/** @param {Bytes} plain @returns {Row[]} */
export const rowsIn = (plain) => /** @type {any} */ (unpack(plain));

export class Copy {
  /** @param {Records|null} records null: nothing may be kept @param {Bytes} group */
  constructor(records, group) {
    this.records = records;
    this.group = group;
  }

  /** @returns {Promise<{list: List, stretch: Stretch}|null>} null: as on a first visit */
  read() {
    return this.#reading(async (records) => {
      const [stretch, list] = await Promise.all([this.get(records, STRETCH), this.get(records, LIST)]);
      return stretch && list ? { list, stretch } : null;
    });
  }

  /**
   * The last `count` rows ahead of a place in the stretch, oldest first, and whether there are older ones, here or on the server.
   *
   * @param {number} before @param {number} count @returns {Promise<{items: Row[], more: boolean}|null>} null: the copy has none there
   */
  ahead(before, count) {
    return this.#reading(async (records) => {
      const stretch = await this.get(records, STRETCH);
      if (!stretch || before > stretch.last + 1 || before <= stretch.first) return null;
      const found = await gather(records, this.group, stretch, before, count + 1);
      return { items: found.slice(-count), more: found.length > count || stretch.first > 0 };
    });
  }

  /** @param {Records} records @param {number} which @returns {Promise<any>} */
  async get(records, which) {
    const plain = await records.get(SORT.group, this.group, which);
    return plain && unpack(plain);
  }

  /** What does not open here is as good as none: it is read from the server, and then kept anew. @template T @param {(records: Records) => Promise<T|null>} work @returns {Promise<T|null>} */
  async #reading(work) {
    const { records } = this;
    if (!records) return null;
    try {
      return await work(records);
    } catch (why) {
      if (!isDamaged(why) && !(why instanceof NotKept)) throw why;
      return null;
    }
  }
}

/** From the newest sheet backwards, a few at a time. @param {Records} records @param {Bytes} group @param {Stretch} stretch @param {number} before @param {number} count */
async function gather(records, group, { first, last }, before, count) {
  /** @type {Row[]} */ let rows = [];
  for (let high = sheetOf(Math.min(before - 1, last)); rows.length < count && high >= sheetOf(first); high -= AT_ONCE) {
    const sheets = await records.all(SORT.items, group, Math.max(0, high - AT_ONCE + 1), high);
    const found = sheets.flatMap(([, plain]) => rowsIn(plain)).filter(([seq]) => seq >= first && seq < before && seq <= last);
    rows = [...found, ...rows];
  }
  return rows.slice(-count);
}

/** @param {Group} group */
export const copyOf = async ({ id, here: { keys } }) => new Copy(mayKeepOnDevice() ? new Records(new DeviceShelf(), await localKeys((label) => keys.local(label))) : null, id);

/**
 * Opens the group, and gives its newest items in the shape of the server's answer.
 *
 * @param {Group} group @param {Copy} copy @param {number} count
 * @returns {Promise<{answer: Answer, list: List, asked: Promise<any>}|null>} `asked`: what came since; null: as on a first visit
 */
export async function lookBack(group, copy, count) {
  const kept = await copy.read();
  if (!kept) return null;
  const { list, stretch } = kept;
  const asked = group.askToOpen(stretch.last, list.standing.map(seqOf), list.log.length - 1);
  // Whether it is still wanted shows later.
  asked.catch(() => undefined);
  const [isWell, newest] = await Promise.all([isOpened(group, list), copy.ahead(stretch.last + 1, count)]);
  if (!isWell) return null;
  const { items, more } = newest ?? { items: [], more: stretch.first > 0 };
  return { answer: { standing: list.standing, items, more, before: list.before, last: stretch.last }, list, asked };
}

/** What is not the list any more that was kept is as good as none. @param {Group} group @param {List} list */
async function isOpened(group, list) {
  try {
    await group.openKept(list);
    return true;
  } catch (why) {
    if (!(why instanceof SealError)) throw why;
    return false;
  }
}
