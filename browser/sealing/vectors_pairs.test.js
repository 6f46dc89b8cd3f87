/** The Python twin's cases about keys between two. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { refusalOf, vectors } from "../../tests/vectors/read.js";
import { fromHex, toHex } from "./codec.js";
import { importAgreementKey } from "./keys.js";
import { replay } from "./log_replay.js";
import { findPairKey } from "./pair.js";

/** @param {any} given */
async function found(given) {
  const { state } = await replay(vectors.log.circle.entries.slice(0, given.entries).map(fromHex));
  assert.ok(state);
  const gx = async (/** @type {number} */ gen) => (await importAgreementKey(fromHex(given.gx[gen]))).key;
  const es = given.held[given.epoch] && fromHex(given.held[given.epoch]);
  return toHex(await findPairKey(state, [fromHex(given.me), fromHex(given.other)], gx, es, given.epoch));
}

for (const [name, given] of Object.entries(vectors.pair)) {
  test(`a pair's key: ${name}`, async () => {
    if (given.code) assert.equal(await refusalOf(() => found(given)), given.code);
    else assert.equal(await found(given), given.key);
  });
}
