import assert from "node:assert/strict";
import { test } from "node:test";

import { MOST, STEP, Stretch } from "./stretch.js";

/** The newest first, as in the talk. @param {number} count */
const talk = (count) => Array.from({ length: count }, (_, i) => ({ seq: 10 * (count - i) }));

/** From which to which, counted from the newest. @param {Stretch} stretch @param {{seq: number}[]} all */
function span(stretch, all) {
  const found = stretch.of(all);
  return found.length === 0 ? [] : [all.indexOf(found[0]), all.indexOf(found[found.length - 1]) + 1];
}

/** @param {number} count @param {number} steps back */
function readBack(count, steps) {
  const [stretch, all] = [new Stretch(), talk(count)];
  for (let step = 0; step < steps; step += 1) stretch.goBack(all, Infinity);
  return { stretch, all };
}

test("the first ones are the newest, and a word that comes takes its place among them", () => {
  const [stretch, all] = [new Stretch(), talk(120)];
  assert.deepEqual(span(stretch, all), [0, STEP]);
  assert.ok(stretch.hasOlder(all));
  assert.ok(!stretch.hasNewer(all));
  assert.equal(stretch.of([{ seq: 9_999 }, ...all])[0].seq, 9_999);
});

test("who reads back has all of it before them in the end, and never more than so many at once", () => {
  const [stretch, all] = [new Stretch(), talk(2_345)];
  const seen = new Set(stretch.of(all));
  while (stretch.hasOlder(all)) {
    stretch.goBack(all, Infinity);
    const now = stretch.of(all);
    assert.ok(now.length <= MOST);
    for (const each of now) seen.add(each);
  }
  assert.equal(seen.size, all.length);
  assert.ok(stretch.hasNewer(all));
});

test("the way forward ends at the newest, and nothing is left out on it", () => {
  const { stretch, all } = readBack(1_000, 30);
  const seen = new Set(stretch.of(all));
  while (stretch.hasNewer(all)) {
    stretch.goForward(all, Infinity);
    assert.ok(stretch.of(all).length <= MOST);
    for (const each of stretch.of(all)) seen.add(each);
  }
  assert.equal(seen.size, all.length);
  assert.equal(span(stretch, all)[0], 0);
  assert.equal(stretch.of([{ seq: 99_999 }, ...all])[0].seq, 99_999);
});

test("a word that comes does not move who is reading far back", () => {
  const { stretch, all } = readBack(1_000, 10);
  const before = stretch.of(all);
  assert.deepEqual(stretch.of([{ seq: 99_999 }, ...all]), before);
  assert.ok(stretch.hasNewer([{ seq: 99_999 }, ...all]));
});

test("where the one it began with was taken back it begins with the next", () => {
  const { stretch, all } = readBack(1_000, 10);
  const [first, second] = stretch.of(all);
  assert.equal(stretch.of(all.filter((each) => each !== first))[0], second);
});

test("what is held stays, with all behind it", () => {
  const { stretch, all } = readBack(1_000, 5);
  assert.deepEqual(span(stretch, all), [0, MOST]);
  stretch.goBack(all, 20);
  assert.deepEqual(span(stretch, all), [20, MOST + STEP]);
  stretch.goBack(all, 0);
  assert.deepEqual(span(stretch, all), [20, MOST + 2 * STEP]);
  stretch.goForward(all, 7);
  assert.deepEqual(span(stretch, all), [0, MOST + 2 * STEP - 7]);
});

test("back at the newest there are as many as at first", () => {
  const { stretch, all } = readBack(1_000, 12);
  stretch.goToNewest();
  assert.deepEqual(span(stretch, all), [0, STEP]);
});

test("an empty talk, and one that lost all its words", () => {
  const { stretch } = readBack(1_000, 10);
  for (const each of [stretch, new Stretch()]) {
    each.goBack([], 0);
    each.goForward([], 0);
    assert.deepEqual(each.of([]), []);
    assert.ok(!each.hasOlder([]) && !each.hasNewer([]));
  }
});
