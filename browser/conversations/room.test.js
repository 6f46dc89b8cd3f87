/** A server that tells what is no row: what is here stays, what came is asked for, and the page says what is wrong. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Room } from "./room.js";

/** @type {any} where a page says what is wrong */ const told = { textContent: "", hidden: true, scrollIntoView: () => {} };
/** @type {any[]} what was asked for */ let asked = [];

beforeEach(() => {
  asked = [];
  told.textContent = "";
  Object.assign(globalThis, { CSS: { escape: String }, HTMLTemplateElement: FakeTemplate, document: { getElementById: (/** @type {string} */ id) => ({ told, sentences: new FakeTemplate() })[id] } });
});

class FakeTemplate {
  content = { querySelector: (/** @type {string} */ selector) => ({ textContent: selector }) };
}

/** @param {unknown} answer to every question @returns {Room} */
function roomOf(answer) {
  const ask = async (/** @type {string} */ verb, /** @type {object} */ args) => {
    asked.push([verb, args]);
    return answer;
  };
  return new Room(/** @type {any} */ ({ ask, log: { epoch: 0 } }));
}

for (const row of [undefined, null, {}, [], ["1", new Uint8Array(3), 0], [1, "words", 0], [1, new Uint8Array(3)]]) {
  test(`news of ${JSON.stringify(row)} is not believed, and what came is asked for`, async () => {
    await roomOf({ items: [], more: false }).heard(/** @type {any} */ (row));
    assert.deepEqual([asked.length, told.textContent], [1, ""]);
    assert.equal(asked[0][0], "items");
  });
}

test("an answer that holds no rows is said to be wrong, and takes nothing away", async () => {
  const room = roomOf({ items: [null], more: false });
  const { circle } = room;
  await room.catchUp();
  assert.deepEqual([told.textContent, told.hidden, room.circle], ['[data-code="broken"]', false, circle]);
  await room.catchUp();
  assert.equal(asked.length, 2);
});
