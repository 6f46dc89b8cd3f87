/** The Python twin's cases about asking without a link: what answers it, the note about it, the words of a key. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { refusalOf, vectors } from "../../tests/vectors/read.js";
import { fromHex, toHex } from "./codec.js";
import { accountKeys, importAgreementKey } from "./keys.js";
import { encodeInviteTerms, parseInviteTerms } from "./log_payload.js";
import { ANSWER_SIZE, NOTE_SIZE, accountNumbers, openAnswer, openNote, parseNote, sealAnswer, sealNote } from "./request.js";

for (const [name, given] of Object.entries(vectors.answer)) {
  test(`an answer: ${name}`, async () => {
    const [group, request, answer] = [given.group, given.request, given.answer].map(fromHex);
    const keys = await accountKeys(fromHex(given.seed));
    assert.equal(await refusalOf(() => openAnswer(answer, keys, group, request)), given.code);
    if (given.code) return;
    const link = await openAnswer(answer, keys, group, request);
    assert.deepEqual([link.inviteId, link.genesis16, link.secret].map(toHex), [given.invite_id, given.genesis16, given.secret]);
    const { key, publicKey } = await importAgreementKey(fromHex(given.ephemeral));
    const sealed = await sealAnswer(link, fromHex(given.x_pub), group, request, { ephemeral: { x: key, xPublic: publicKey } });
    assert.deepEqual([toHex(sealed), sealed.length], [given.answer, ANSWER_SIZE]);
  });
}

for (const [name, given] of Object.entries(vectors.note)) {
  test(`a note: ${name}`, async () => {
    const [fkey, group, inviteId, sealed] = [given.fkey, given.group, given.invite_id, given.note].map(fromHex);
    assert.equal(await refusalOf(() => openNote(sealed, fkey, group, inviteId)), given.code);
    if (given.code) return;
    const note = await openNote(sealed, fkey, group, inviteId);
    assert.deepEqual([toHex(note.accountX), note.isCompared, parseNote(sealed)], [given.account_x, given.compared, given.gen]);
    const again = await sealNote(note, given.gen, fkey, group, inviteId, { nonce: fromHex(given.nonce) });
    assert.deepEqual([toHex(again), again.length], [given.note, NOTE_SIZE]);
  });
}

for (const [name, given] of Object.entries(vectors.words)) {
  test(`the words of ${name}`, async () => assert.deepEqual(await accountNumbers(fromHex(given.account_x)), given.numbers));
}

for (const [name, given] of Object.entries(vectors.terms)) {
  test(`an invite: ${name}`, async () => {
    const read = () => parseInviteTerms(fromHex(given.terms));
    assert.equal(await refusalOf(async () => read()), given.code);
    if (given.code) return;
    assert.deepEqual([read().isKnown, read().isFromListing], [given.known, given.from_listing]);
    assert.equal(toHex(encodeInviteTerms(read())), given.terms);
  });
}

test("nothing is sealed to a key of small order", async () => {
  const [id, zeros] = [new Uint8Array(16), new Uint8Array(32)];
  const link = { inviteId: id, genesis16: id, secret: id };
  assert.equal(await refusalOf(() => sealAnswer(link, zeros, id, id)), "bad-public-key");
  assert.equal(await refusalOf(() => sealNote({ accountX: zeros, isCompared: false }, 1, zeros, id, id)), "bad-public-key");
});
