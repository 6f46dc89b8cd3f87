import assert from "node:assert/strict";
import { test } from "node:test";
import { CODE, recoveryAuth, recoveryWrap, readCode } from "../sealing/paper_code.js";
import { accountKeys, newId, newSeed } from "../sealing/keys.js";
import { fromB64url, toB64url } from "../sealing/codec.js";
import { METHOD, unwrapSeed } from "../sealing/wrap.js";
import { isPart, makeSheet, twoParts } from "./recovery_sheet.js";

test("a sheet opens the seed it was made for, and its code says who it is", async () => {
  const [seed, accountId] = [newSeed(), newId()];
  const { code, auth, wrapped } = await makeSheet(seed, accountId);
  const secret = await readCode(code.toLowerCase(), CODE.recovery);
  assert.equal(toB64url(await recoveryAuth(secret, accountId)), auth);
  const key = await recoveryWrap(secret, accountId);
  const { xPublic, ePublic } = await accountKeys(seed);
  const opened = await unwrapSeed(fromB64url(wrapped), key, accountId, { method: METHOD.recovery, xPublic, ePublic });
  assert.deepEqual(opened, seed);
});

test("two parts of seven are asked, different ones, in their order, every pair sooner or later", () => {
  const pairs = new Set(Array.from({ length: 4000 }, () => twoParts().join()));
  assert.equal(pairs.size, 21);
  for (const pair of pairs) {
    const [first = -1, second = -1] = pair.split(",").map(Number);
    assert.ok(first >= 0 && first < second && second < 7, pair);
  }
});

test("a part is read as kindly as a whole code", () => {
  assert.ok(isPart("K10F", "k1of"));
  assert.ok(isPart("K10F", "k١٠f"));
  assert.ok(isPart("K10F", " K-L O F "));
  assert.ok(!isPart("K10F", "K10"));
  assert.ok(!isPart("K10F", ""));
});
