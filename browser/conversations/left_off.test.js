/** Where somebody left off: a place that holds through a lock and a reload, and never counts. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { emptyCircle, fold } from "./circle.js";
import { LeftOff } from "./left_off.js";

const HOUR = 3_600_000;
const KINDS = { share: 1, reply: 2, chat: 3 };
const said = (/** @type {number} */ seq, author = "amara", kind = KINDS.share) => ({ seq, kind, author, id: `${seq}`, parent: "1", revision: 0, epoch: 1, received: 0, body: { t: "Words." } });
const circleTo = (/** @type {number} */ last, author = "amara") => fold(emptyCircle(), Array.from({ length: last }, (_, i) => said(i + 1, author)));
const newestFirst = (/** @type {ReturnType<typeof circleTo>} */ circle) => [...circle.shares.values()].sort((one, other) => other.seq - one.seq);
const idsOf = (/** @type {any[]} */ things) => things.map(({ id }) => id);
/** @param {number} read @param {number} last @param {number} [ago] @param {number} [line] */
function back(read, last, ago = 2 * HOUR, line = read) {
  const leftOff = new LeftOff("ben", { line, read, at: 0 }, ago);
  leftOff.caughtUp(circleTo(last));
  return leftOff;
}

test("on a first visit everything counts as read, and there is no line", () => {
  const leftOff = new LeftOff("ben");
  leftOff.caughtUp(circleTo(5));
  assert.deepEqual(idsOf(leftOff.marked(newestFirst(circleTo(5)), true)), ["5", "4", "3", "2", "1"]);
  assert.equal(leftOff.kept(circleTo(5), true, 9).read, 5);
});

test("the line stands behind what is new where the newest come first, and before it where the oldest do", () => {
  const leftOff = back(3, 5);
  assert.deepEqual(idsOf(leftOff.marked(newestFirst(circleTo(5)), true)), ["5", "4", "left-off", "3", "2", "1"]);
  assert.deepEqual(idsOf(leftOff.marked(newestFirst(circleTo(5)).reverse(), false)), ["1", "2", "3", "left-off", "4", "5"]);
});

test("one's own words, and words that come while one is here, make no line", () => {
  const own = new LeftOff("ben", { line: 3, read: 3, at: 0 }, 2 * HOUR);
  own.caughtUp(circleTo(5, "ben"));
  assert.equal(own.marked(newestFirst(circleTo(5, "ben")), true).length, 5);
  const here = back(5, 5);
  assert.equal(here.marked(newestFirst(circleTo(7)), true).length, 7);
});

test("where nothing was read before there is no line", () => {
  assert.equal(back(0, 2).marked(newestFirst(circleTo(2)), true).length, 2);
});

test("who looked at the newest alone has left off where they had before", () => {
  const leftOff = back(3, 6);
  leftOff.saw(6);
  assert.equal(leftOff.kept(circleTo(6), false, 9).read, 3);
  leftOff.saw(4);
  assert.equal(leftOff.kept(circleTo(6), false, 9).read, 4);
  leftOff.saw(5);
  assert.equal(leftOff.kept(circleTo(6), false, 9).read, 6);
});

test("nothing was read of what is not loaded yet", () => {
  const leftOff = back(3, 60);
  const loaded = fold(emptyCircle(), [said(59), said(60)]);
  leftOff.saw(59);
  leftOff.saw(60);
  assert.equal(leftOff.kept(loaded, true, 9).read, 3);
});

test("what was taken back need not be looked at", () => {
  const leftOff = back(3, 4);
  const gone = fold(circleTo(4), [{ ...said(5), id: "4", revision: 1, body: /** @type {any} */ ({ gone: true }) }]);
  assert.equal(leftOff.kept(gone, false, 9).read, 5);
});

test("soon after, the line stands where it stood; when something newer came, where reading ended", () => {
  assert.equal(back(6, 6, 60_000, 3).line, 3);
  assert.equal(back(6, 7, 60_000, 3).line, 6);
  assert.equal(back(6, 6, 2 * HOUR, 3).line, 6);
});

for (const kept of [null, {}, { line: 1, read: "2", at: 3 }, "words"]) {
  test(`what is no such record is as good as none: ${JSON.stringify(kept)}`, () => {
    const leftOff = new LeftOff("ben", kept);
    leftOff.caughtUp(circleTo(5));
    assert.equal(leftOff.line, 5);
  });
}
