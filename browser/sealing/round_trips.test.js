/** What is sealed opens again, whatever it is; and every parser answers or refuses, whatever the bytes. */

import assert from "node:assert/strict";
import { test } from "node:test";

import fc from "fast-check";

import { prototype, refusalOf, vectors } from "../../tests/vectors/read.js";
import { readBody } from "./body.js";
import { openBox, parseBox } from "./box.js";
import { fromHex, toHex, toJson } from "./codec.js";
import { KIND, parseEnvelope, parseHeader, parseInner, unseal } from "./envelope.js";
import { linkFragment, openCard, openProfile, parseCard, parseJoinRequest, parseLink, sealCard, sealProfile } from "./invite.js";
import { openKeyring, parseKeyring, sealKeyring } from "./keyring.js";
import { accountKeys, groupKeys } from "./keys.js";
import { parseEntry } from "./log_entry.js";
import * as payload from "./log_payload.js";
import { encodePolicy, parsePolicy } from "./log_policy.js";
import { replay } from "./log_replay.js";
import { parseOpening } from "./opening.js";
import { CODE, readCode, writeCode } from "./paper_code.js";
import { importSecret } from "./primitives.js";
import { ANSWER_SIZE, NOTE_SIZE, openAnswer, openNote, parseNote, sealAnswer, sealNote } from "./request.js";
import { normalise } from "./passphrase.js";
import { sealBox } from "./seal_box.js";
import { sealEnvelope } from "./seal_envelope.js";
import { sealSession } from "./seal_session.js";
import { openSession } from "./session_seal.js";
import { METHOD, parseWrapped, unwrapSeed, wrapSeed } from "./wrap.js";

/** @param {number} length */
const bytesOf = (length) => fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Uint8Array.from(bytes));
const [id, key] = [bytesOf(16), bytesOf(32)];
const someBytes = fc.uint8Array({ maxLength: 700 }).map((bytes) => Uint8Array.from(bytes));
const words = fc.string({ unit: "grapheme", maxLength: 300 });
const RUNS = { numRuns: 40 };

/** Codes there are; a refusal with any other is a fault. */
const CODES = new Set(
  "format version padding damaged context commitment wrong-key key-mismatch locked code-damaged invite-damaged bad-public-key passphrase-bad log-format log-chain log-signature log-authority log-invite log-epoch".split(" "),
);

/** @param {() => unknown} work */
async function answers(work) {
  const code = await refusalOf(async () => work());
  assert.ok(code === undefined || CODES.has(code), code);
}

test("an envelope opens to what was sealed", async () => {
  const property = fc.asyncProperty(key, id, id, fc.nat(2 ** 31), words, fc.maxSafeNat(), async (k, group, itemId, seq, t, sentMs) => {
    const header = { kind: KIND.share, group, epoch: 1 + (seq % 9), itemId, author: group, revision: seq };
    const said = { position: { seq, head16: itemId }, sentMs, body: toJson({ v: 1, t }) };
    const envelope = parseEnvelope(await sealEnvelope(header, k, said));
    assert.deepEqual(envelope.header, { ...header, parent: new Uint8Array(16) });
    const { position, sentMs: clock, body } = await unseal(envelope, k);
    assert.deepEqual({ position, sentMs: clock, body }, said);
    assert.equal(readBody(KIND.share, body)["t"], t);
  });
  await fc.assert(property, RUNS);
});

test("two envelopes of the same words share neither nonce nor commitment", async () => {
  const header = { kind: KIND.share, group: new Uint8Array(16), epoch: 1, itemId: new Uint8Array(16), author: new Uint8Array(16) };
  const said = { position: { seq: 0, head16: new Uint8Array(16) }, sentMs: 0, body: toJson({ v: 1, t: "Same." }) };
  const [one, other] = await Promise.all([1, 2].map(async () => parseEnvelope(await sealEnvelope(header, new Uint8Array(32), said))));
  assert.notDeepEqual(one?.nonce, other?.nonce);
  assert.notDeepEqual(one?.commitment, other?.commitment);
});

test("a body above 96 KiB is too large", async () => {
  const header = { kind: KIND.share, group: new Uint8Array(16), epoch: 1, itemId: new Uint8Array(16), author: new Uint8Array(16) };
  const said = { position: { seq: 0, head16: new Uint8Array(16) }, sentMs: 0, body: new Uint8Array(98_000) };
  assert.equal(await refusalOf(() => sealEnvelope(header, new Uint8Array(32), said)), "too-large");
});

test("boxes, profiles and cards open to what was sealed", async () => {
  const property = fc.asyncProperty(key, id, someBytes, words, async (seed, group, plain, text) => {
    const keys = await groupKeys(seed, group, 1);
    assert.deepEqual(await openBox(1, group, keys, await sealBox(1, group, keys.xPublic, plain)), plain);
    const name = [..."A", ...text].slice(0, 80).join("");
    assert.equal(await openProfile(await sealProfile(name, keys.xPublic, group), keys, group), name);
    const link = { inviteId: group, genesis16: group, secret: seed.slice(0, 16) };
    assert.deepEqual(await openCard(await sealCard({ v: 1, name: text }, link), link), { v: 1, name: text });
    assert.deepEqual(await parseLink(await linkFragment(link)), link);
  });
  await fc.assert(property, RUNS);
});

test("an answer and a note about it open to what was sealed, for their place and keys alone", async () => {
  const property = fc.asyncProperty(key, key, id, id, fc.boolean(), fc.nat(2 ** 31), async (seed, other, group, request, isCompared, gen) => {
    fc.pre(toHex(seed) !== toHex(other) && toHex(group) !== toHex(request));
    const [keys, strangers, fkey] = [await accountKeys(seed), await accountKeys(other), await importSecret(other)];
    const link = { inviteId: group, genesis16: request, secret: other.slice(0, 16) };
    const sealed = await sealAnswer(link, keys.xPublic, group, request);
    assert.equal(sealed.length, ANSWER_SIZE);
    assert.deepEqual(await openAnswer(sealed, keys, group, request), link);
    assert.equal(await refusalOf(() => openAnswer(sealed, strangers, group, request)), "damaged");
    assert.equal(await refusalOf(() => openAnswer(sealed, keys, request, group)), "damaged");
    const note = await sealNote({ accountX: keys.xPublic, isCompared }, gen, fkey, group, request);
    assert.deepEqual([note.length, parseNote(note)], [NOTE_SIZE, gen]);
    assert.deepEqual(await openNote(note, fkey, group, request), { accountX: keys.xPublic, isCompared });
    assert.equal(await refusalOf(() => openNote(note, fkey, request, group)), "damaged");
  });
  await fc.assert(property, RUNS);
});

test("an account's blobs open to what was sealed", async () => {
  const property = fc.asyncProperty(key, key, id, fc.nat(2 ** 31), async (seed, wrapKey, accountId, gen) => {
    const { xPublic, ePublic } = await accountKeys(seed);
    const how = { method: METHOD.recovery, generation: gen + 1 };
    const opened = await unwrapSeed(await wrapSeed(seed, wrapKey, accountId, how), wrapKey, accountId, { ...how, xPublic, ePublic });
    assert.deepEqual(opened, seed);
    assert.deepEqual(await openSession(await sealSession(seed, accountId, wrapKey), accountId, wrapKey), seed);
    const ring = { counter: gen, pins: new Map([[toHex(accountId), { seq: gen, head16: accountId }]]), gens: new Map([[toHex(accountId), gen]]), seen: new Map([[toHex(accountId), new Map([[gen, 1]])]]), requests: new Map([[toHex(accountId), { request: accountId, title: "Night walkers" }]]) };
    assert.deepEqual(await openKeyring(await sealKeyring(ring, wrapKey), wrapKey), ring);
    for (const kind of Object.values(CODE)) assert.deepEqual(await readCode(await writeCode(accountId, kind), kind), accountId);
  });
  await fc.assert(property, RUNS);
});

test("payloads are read back as written", () => {
  const property = fc.property(id, key, fc.nat(2 ** 31), fc.integer({ min: 1, max: 30 }), fc.boolean(), (memberId, hash, n, uses, isKnown) => {
    fc.pre(memberId.some((byte) => byte > 0));
    const usable = fromHex(vectors.keys.account.x_pub);
    const signing = fromHex(vectors.keys.account.e_pub);
    const record = { memberId, gen: n + 1, xPublic: usable, ePublic: signing, role: 1, inviteId: memberId, inviteSig: new Uint8Array(64).fill(3) };
    assert.deepEqual(payload.parseRecords(payload.encodeRecord(record)), [record]);
    const terms = { inviteId: memberId, publicKey: signing, expiresMs: n, uses, target: memberId, isKnown, isFromListing: false };
    assert.deepEqual(payload.parseInviteTerms(payload.encodeInviteTerms(terms)), terms);
    const listed = { ...terms, uses: 1, target: new Uint8Array(16), isKnown: false, isFromListing: true };
    assert.deepEqual(payload.parseInviteTerms(payload.encodeInviteTerms(listed)), listed);
    const leads = [{ nameHash: hash, xPublic: usable }];
    const policy = { steward: signing, leads, memberCap: 2 + uses, reportDays: uses, rebindHistory: isKnown };
    assert.deepEqual(parsePolicy(encodePolicy(policy)), policy);
    const agreement = { version: n, model: 2, sha256: hash };
    assert.deepEqual(payload.parseAgreement(payload.encodeAgreement(agreement)), agreement);
    assert.deepEqual(payload.parseRole(payload.encodeRole(memberId, 2)), { memberId, role: 2 });
    assert.deepEqual(payload.parseFkey(payload.encodeFkey(usable, n)), { publicKey: usable, gen: n });
  });
  fc.assert(property);
});

/** @type {((bytes: Uint8Array<ArrayBuffer>) => unknown)[]} */
const PARSERS = [
  ...[parseEnvelope, parseHeader, parseInner, parseBox, parseWrapped, parseKeyring, parseCard, parseOpening, parseEntry, parsePolicy, parseNote],
  ...[payload.parseGenesis, payload.parseRecord, payload.parseRecords, payload.parseIds, payload.parseId, payload.parseInviteTerms],
  ...[payload.parseRole, payload.parseFkey, payload.parseLeads, payload.parseAgreement, payload.parseNothing],
  ...Object.values(KIND).map((kind) => (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => readBody(kind, bytes)),
  (bytes) => parseJoinRequest(bytes.slice(0, 165), bytes.slice(165)),
];

const SAMPLES = [
  ...[prototype.msg[1].env, prototype.msg[1].opening, prototype.account.wrapped, prototype.box.box, prototype.join.rec],
  ...[vectors.keyring.opens.blob, vectors.card.opens.card, ...vectors.log.circle.entries, ...vectors.log.stewarded.entries],
  ...vectors.log.circle.entries.map((/** @type {string} */ entry) => entry.slice(240, -128)),
].map(fromHex);

/** A sample with one byte changed, a piece cut off, or something behind it. */
const mutated = fc.tuple(fc.constantFrom(...SAMPLES), fc.nat(), fc.nat(255), fc.nat(3)).map(([sample, at, byte, what]) => {
  const copy = sample.slice(0, what === 1 ? at % (sample.length + 1) : sample.length);
  if (what === 0 && copy.length > 0) copy[at % copy.length] = byte;
  return what === 2 ? Uint8Array.from([...copy, byte]) : copy;
});

test("parsers are total on random and on nearly right bytes", async () => {
  const property = fc.asyncProperty(fc.oneof(someBytes, mutated), async (bytes) => {
    for (const parse of PARSERS) await answers(() => parse(bytes));
  });
  await fc.assert(property, { numRuns: 400 });
});

test("readers of text are total", async () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.string().map((signs) => `1.${signs}`));
  const property = fc.asyncProperty(text, async (signs) => {
    await answers(() => parseLink(signs));
    await answers(() => readCode(signs, CODE.recovery));
    await answers(() => normalise(signs));
  });
  await fc.assert(property, { numRuns: 400 });
});

test("no changed byte of a log goes unseen", async () => {
  const entries = vectors.log.circle.entries.map(fromHex);
  const property = fc.asyncProperty(fc.nat(entries.length - 1), fc.nat(), fc.integer({ min: 1, max: 255 }), async (seq, at, change) => {
    const changed = entries[seq].slice();
    changed[at % changed.length] ^= change;
    const { failed, state, seq: stoppedAt } = await replay([...entries.slice(0, seq), changed, ...entries.slice(seq + 1)]);
    assert.ok(failed !== null && CODES.has(failed.code));
    assert.equal(stoppedAt, seq);
    assert.equal(state?.seq ?? -1, seq - 1);
  });
  await fc.assert(property, { numRuns: 60 });
});

test("no changed byte of an envelope opens", async () => {
  const [envelope, k] = [fromHex(prototype.msg[2].env), fromHex(prototype.epoch.kmsg)];
  const property = fc.asyncProperty(fc.nat(envelope.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
    const changed = envelope.slice();
    changed[at] = (changed[at] ?? 0) ^ change;
    assert.ok(await refusalOf(async () => unseal(parseEnvelope(changed), k)));
  });
  await fc.assert(property, { numRuns: 300 });
});
