/**
 * Boxes: sealed to one public key, HPKE base mode (RFC 9180) with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM
 * (sealing.md D7 and 6.5).
 *
 * A box authenticates nobody: anyone, the server first, can seal to a public key (hole H1). What comes out of a box is used
 * only after something else vouches for it: the log's commit for an epoch key, the log's SET_FKEY for the facilitators' key.
 */

import { SealError, insist } from "./errors.js";
import { concat, isZero, same, u16, u32, u8, utf8 } from "./codec.js";
import { KEY_SIZE, TAG_SIZE, aeOpen, hkdf, hm, isXKey, label } from "./primitives.js";
import { Reader } from "./reader.js";

/** @import { Bytes } from "./codec.js" */
/** @typedef {{ x: CryptoKey, xPublic: Bytes }} BoxKeys a private X25519 key and its public half */

/** What a box is for; a box of one purpose never opens as another, because the purpose is in the key derivation. */
export const PURPOSE = Object.freeze({ epoch: 1, fkey: 2, history: 6, invite: 7, profile: 8, notice: 9 });
/** @type {ReadonlySet<number>} */
const PURPOSES = new Set(Object.values(PURPOSE));

const EMPTY = new Uint8Array(0);
const HEADER_SIZE = 6;
const HASH_SIZE = 32;
const KEM_SUITE = concat(utf8("KEM"), u16(0x0020));
const HPKE_SUITE = concat(utf8("HPKE"), u16(0x0020), u16(0x0001), u16(0x0002));
const VERSION = utf8("HPKE-v1");
const BASE_MODE = u8(0);

/** Overhead of a box over its plaintext, in bytes. */
const BOX_OVERHEAD = HEADER_SIZE + KEY_SIZE + TAG_SIZE;

/** @param {number} purpose @returns {Bytes} "HB", version 1, suite 1, purpose, zero */
export const boxHead = (purpose) => concat(utf8("HB"), u8(1), u8(1), u8(purpose), u8(0));

/** @param {Bytes} suite @param {string} name @param {Bytes} ikm @returns {Bytes} the input of LabeledExtract, RFC 9180 4 */
const labeledIkm = (suite, name, ikm) => concat(VERSION, suite, utf8(name), ikm);

/** @param {Bytes} suite @param {string} name @param {Bytes} info @param {number} length @returns {Bytes} of LabeledExpand */
const labeledInfo = (suite, name, info, length) => concat(u16(length), VERSION, suite, utf8(name), info);

/** LabeledExtract with an empty salt alone: HMAC under 32 zeros, which is what HKDF-Extract makes of an empty salt. */
const extractAlone = (/** @type {string} */ name, /** @type {Bytes} */ ikm) =>
  hm(new Uint8Array(HASH_SIZE), labeledIkm(HPKE_SUITE, name, ikm));

/**
 * X25519. A low-order public key would make a secret the whole world knows: Chromium refuses it at deriveBits
 * (OperationError), Firefox at import or derive (DataError); an all-zero result is refused here in any case.
 *
 * @param {CryptoKey} key
 * @param {Bytes} publicKey 32 bytes
 * @returns {Promise<Bytes>} 32 bytes
 */
export async function agree(key, publicKey) {
  try {
    const theirs = await crypto.subtle.importKey("raw", publicKey, "X25519", false, []);
    const secret = new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: theirs }, key, 256));
    insist(!isZero(secret), "bad-public-key");
    return secret;
  } catch {
    throw new SealError("bad-public-key");
  }
}

/**
 * The KEM's shared secret: ExtractAndExpand of RFC 9180 4.1, whose extract and expand are one HKDF.
 *
 * @param {Bytes} dh
 * @param {Bytes} enc
 * @param {Bytes} recipient
 */
export const sharedSecret = (dh, enc, recipient) =>
  hkdf(
    labeledIkm(KEM_SUITE, "eae_prk", dh),
    EMPTY,
    labeledInfo(KEM_SUITE, "shared_secret", concat(enc, recipient), HASH_SIZE),
    HASH_SIZE,
  );

/** Hash of the empty pre-shared-key id, the same for all boxes. @type {Promise<Bytes> | undefined} */
let pskIdHash;

/**
 * The key and the nonce of the one message of this context: KeySchedule of RFC 9180 5.1. The nonce is fixed by the shared
 * secret; that is safe because the ephemeral key seals this one message and is gone.
 *
 * @param {Bytes} secret the KEM's shared secret
 * @param {Bytes} info
 */
export async function keySchedule(secret, info) {
  pskIdHash ??= extractAlone("psk_id_hash", EMPTY);
  const context = concat(BASE_MODE, await pskIdHash, await extractAlone("info_hash", info));
  const ikm = labeledIkm(HPKE_SUITE, "secret", EMPTY);
  const [key, nonce] = await Promise.all([
    hkdf(ikm, secret, labeledInfo(HPKE_SUITE, "key", context, KEY_SIZE), KEY_SIZE),
    hkdf(ikm, secret, labeledInfo(HPKE_SUITE, "base_nonce", context, 12), 12),
  ]);
  return { key, nonce };
}

/**
 * Opens HPKE base mode, single shot, empty aad (seal_box.js seals).
 *
 * @param {BoxKeys} keys
 * @param {Bytes} info
 * @param {Bytes} sealed enc 32 || ciphertext; not for these keys or this info, or an ephemeral key of small order: `damaged`
 * @returns {Promise<Bytes>}
 */
async function hpkeOpen(keys, info, sealed) {
  const enc = sealed.slice(0, KEY_SIZE);
  insist(isXKey(enc), "damaged");
  const dh = await agree(keys.x, enc);
  const { key, nonce } = await keySchedule(await sharedSecret(dh, enc, keys.xPublic), info);
  return aeOpen(key, nonce, EMPTY, sealed.slice(KEY_SIZE));
}

/** @param {Bytes} header @param {Bytes} context @returns {Bytes} the place a box belongs to, bound into its key */
export const boxInfo = (header, context) => concat(label("box"), header, context);

/**
 * Opens a box for one purpose and place. As `parseBox`; and `damaged` when key, purpose, place or bytes are others.
 *
 * @param {number} purpose
 * @param {Bytes} context
 * @param {BoxKeys} keys
 * @param {Bytes} box
 * @returns {Promise<Bytes>}
 */
export async function openBox(purpose, context, keys, box) {
  insist(parseBox(box) === purpose, "damaged");
  return hpkeOpen(keys, boxInfo(boxHead(purpose), context), box.slice(HEADER_SIZE));
}

/**
 * The purpose of a box. Too short or no box: `format`; another version, suite or purpose: `version`.
 *
 * @param {Bytes} box
 */
export function parseBox(box) {
  const reader = new Reader(box);
  insist(box.length >= BOX_OVERHEAD && same(reader.take(2), utf8("HB")) && box[HEADER_SIZE - 1] === 0, "format");
  const [version, suite, purpose] = [reader.u8(), reader.u8(), reader.u8()];
  insist(version === 1 && suite === 1 && PURPOSES.has(purpose), "version");
  return purpose;
}

/**
 * Purpose 1: an epoch's secret ES, to a member.
 *
 * @param {Bytes} group
 * @param {number} epoch
 * @param {Bytes} memberId
 * @param {number} gen of the member's keys
 */
export const epochContext = (group, epoch, memberId, gen) => concat(group, u32(epoch), memberId, u32(gen));

/**
 * Purpose 2: the facilitators' private key, to a facilitator.
 *
 * @param {Bytes} group
 * @param {number} fkeyGen
 * @param {Bytes} memberId
 * @param {number} gen
 */
export const fkeyContext = (group, fkeyGen, memberId, gen) => concat(group, u32(fkeyGen), memberId, u32(gen));

/**
 * Purpose 7: an invite, to somebody who asked without a link.
 *
 * @param {Bytes} group
 * @param {Bytes} requestId
 */
export const requestContext = (group, requestId) => concat(group, requestId);

/**
 * Purpose 8: an asker's name, to the facilitators' key.
 *
 * @param {Bytes} group
 * @param {number} fkeyGen
 * @param {Bytes} inviteId
 * @param {Bytes} memberId
 */
export const profileContext = (group, fkeyGen, inviteId, memberId) => concat(group, u32(fkeyGen), inviteId, memberId);

/**
 * Purpose 9: words to somebody removed by the entry with this seq.
 *
 * @param {Bytes} group
 * @param {Bytes} memberId
 * @param {number} gen
 * @param {number} seq
 */
export const noticeContext = (group, memberId, gen, seq) => concat(group, memberId, u32(gen), u32(seq));
