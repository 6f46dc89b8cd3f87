import assert from "node:assert/strict";
import { test } from "node:test";

import { partsOf, placeOf, placeText } from "./place.js";

const values = { where: " Room 4 ", link: "https://talk.example/abc", phone: "555 0100" };

test("a place says what belongs to the way a group meets, and nothing else", () => {
  assert.deepEqual(placeOf({ ...values, way: "in_person" }), { where: "Room 4" });
  assert.deepEqual(placeOf({ ...values, way: "online" }), { link: "https://talk.example/abc" });
  assert.deepEqual(placeOf({ ...values, way: "phone" }), { phone: "555 0100" });
  assert.equal(placeText({ ...values, way: "hybrid" }), "Room 4\nhttps://talk.example/abc");
});

test("what is not known yet is not there", () => {
  assert.deepEqual(placeOf({ way: "hybrid", where: " ", link: "" }), {});
  assert.deepEqual(placeOf({ way: "online" }), {});
  assert.deepEqual(partsOf("nowhere"), []);
});
