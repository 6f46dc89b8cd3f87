/**
 * Asking without a link: what answers it, and the words by which people look for a host in between (sealing.md 9.7).
 *
 * Somebody who found a listing has no link, only keys that came through the server. An invite is sealed to those keys; whether they
 * are the person's own, nobody can tell but people: four words, compared by voice or in person.
 */

import { PURPOSE, openBox, requestContext } from "./box.js";
import { concat, same, u32, u8, utf8, wordNumbers } from "./codec.js";
import { SealError, insist } from "./errors.js";
import { ID_SIZE, KEY_SIZE, NONCE_SIZE, TAG_SIZE, aeOpen, aeSeal, isXKey, kdf, label, randomBytes, sha } from "./primitives.js";
import { Reader } from "./reader.js";
import { sealBox } from "./seal_box.js";

/** @import { BoxKeys } from "./box.js" */
/** @import { Bytes } from "./codec.js" */
/** @import { Link } from "./invite.js" */
/** @typedef {{ accountX: Bytes, isCompared: boolean }} Note the key an invite from a listing was sealed to; were its words compared? */

const VERSION = 1;
const INSIDE = 1 + 3 * ID_SIZE;
export const ANSWER_SIZE = 6 + KEY_SIZE + TAG_SIZE + INSIDE;
const NOTE_HEAD = concat(utf8("HN"), Uint8Array.of(1, 0));
const HEAD_SIZE = 8;
export const NOTE_SIZE = HEAD_SIZE + NONCE_SIZE + 1 + KEY_SIZE + TAG_SIZE;

/**
 * An invite for whoever asked, 103 bytes (box purpose 7). A key of small order is `bad-public-key`.
 *
 * @param {Link} link
 * @param {Bytes} accountX
 * @param {Bytes} group
 * @param {Bytes} requestId
 * @param {{ ephemeral?: BoxKeys }} [fixed] only where vectors are made
 * @returns {Promise<Bytes>}
 */
export const sealAnswer = ({ inviteId, genesis16, secret }, accountX, group, requestId, fixed) =>
  sealBox(PURPOSE.invite, requestContext(group, requestId), accountX, concat(u8(VERSION), inviteId, genesis16, secret), fixed);

/**
 * The invite. As `openBox`: `damaged` when it answers another request, another group or another person.
 *
 * @param {Bytes} sealed
 * @param {BoxKeys} keys the account's own
 * @param {Bytes} group
 * @param {Bytes} requestId
 * @returns {Promise<Link>}
 */
export async function openAnswer(sealed, keys, group, requestId) {
  const inside = await openBox(PURPOSE.invite, requestContext(group, requestId), keys, sealed);
  insist(inside.length === INSIDE, "format");
  const reader = new Reader(inside);
  insist(reader.u8() === VERSION, "version");
  return { inviteId: reader.take(ID_SIZE), genesis16: reader.take(ID_SIZE), secret: reader.take(ID_SIZE) };
}

/**
 * The numbers of an account key's four words: of SHA(L("words") || account-x) the first four u32.
 *
 * @param {Bytes} accountX
 */
export const accountNumbers = async (accountX) => wordNumbers(await sha(label("words"), accountX));

/** @param {Bytes | CryptoKey} fkey @param {Bytes} group @param {number} gen */
const noteKey = (fkey, group, gen) => kdf(fkey, "note", concat(group, u32(gen)));

/**
 * "HN" 01 00 || fkey_gen u32 || nonce 12 || AE(key, nonce, first 8 bytes || group || invite_id, compared u8 || account-x).
 * Under a key that only those make who hold the facilitators' private one: a box to the public one anybody could write.
 *
 * @param {Note} note
 * @param {number} gen of the facilitators' key
 * @param {Bytes | CryptoKey} fkey its private half
 * @param {Bytes} group
 * @param {Bytes} inviteId
 * @param {{ nonce?: Bytes }} [fixed] only where vectors are made
 * @returns {Promise<Bytes>}
 */
export async function sealNote({ accountX, isCompared }, gen, fkey, group, inviteId, { nonce = randomBytes(NONCE_SIZE) } = {}) {
  insist(isXKey(accountX), "bad-public-key");
  const head = concat(NOTE_HEAD, u32(gen));
  const inside = concat(u8(isCompared ? 1 : 0), accountX);
  return concat(head, nonce, await aeSeal(await noteKey(fkey, group, gen), nonce, concat(head, group, inviteId), inside));
}

/**
 * The note. As `parseNote`; `damaged` when it is about another invite, or not from a facilitator.
 *
 * @param {Bytes} sealed
 * @param {Bytes | CryptoKey} fkey
 * @param {Bytes} group
 * @param {Bytes} inviteId
 * @returns {Promise<Note>}
 */
export async function openNote(sealed, fkey, group, inviteId) {
  const key = await noteKey(fkey, group, parseNote(sealed));
  const reader = new Reader(sealed);
  const [head, nonce] = [reader.take(HEAD_SIZE), reader.take(NONCE_SIZE)];
  const inside = await aeOpen(key, nonce, concat(head, group, inviteId), reader.take(reader.left));
  const [mark, accountX] = [inside[0], inside.slice(1)];
  if (mark === undefined || mark > 1 || !isXKey(accountX)) throw new SealError("damaged");
  return { accountX, isCompared: mark === 1 };
}

/**
 * The generation of the facilitators' key it is under; `format`, `version`.
 *
 * @param {Bytes} sealed
 */
export function parseNote(sealed) {
  insist(sealed.length === NOTE_SIZE && same(sealed.slice(0, 2), utf8("HN")) && sealed[3] === 0, "format");
  insist(sealed[2] === VERSION, "version");
  return new DataView(sealed.buffer, sealed.byteOffset).getUint32(4);
}
