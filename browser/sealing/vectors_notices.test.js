/** The Python twin's cases about words to somebody who was removed. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { refusalOf, vectors } from "../../tests/vectors/read.js";
import { fromHex, toHex } from "./codec.js";
import { groupKeys, importAgreementKey } from "./keys.js";
import { openNotice } from "./notice.js";
import { sealNotice } from "./seal_notice.js";

/** @param {any} given @param {any} [box] */
async function opened(given, box = fromHex(given.box)) {
  const keys = await groupKeys(fromHex(given.seed), fromHex(given.group), given.gen);
  const log = vectors.log.circle.entries.slice(0, given.entries).map(fromHex);
  const pin = given.pin ? { seq: given.pin.seq, head16: fromHex(given.pin.head16) } : undefined;
  return openNotice(removalOf(given), keys, box, log, pin);
}

/** @param {any} given */
const removalOf = ({ group, member, gen, seq }) => ({ group: fromHex(group), member: fromHex(member), gen, seq });

for (const [name, given] of Object.entries(vectors.notice)) {
  test(`a notice: ${name}`, async () => {
    if (given.code) {
      assert.equal(await refusalOf(() => opened(given)), given.code);
      return;
    }
    assert.deepEqual(await opened(given), given.body);
    const [reader, signer] = await Promise.all([given.seed, given.signer].map((seed) => groupKeys(fromHex(seed), fromHex(given.group), 1)));
    const { key, publicKey } = await importAgreementKey(fromHex(given.ephemeral));
    assert.equal(toHex(publicKey), given.enc);
    const ephemeral = { x: key, xPublic: publicKey };
    const sealed = await sealNotice(removalOf(given), reader.xPublic, signer.e, given.body, { ephemeral });
    assert.equal(toHex(sealed), given.box, "byte for byte");
  });
}
