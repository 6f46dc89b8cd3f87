/**
 * Writing the copy of a group (copy.js): what the room has seen, in the order in which it was accepted, without a hole.
 */

import { NotKept } from "../local/device_shelf.js";
import { NOBODY, SORT } from "../local/records.js";
import { inTurn } from "../local/locks.js";
import { pack } from "../live/pack.js";
import { unpack } from "../live/unpack.js";
import { same, toHex } from "../sealing/codec.js";
import { Copy, LIST, STRETCH, isDamaged, rowsIn, sheetOf } from "./copy.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { WritableRecords as Records } from "../local/writing.js" */
/** @import { Row } from "../groups/posting.js" */
/** @import { List, Stretch } from "./copy.js" */

const packed = (/** @type {any} */ value) => /** @type {Bytes} */ (pack(value));
/** Bytes 28 to 44 of an envelope say which item it is of, 60 to 64 which revision (sealing.md 5.1). */
const itemOf = (/** @type {Row} */ [, envelope]) => toHex(envelope.subarray(28, 44));
const revisionOf = (/** @type {Row} */ [, envelope]) => (envelope.length < 64 ? 0 : new DataView(envelope.buffer, envelope.byteOffset).getUint32(60));
const isRevised = (/** @type {Row} */ row) => revisionOf(row) > 0;
const seqOf = (/** @type {Row} */ row) => row[0];

export class Copying extends Copy {
  #told;

  /** @param {Records|null} records @param {Bytes} group @param {(why: NotKept) => void} [told] it could not be kept */
  constructor(records, group, told = () => undefined) {
    super(records, group);
    this.records = records;
    this.#told = told;
  }

  /** @param {List} list */
  keepList(list) {
    return this.#writing(async (records) => {
      await records.put([[SORT.group, this.group, LIST, packed({ v: 1, ...list })]]);
      await noteGroup(records, this.group);
    });
  }

  /** Begins anew with these rows, which are all there is from the first of them on. @param {Row[]} rows @param {Stretch} stretch */
  begin(rows, stretch) {
    return this.#writing(async (records) => {
      await records.remove(SORT.items, this.group);
      await this.#put(records, rows, stretch);
    });
  }

  /**
   * These are all the rows behind `after` up to `last`. Where they would leave a hole nothing is kept.
   *
   * @param {number} after @param {Row[]} rows @param {number} last
   * @returns {Promise<number|null|undefined>} the last seq it had; null: it had none; undefined: nothing can be kept
   */
  append(after, rows, last) {
    return this.#writing(async (records) => {
      const known = await this.get(records, STRETCH);
      if (!known || (known.last >= after && known.last < last)) await this.#put(records, rows, { first: known?.first ?? after + 1, last });
      return known?.last ?? null;
    });
  }

  /** These are all the rows ahead of `before`, down to the first of them or, where there are no more, to the beginning. @param {number} before @param {Row[]} rows @param {boolean} more */
  prepend(before, rows, more) {
    return this.#writing(async (records) => {
      const known = await this.get(records, STRETCH);
      if (!known || before < known.first) return;
      await this.#put(records, rows, { ...known, first: Math.min(known.first, more ? (rows[0]?.[0] ?? before) : 0) });
    });
  }

  /** At this place stands another row, or none. @param {number} seq @param {Row|null} row */
  mend(seq, row) {
    return this.#writing(async (records) => {
      const known = await this.get(records, STRETCH);
      if (!known || seq > known.last) return;
      const others = (await this.#rowsOn(records, sheetOf(seq))).filter((each) => seqOf(each) !== seq);
      await records.put([this.#sheet(sheetOf(seq), merged(others, row ? [row] : []))]);
    });
  }

  /** Nothing of the group stays, except what this person wrote themself. */
  forget() {
    return this.#writing(async (records) => {
      await this.drop(records);
      await records.remove(SORT.leftOff, this.group);
    });
  }

  /** @param {Records} records @param {Row[]} rows @param {Stretch} stretch all in one: a crash leaves the old or the new */
  async #put(records, rows, stretch) {
    const replaced = await this.#replaced(records, rows.filter(isRevised));
    const sheets = new Set([...rows.map((row) => sheetOf(row[0])), ...replaced.keys()]);
    const changed = await Promise.all([...sheets].map(async (sheet) => {
      const there = replaced.get(sheet) ?? (await this.#rowsOn(records, sheet));
      return this.#sheet(sheet, merged(there, rows.filter((row) => sheetOf(row[0]) === sheet)));
    }));
    await records.put([...changed, [SORT.group, this.group, STRETCH, packed({ first: stretch.first, last: stretch.last })]]);
  }

  /** @param {Records} records @param {number} sheet */
  async #rowsOn(records, sheet) {
    const there = await records.get(SORT.items, this.group, sheet);
    return there ? rowsIn(there) : [];
  }

  /**
   * What an edit or a withdrawal takes the place of leaves the copy at once: words that were taken back do not rest on anybody's disk.
   *
   * @param {Records} records @param {Row[]} newer
   * @returns {Promise<Map<number, Row[]>>} the sheets they were on, without them
   */
  async #replaced(records, newer) {
    if (newer.length === 0) return new Map();
    const newest = new Map(newer.map((row) => [itemOf(row), revisionOf(row)]));
    const isOld = (/** @type {Row} */ row) => revisionOf(row) < (newest.get(itemOf(row)) ?? 0);
    const sheets = (await records.all(SORT.items, this.group)).map(([sheet, plain]) => ({ sheet, rows: rowsIn(plain) }));
    const touched = sheets.filter(({ rows }) => rows.some(isOld));
    return new Map(touched.map(({ sheet, rows }) => [sheet, rows.filter((row) => !isOld(row))]));
  }

  /** @param {number} sheet @param {Row[]} rows @returns {[number, Bytes, number, Bytes]} */
  #sheet(sheet, rows) {
    return [SORT.items, this.group, sheet, packed(rows)];
  }

  /** Nothing of the group stays, except what this person wrote themself. @param {Records} records */
  async drop(records) {
    await Promise.all([records.remove(SORT.group, this.group), records.remove(SORT.items, this.group)]);
  }

  /** One at a time in all tabs. What cannot be kept is told, and stops nobody. @template T @param {(records: Records) => Promise<T>} work @returns {Promise<T|undefined>} */
  async #writing(work) {
    const { records } = this;
    if (!records) return undefined;
    const name = `copy ${toHex(this.group)}`;
    try {
      return await inTurn(name, () => work(records));
    } catch (why) {
      if (why instanceof NotKept) this.#told(why);
      else if (isDamaged(why)) await inTurn(name, () => this.drop(records));
      else throw why;
      return undefined;
    }
  }
}

/** @param {Row[]} old @param {Row[]} fresh @returns {Row[]} in order, each seq once */
const merged = (old, fresh) =>
  [...new Map([...old, ...fresh].map((row) => [seqOf(row), row])).values()].sort((one, other) => one[0] - other[0]);

/** @param {Records} records @returns {Promise<Bytes[]>} ids of the groups that have a copy here: their records' names do not say it */
export async function groupsKept(records) {
  const plain = await records.get(SORT.groups, NOBODY);
  return plain ? /** @type {any} */ (unpack(plain)) : [];
}

/** @param {Records} records @param {Bytes} group */
const noteGroup = (records, group) =>
  inTurn("copies", async () => {
    const groups = await groupsKept(records);
    if (!groups.some((each) => same(each, group))) await records.put([[SORT.groups, NOBODY, 0, packed([...groups, group])]]);
  });

/**
 * Nothing of a group stays that is not this person's any more: who was removed while away hears of it on the page of their groups.
 *
 * @param {Records|null} records @param {Bytes[]} mine
 */
export async function forgetOthers(records, mine) {
  if (!records) return;
  try {
    const others = (await groupsKept(records)).filter((group) => !mine.some((each) => same(each, group)));
    await Promise.all(others.map((group) => new Copying(records, group).forget()));
    if (others.length > 0) await inTurn("copies", () => records.put([[SORT.groups, NOBODY, 0, packed(mine)]]));
  } catch (why) {
    if (isDamaged(why)) await records.remove(SORT.groups, NOBODY);
    else if (!(why instanceof NotKept)) throw why;
  }
}
