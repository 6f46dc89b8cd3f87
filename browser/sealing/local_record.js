/**
 * What rests on the device: records under names that say nothing, each sealed to its own place (sealing.md 2.8).
 *
 * The key comes from the account seed, so whoever has the device without the seed sees how many records there are, how large
 * (padded) and when they were written, and neither whose they are nor of which group. The place is associated data: a record
 * put where another stood does not open.
 */

import { concat, same, u32, u8, utf8 } from "./codec.js";
import { insist } from "./errors.js";
import { padlen } from "./padding.js";
import { NONCE_SIZE, TAG_SIZE, aeOpen, hm, importAeKey, label } from "./primitives.js";
import { Reader } from "./reader.js";

/** @import { Bytes } from "./codec.js" */
/** @typedef {{seal: CryptoKey, names: Bytes}} LocalKeys */

export const HEAD = concat(utf8("HR"), Uint8Array.of(1, 0));
const NAME_SIZE = 16;

/**
 * The two keys of what rests on a device: one seals, one makes names.
 *
 * @param {(label: "local" | "local-name") => Promise<Bytes>} derive KDF(A, label, account_id)
 * @returns {Promise<LocalKeys>}
 */
export async function localKeys(derive) {
  const [seal, names] = await Promise.all([derive("local"), derive("local-name")]);
  return { seal: await importAeKey(seal), names };
}

/**
 * Under which name records of one sort about one thing lie: first 16 bytes of HM(names, L("local-name") || sort u8 || id).
 *
 * @param {LocalKeys} keys @param {number} sort @param {Bytes} id 16 bytes: a group's, or zeros
 * @returns {Promise<Bytes>} 16 bytes
 */
export const recordName = async ({ names }, sort, id) => (await hm(names, label("local-name"), u8(sort), id)).slice(0, NAME_SIZE);

/** Where a record lies: its name and a number. @param {Bytes} name @param {number} number u32 @returns {Bytes} 20 bytes */
export const recordPlace = (name, number) => concat(name, u32(number));

/**
 * What was sealed for this place, or `format`, `version`, `damaged`, `padding`.
 *
 * @param {LocalKeys} keys @param {Bytes} place @param {Bytes} record
 * @returns {Promise<Bytes>}
 */
export async function openRecord({ seal }, place, record) {
  insist(record.length >= HEAD.length + NONCE_SIZE + TAG_SIZE && same(record.slice(0, 2), HEAD.slice(0, 2)) && record[3] === 0, "format");
  insist(record[2] === 1, "version");
  const [nonce, sealed] = [record.slice(HEAD.length, HEAD.length + NONCE_SIZE), record.slice(HEAD.length + NONCE_SIZE)];
  const padded = await aeOpen(seal, nonce, concat(label("local"), HEAD, place), sealed);
  const reader = new Reader(padded, "padding");
  const plain = reader.take(reader.u32());
  // The device wrote it itself: what is behind the words only fills up, and is not looked at one by one in megabytes.
  insist(padlen(4 + plain.length) === padded.length, "padding");
  return plain;
}
