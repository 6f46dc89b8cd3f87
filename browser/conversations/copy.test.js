import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { freshSession, removeDatabase } from "../../tests/pretend_storage.js";
import { NotKept } from "../local/device_shelf.js";
import { WritableShelf as DeviceShelf } from "../local/writable_shelf.js";
import { SORT } from "../local/records.js";
import { WritableRecords as Records } from "../local/writing.js";
import { utf8 } from "../sealing/codec.js";
import { localKeys } from "../sealing/local_record.js";
import { sha } from "../sealing/primitives.js";
import { Copying as Copy, forgetOthers, groupsKept } from "./copying.js";

/** @import { Row } from "../groups/posting.js" */

const group = new Uint8Array(16).fill(7);
const keys = await localKeys((label) => sha(utf8(`1 ${label}`)));
const shelf = new DeviceShelf();
const records = new Records(shelf, keys);
const list = { me: new Uint8Array(16).fill(9), log: [new Uint8Array(300)], boxes: [[1, 1, new Uint8Array(86)]], fkeys: [], standing: [], before: false };

/** @param {number} seq @returns {Row} */
const row = (seq) => [seq, new Uint8Array(140).fill(seq % 256), 1_700_000_000_000 + seq, new Uint8Array(32)];
/** @param {number} from @param {number} to @returns {Row[]} both included */
const rows = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => row(from + i));
/** @param {Row[]} found */
const seqs = (found) => found.map(([seq]) => seq);
/** @param {number} from @param {number} to */
const numbers = (from, to) => seqs(rows(from, to));

/** @type {Copy} */ let copy;
beforeEach(async () => {
  freshSession();
  await removeDatabase();
  copy = new Copy(records, group);
  await copy.keepList(list);
});

/** @param {number} before @param {number} count @param {Copy} [of] */
const ahead = async (before, count, of = copy) => (await of.ahead(before, count))?.items ?? [];

const stretch = async () => ({ .../** @type {any} */ (await copy.read())?.stretch });

test("what was kept is there for the next page, byte for byte", async () => {
  await copy.begin(rows(951, 1000), { first: 951, last: 1000 });
  const again = new Copy(new Records(new DeviceShelf(), keys), group);
  const kept = await again.read();
  assert.deepEqual({ ...kept?.list }, { v: 1, ...list });
  assert.deepEqual({ ...kept?.stretch }, { first: 951, last: 1000 });
  assert.deepEqual(await ahead(1001, 50, again), rows(951, 1000));
});

test("before anything was kept, and with half of it, it is as on a first visit", async () => {
  assert.equal(await copy.read(), null);
  assert.deepEqual(await ahead(10, 50), []);
  await copy.begin(rows(1, 3), { first: 0, last: 3 });
  await records.remove(SORT.group, group, 1);
  assert.equal(await copy.read(), null);
});

test("what comes behind is added, and what lies ahead", async () => {
  await copy.begin(rows(951, 1000), { first: 951, last: 1000 });
  await copy.append(1000, rows(1001, 1130), 1130);
  await copy.append(1130, [row(1131)], 1131);
  await copy.prepend(951, rows(901, 950), true);
  assert.deepEqual(await stretch(), { first: 901, last: 1131 });
  assert.deepEqual(seqs(await ahead(1132, 200)), numbers(932, 1131));
  assert.deepEqual(seqs(await ahead(932, 50)), numbers(901, 931));
  assert.deepEqual(await ahead(901, 50), [], "the server has the older ones");
  await copy.prepend(901, rows(850, 900), false);
  assert.equal((await stretch()).first, 0);
  await copy.prepend(0, [], false);
  assert.deepEqual(seqs(await ahead(851, 50)), [850]);
});

test("seqs that are not for this member leave no hole", async () => {
  await copy.begin([row(3), row(700)], { first: 0, last: 700 });
  await copy.append(700, [], 900);
  await copy.append(900, [row(2000)], 2000);
  assert.deepEqual(seqs(await ahead(2001, 50)), [3, 700, 2000]);
});

test("what would leave a hole is not kept", async () => {
  await copy.begin(rows(1, 10), { first: 0, last: 10 });
  await copy.append(20, rows(21, 30), 30);
  assert.deepEqual(await stretch(), { first: 0, last: 10 });
  await copy.begin(rows(21, 30), { first: 21, last: 30 });
  await copy.prepend(11, rows(1, 10), false);
  assert.deepEqual(await stretch(), { first: 21, last: 30 });
  assert.deepEqual(seqs(await ahead(31, 50)), numbers(21, 30), "and nothing of the stretch before");
});

test("two tabs that add the same, and different parts, lose nothing", async () => {
  await copy.begin(rows(1, 10), { first: 0, last: 10 });
  const other = new Copy(new Records(new DeviceShelf(), keys), group);
  await Promise.all([copy.append(10, [row(11)], 11), other.append(10, [row(11)], 11), other.append(11, [row(12)], 12), copy.append(10, rows(11, 13), 13)]);
  assert.deepEqual(seqs(await ahead(20, 50)), []);
  assert.deepEqual(seqs(await ahead(14, 50)), numbers(1, 13));
});

test("a database taken away in the middle: what comes begins a new copy", async () => {
  await copy.begin(rows(1, 10), { first: 0, last: 10 });
  await removeDatabase();
  assert.deepEqual(await ahead(11, 50), []);
  await copy.append(10, [row(11)], 11);
  await copy.keepList(list);
  assert.deepEqual(await stretch(), { first: 11, last: 11 });
});

test("a damaged copy is dropped, whichever part of it", async () => {
  for (const sort of [SORT.group, SORT.items]) {
    await copy.keepList(list);
    await copy.begin(rows(1, 10), { first: 0, last: 10 });
    await damage(sort);
    assert.ok(sort === SORT.items || (await copy.read()) === null);
    assert.deepEqual(await ahead(11, 50), []);
    await copy.begin(rows(1, 10), { first: 0, last: 10 });
    await copy.keepList(list);
    assert.equal((await ahead(11, 50)).length, 10, "kept anew");
  }
});

test("a damaged copy is dropped as soon as something would be added to it", async () => {
  await copy.begin(rows(1, 10), { first: 0, last: 10 });
  await damage(SORT.group);
  await damage(SORT.items);
  await copy.append(10, [row(11)], 11);
  assert.deepEqual(await records.all(SORT.items, group), []);
});

/** @param {number} sort flips the last bit of the first record of a sort */
async function damage(sort) {
  const found = await shelf.range(new Uint8Array(20), new Uint8Array(20).fill(255));
  const { recordName } = await import("../sealing/local_record.js");
  const name = await recordName(keys, sort, group);
  const entry = found.find(([place]) => name.every((byte, i) => place[i] === byte));
  assert.ok(entry);
  entry[1][entry[1].length - 1] ^= 1;
  await shelf.put([entry]);
}

test("one row makes room for another, or for none, and only within the copy", async () => {
  await copy.begin(rows(1, 200), { first: 0, last: 200 });
  const other = /** @type {Row} */ ([100, new Uint8Array(140).fill(1), 1_700_000_000_000, new Uint8Array(32)]);
  await copy.mend(100, other);
  assert.deepEqual(await ahead(102, 3), [row(99), other, row(101)]);
  await copy.mend(100, null);
  assert.deepEqual(seqs(await ahead(102, 3)), [98, 99, 101]);
  await copy.mend(500, row(500));
  assert.deepEqual([(await stretch()).last, seqs(await ahead(201, 1))], [200, [200]]);
});

/** @param {number} seq @param {number} item @param {number} revision @returns {Row} */
const said = (seq, item, revision) => {
  const envelope = new Uint8Array(140).fill(item, 28, 44);
  new DataView(envelope.buffer).setUint32(60, revision);
  return [seq, envelope, 1_700_000_000_000 + seq, new Uint8Array(32)];
};

test("words that were replaced or taken back leave the copy with the news of it", async () => {
  await copy.begin([said(1, 1, 0), said(2, 2, 0), said(70, 3, 0), said(71, 1, 1)], { first: 0, last: 71 });
  assert.deepEqual(seqs(await ahead(72, 50)), [1, 2, 70, 71], "as it came");
  await copy.append(71, [said(72, 2, 1), said(73, 1, 2)], 73);
  assert.deepEqual(seqs(await ahead(74, 50)), [70, 72, 73]);
  await copy.prepend(1, [], false);
  await copy.append(73, [said(140, 3, 1)], 140);
  assert.deepEqual(seqs(await ahead(141, 50)), [72, 73, 140]);
});

test("older ones: whether there are more is said, wherever they are", async () => {
  await copy.begin(rows(101, 200), { first: 101, last: 200 });
  assert.equal((await copy.ahead(201, 50))?.more, true);
  assert.equal((await copy.ahead(151, 50))?.more, true, "on the server");
  await copy.prepend(101, rows(80, 100), false);
  assert.equal((await copy.ahead(101, 50))?.more, false);
  assert.equal(await copy.ahead(300, 50), null, "not within the stretch");
});

test("copies of groups that are not mine any more go, and the others stay", async () => {
  const others = [8, 9].map((byte) => new Copy(records, new Uint8Array(16).fill(byte)));
  for (const each of [copy, ...others]) {
    await each.keepList(list);
    await each.begin(rows(1, 3), { first: 0, last: 3 });
  }
  await forgetOthers(records, [group, new Uint8Array(16).fill(9)]);
  assert.notEqual(await copy.read(), null);
  assert.equal(await others[0].read(), null);
  assert.notEqual(await others[1].read(), null);
  assert.deepEqual(await groupsKept(records), [group, new Uint8Array(16).fill(9)]);
  await forgetOthers(null, []);
});

test("who is gone from a group keeps nothing of it, and all of the others", async () => {
  const other = new Copy(records, new Uint8Array(16).fill(8));
  for (const each of [copy, other]) {
    await each.keepList(list);
    await each.begin(rows(1, 100), { first: 0, last: 100 });
  }
  await records.put([[SORT.drafts, group, 1, new Uint8Array(3)]]);
  await copy.forget();
  assert.equal(await copy.read(), null);
  assert.deepEqual(await records.all(SORT.items, group), []);
  assert.equal((await records.all(SORT.drafts, group)).length, 1, "their own words are theirs");
  assert.equal((await ahead(101, 200, other)).length, 100);
});

test("where nothing may be kept, or nothing can, all is quiet and empty", async () => {
  /** @type {NotKept[]} */ const told = [];
  const no = () => Promise.reject(new NotKept(new DOMException("", "QuotaExceededError")));
  const full = new Records({ get: async () => undefined, range: async () => [], put: no, remove: no }, keys);
  for (const nowhere of [new Copy(null, group), new Copy(full, group, (why) => told.push(why))]) {
    await nowhere.keepList(list);
    await nowhere.begin(rows(1, 3), { first: 0, last: 3 });
    await nowhere.append(3, [row(4)], 4);
    await nowhere.forget();
    assert.deepEqual([await nowhere.read(), await ahead(5, 50, nowhere)], [null, []]);
  }
  assert.deepEqual(new Set(told.map(({ isFull }) => isFull)), new Set([true]));
});
