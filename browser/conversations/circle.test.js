import assert from "node:assert/strict";
import { test } from "node:test";

import { KIND } from "../sealing/envelope.js";
import { emptyCircle, fold, foldStanding, groupName, looseReplies, nameOf, sharesOf } from "./circle.js";

const amara = "aa".repeat(16);
const ben = "bb".repeat(16);

/** @param {Partial<import("./circle.js").Item>} given @returns {import("./circle.js").Item} */
const item = (given) => ({ seq: 1, kind: KIND.share, id: `i${given.seq ?? 1}`, author: amara, parent: "", revision: 0, epoch: 1, received: 1000, ...given });
const share = (/** @type {number} */ seq, /** @type {string} */ t, more = {}) => item({ seq, body: { v: 1, t }, ...more });
const reply = (/** @type {number} */ seq, /** @type {string} */ parent, /** @type {string} */ t, more = {}) =>
  item({ seq, kind: KIND.reply, parent, author: ben, body: { v: 1, t }, ...more });

/** @template T @param {T[]} list @returns {T[][]} every order of a short list */
const orders = (list) => (list.length < 2 ? [list] : list.flatMap((one, i) => orders([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [one, ...rest])));

test("shares stand newest first, their replies oldest first", () => {
  const circle = fold(emptyCircle(), [share(1, "first"), share(2, "second"), reply(3, "i1", "I hear you"), reply(4, "i1", "me too")]);
  assert.deepEqual(sharesOf(circle).map((one) => [one.text, one.replies.map((each) => each.text)]), [
    ["second", []],
    ["first", ["I hear you", "me too"]],
  ]);
});

test("order of arrival and arriving twice change nothing", () => {
  const items = [share(1, "first"), reply(2, "i1", "yes"), share(3, "later"), item({ seq: 4, id: "i1", revision: 1, body: { t: "first, again" } })];
  const expected = sharesOf(fold(emptyCircle(), items));
  for (const order of orders(items)) {
    assert.deepEqual(sharesOf(fold(emptyCircle(), order)), expected);
    assert.deepEqual(sharesOf(order.reduce((circle, one) => fold(circle, [one, one]), emptyCircle())), expected);
  }
  assert.equal(expected.at(-1)?.text, "first, again");
  assert.equal(expected.at(-1)?.seq, 1);
});

test("folding leaves the circle it was given as it was", () => {
  const before = fold(emptyCircle(), [share(1, "first")]);
  fold(before, [share(2, "second"), reply(3, "i1", "yes")]);
  assert.equal(sharesOf(before).length, 1);
  assert.equal(before.last, 1);
});

test("a second envelope of the same revision is not shown", () => {
  const circle = fold(emptyCircle(), [share(1, "what was said"), share(2, "something else", { id: "i1" })]);
  assert.equal(sharesOf(circle)[0].text, "what was said");
});

test("an item that could not be opened keeps its place and says why, and opens when its key comes", () => {
  const closed = fold(emptyCircle(), [item({ seq: 1, code: "no-epoch-box" }), share(2, "open")]);
  assert.deepEqual(sharesOf(closed).map((one) => one.code ?? one.text), ["open", "no-epoch-box"]);
  assert.equal(sharesOf(fold(closed, [share(1, "opened after all")]))[1].text, "opened after all");
});

test("a damaged revision does not hide the open one before it", () => {
  const circle = fold(emptyCircle(), [share(1, "readable"), item({ seq: 2, id: "i1", revision: 1, code: "damaged" })]);
  assert.equal(sharesOf(circle)[0].text, "readable");
});

test("what does not open carries no reply to another share", () => {
  const said = [share(1, "one"), share(2, "other"), reply(3, "i1", "I hear you")];
  const moved = reply(4, "i2", "", { id: "i3", revision: 1, body: undefined, code: "damaged" });
  for (const order of orders([...said, moved])) {
    const [other, one] = sharesOf(fold(emptyCircle(), order));
    assert.deepEqual([one.replies.map((each) => each.text), other.replies.length], [["I hear you"], 0]);
  }
});

test("nobody takes the place of what somebody else said", () => {
  const items = [share(1, "said"), share(2, "said better", { id: "i1", revision: 1 }), share(3, "taken over", { id: "i1", revision: 2, author: ben })];
  for (const order of orders(items)) assert.deepEqual(sharesOf(fold(emptyCircle(), order)).map((one) => one.text), ["said better"]);
});

test("the sender's clock is told where it differs by more than an hour, and where it is a time at all", () => {
  const [hour, last] = [3_600_000, 8_640_000_000_000_000];
  const told = (/** @type {number} */ received, /** @type {number} */ sent) => sharesOf(fold(emptyCircle(), [share(1, "said", { received, sent })]))[0].ownClock;
  assert.deepEqual([told(2 * hour, hour), told(hour, 2 * hour)], [undefined, undefined]);
  assert.deepEqual([told(2 * hour, hour - 1), told(hour, 2 * hour + 1)], [hour - 1, 2 * hour + 1]);
  assert.deepEqual([told(0, last), told(0, last + 1), told(0, Number.MAX_SAFE_INTEGER)], [last, undefined, undefined]);
});

test("a later revision's clock is held against its own arrival", () => {
  const items = [share(1, "said", { received: 0, sent: 0 }), share(2, "said better", { id: "i1", revision: 1, received: 9e6, sent: 9e6 })];
  for (const order of orders(items)) {
    const [{ text, received, ownClock }] = sharesOf(fold(emptyCircle(), order));
    assert.deepEqual([text, received, ownClock], ["said better", 0, undefined]);
  }
});

test("what would help is one of four words, or was not asked", () => {
  const [asked, invented] = [share(1, "a", { body: { t: "a", h: "be-with-me" } }), share(2, "b", { body: { t: "b", h: "<b>" } })];
  assert.deepEqual(sharesOf(fold(emptyCircle(), [asked, invented])).map((one) => one.help), [undefined, "be-with-me"]);
});

test("a reply to a share that is not loaded is loose until the share comes", () => {
  const circle = fold(emptyCircle(), [reply(9, "i1", "still with you")]);
  assert.deepEqual(looseReplies(circle).map((one) => one.text), ["still with you"]);
  const later = fold(circle, [share(1, "long ago")]);
  assert.equal(looseReplies(later).length, 0);
  assert.equal(sharesOf(later)[0].replies[0].text, "still with you");
});

test("a member's own word about their name leads over what was passed on", () => {
  const standing = item({ seq: 5, kind: KIND.standing, author: ben, body: { name: "Tuesdays", profiles: { [amara]: { n: "A." }, [ben]: { n: "Ben" } } } });
  const own = item({ seq: 3, kind: KIND.profile, body: { n: "Amara" } });
  const circle = fold(emptyCircle(), [standing, own]);
  assert.equal(nameOf(circle, amara), "Amara");
  assert.equal(nameOf(circle, ben), "Ben");
  assert.equal(nameOf(circle, "cc".repeat(16)), undefined);
  assert.equal(groupName(circle), "Tuesdays");
});

test("the newest of what stands is what stands", () => {
  const named = (/** @type {number} */ seq, /** @type {string} */ name) => item({ seq, kind: KIND.standing, body: { name, profiles: {} } });
  assert.equal(groupName(fold(emptyCircle(), [named(7, "new"), named(2, "old")])), "new");
  assert.equal(groupName(fold(emptyCircle(), [named(2, "old"), item({ seq: 9, kind: KIND.standing, code: "damaged" })])), "old");
});

test("signatures keep the highest version of each text", () => {
  const signed = (/** @type {number} */ seq, /** @type {string} */ of, /** @type {number} */ version) =>
    item({ seq, kind: KIND.entry, body: { type: "signature", of, version } });
  const circle = fold(emptyCircle(), [signed(1, "principles", 1), signed(2, "agreement", 2), signed(3, "agreement", 1), item({ seq: 4, kind: KIND.entry, body: { type: "else" } })]);
  assert.deepEqual(circle.signatures.get(amara), { principles: 1, agreement: 2 });
});

test("a profile repeats what its author signed, and nothing that is no version", () => {
  const profile = item({ seq: 3, kind: KIND.profile, body: { n: "Amara", signed: { principles: 1, agreement: "2", else: 7 } } });
  assert.deepEqual(fold(emptyCircle(), [profile]).signatures.get(amara), { principles: 1 });
});

test("first and last say which part was loaded, and what stands does not count", () => {
  const circle = foldStanding(emptyCircle(), [item({ seq: 2, kind: KIND.profile, body: { n: "Amara" } })]);
  assert.deepEqual([circle.first, circle.last], [0, 0]);
  const loaded = fold(fold(circle, [share(50, "a"), share(51, "b")]), [share(40, "c")]);
  assert.deepEqual([loaded.first, loaded.last], [40, 51]);
  assert.deepEqual([fold(loaded, []).first, fold(loaded, []).last], [40, 51]);
});
