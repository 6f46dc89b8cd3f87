/** Edits, withdrawals, parts, chat and presence: every device ends with the same state, whatever came when, twice, or not at all. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { KIND } from "../sealing/envelope.js";
import { chatOf } from "./chat_view.js";
import { emptyCircle, fold, looseReplies, sharesOf } from "./circle.js";
import { NONE, foldPresences, presentAt } from "./presences.js";

/** @import { Item } from "./circle.js" */
/** @import { Presence } from "./presences.js" */

const amara = "aa".repeat(16);
const ben = "bb".repeat(16);
const GONE = { v: 1, gone: true };

/** @param {Partial<Item>} given @returns {Item} */
const item = (given) => ({ seq: 1, kind: KIND.share, id: "s", author: amara, parent: "", revision: 0, epoch: 1, received: 1000, body: { v: 1, t: "words" }, ...given });
const first = { seq: 1, received: 1000 };

test("an edit stays where it was said, also for a device that never saw the words before", () => {
  const later = item({ seq: 2, id: "other" });
  const edit = item({ seq: 9, revision: 1, received: 9000, first, body: { v: 1, t: "other words" } });
  for (const items of [[item({}), later, edit], [edit, later]]) {
    const [, edited] = sharesOf(fold(emptyCircle(), items));
    assert.deepEqual([edited.text, edited.seq, edited.received, edited.revision], ["other words", 1, 1000, 1]);
  }
});

test("withdrawn words are gone; where something hangs on them their place is left", () => {
  const gone = item({ seq: 5, revision: 1, first, body: GONE });
  const reply = item({ seq: 3, id: "r", kind: KIND.reply, parent: "s", author: ben });
  assert.deepEqual(sharesOf(fold(emptyCircle(), [item({}), gone])), []);
  const [share] = sharesOf(fold(emptyCircle(), [item({}), reply, gone]));
  assert.deepEqual([share.isGone, share.text, share.replies.length], [true, undefined, 1]);
  const without = fold(emptyCircle(), [item({}), reply, item({ ...reply, seq: 6, revision: 1, body: GONE })]);
  assert.deepEqual(sharesOf(without)[0].replies, []);
  assert.deepEqual(looseReplies(fold(emptyCircle(), [item({ ...reply, seq: 6, revision: 1, body: GONE })])), []);
});

test("what was taken back does not come back, and what does not open takes nothing away", () => {
  const items = [item({}), item({ seq: 5, revision: 1, body: GONE }), item({ seq: 6, revision: 2, body: { v: 1, t: "back?" } })];
  for (const order of [items, items.toReversed()]) assert.deepEqual(sharesOf(fold(emptyCircle(), order)), []);
  const damaged = item({ seq: 5, revision: 1, body: undefined, code: "damaged" });
  for (const order of [[item({}), damaged], [damaged, item({})]]) assert.equal(sharesOf(fold(emptyCircle(), order))[0].text, "words");
});

test("parts by the author go on with a share, and by anybody else they are replies", () => {
  const parts = [
    item({ body: { v: 1, t: "one", h: "ideas-welcome", more: true } }),
    item({ seq: 2, id: "p2", kind: KIND.reply, parent: "s", body: { v: 1, t: "two", part: true, more: true, h: "be-with-me" } }),
    item({ seq: 3, id: "p3", kind: KIND.reply, parent: "s", author: ben, body: { v: 1, t: "me too", part: true } }),
    item({ seq: 4, id: "p4", kind: KIND.reply, parent: "s", body: { v: 1, t: "three", part: true } }),
  ];
  const [share] = sharesOf(fold(emptyCircle(), parts));
  assert.deepEqual(share.parts.map(({ text }) => text), ["two", "three"]);
  assert.deepEqual(share.replies.map(({ text }) => text), ["me too"]);
  assert.deepEqual([share.help, share.more], ["be-with-me", false]);
});

test("presence is there once, changed by an edit, and gone when it is taken back", () => {
  /** @type {Presence} */ const wordless = { id: "p", seq: 4, author: ben, parent: "s", revision: 0, isGone: false };
  const phrase = { ...wordless, seq: 5, revision: 1, text: "With you." };
  const gone = { ...wordless, seq: 6, revision: 2, isGone: true };
  for (const order of [[wordless, phrase], [phrase, wordless]]) assert.deepEqual(presentAt(foldPresences(NONE, order), "s"), [phrase]);
  for (const order of [[wordless, gone, phrase], [gone, phrase, wordless]]) assert.deepEqual(presentAt(foldPresences(NONE, order), "s"), []);
  assert.deepEqual(presentAt(foldPresences(NONE, [wordless, { ...gone, author: amara }]), "s"), [wordless], "nobody takes another's back");
});

/** A small generator with a seed, so that what fails can be made to fail again (mulberry32). @param {number} seed */
function dice(seed) {
  let a = seed;
  return (/** @type {number} */ sides) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}

/** @param {(sides: number) => number} roll @returns {Item[][]} items, each with its revisions in order */
function history(roll) {
  const kinds = [KIND.share, KIND.chat, KIND.reply, KIND.reply];
  const items = Array.from({ length: 1 + roll(7) }, (_, i) => ({ seq: i + 1, id: `i${i}`, kind: i === 0 ? KIND.share : kinds[roll(4)], author: [amara, ben][roll(2)] }));
  return items.map(({ seq, id, kind, author }) => {
    const count = 1 + roll(4);
    const isGone = count > 1 && roll(2) === 0;
    const parent = kind === KIND.reply ? "i0" : "";
    return Array.from({ length: count }, (_, revision) => {
      const body = isGone && revision === count - 1 ? GONE : { v: 1, t: `${id} ${revision}`, part: roll(2) === 0 };
      return item({ seq: revision === 0 ? seq : 100 * revision + seq, id, kind, author, parent, revision, body, ...(revision ? { first: { seq, received: 1000 } } : {}) });
    });
  });
}

/** @template T @param {T[]} list @param {(sides: number) => number} roll @returns {T[]} */
function shuffled(list, roll) {
  const left = [...list];
  return list.map(() => left.splice(roll(left.length), 1)[0]);
}

/** What is on the page. @param {Item[]} items in the order in which they came, in stretches @param {(sides: number) => number} roll */
function pageOf(items, roll) {
  let circle = emptyCircle();
  for (let at = 0; at < items.length; ) {
    const next = at + 1 + roll(4);
    circle = fold(circle, items.slice(at, next));
    at = next;
  }
  return { shares: sharesOf(circle), chat: chatOf(circle), loose: looseReplies(circle) };
}

test("any order of loss, retry and stretches gives the same page", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const roll = dice(seed);
    const items = history(roll);
    const newest = items.map((revisions) => /** @type {Item} */ (revisions.at(-1)));
    const every = items.flat();
    const again = Array.from({ length: roll(12) }, () => every[roll(every.length)]);
    assert.deepEqual(pageOf(shuffled([...newest, ...again], roll), roll), pageOf(newest, roll), `seed ${seed}`);
  }
});
