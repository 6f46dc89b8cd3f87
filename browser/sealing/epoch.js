/**
 * Epoch keys (sealing.md 4.1). Each change of members begins an epoch with a fresh random secret ES.
 *
 * Rule K1: a key is used only when its commit stands in the verified log. A box authenticates nobody, so without K1 the server
 * could seal a key of its own to a member, who would then speak under it (hole H1).
 */

import { concat, same, toHex, u32 } from "./codec.js";
import { SealError, insist } from "./errors.js";
import { KEY_SIZE, importAeKey, kdf, label, randomBytes, sha } from "./primitives.js";

/** @import { Bytes } from "./codec.js" */
/** @import { LogState } from "./log_state.js" */

/**
 * `SHA(L("epoch") || group || epoch || ES)`, which the entry that begins the epoch carries.
 *
 * @param {Bytes} group 16 bytes
 * @param {number} epoch from 1
 * @param {Bytes} es 32 bytes
 * @returns {Promise<Bytes>} 32 bytes
 */
export const epochCommit = (group, epoch, es) => sha(label("epoch"), group, u32(epoch), es);

/**
 * Rule K1: only the key the signed log names is used.
 *
 * @param {LogState} log
 * @param {number} epoch
 * @param {Bytes} es from a box
 * @throws {SealError} `epoch-unlogged` when the log knows no such epoch or another commit
 */
export async function checkEpochSecret(log, epoch, es) {
  const commit = log.epochCommits.get(epoch);
  insist(commit !== undefined && same(commit, await epochCommit(log.group, epoch, es)), "epoch-unlogged");
}

/**
 * `K_msg`, the key of all envelopes of one epoch of one group.
 *
 * @param {Bytes} group
 * @param {number} epoch
 * @param {Bytes} es
 * @returns {Promise<Bytes>} 32 bytes
 */
export const messageKey = (group, epoch, es) => kdf(es, "msg", concat(group, u32(epoch)));

/** @returns {Bytes} a fresh ES, 32 bytes, made by whoever signs the entry that begins the epoch */
export const newEpochSecret = () => randomBytes(KEY_SIZE);

/**
 * Keys already derived, for as long as somebody holds the secrets: dropping the map of secrets drops these too. They are found
 * by the log's commit in hex, which is of one group and one epoch; by the epoch's number alone two groups would share a key.
 *
 * @type {WeakMap<ReadonlyMap<number, Bytes>, Map<string, Promise<CryptoKey>>>}
 */
const derived = new WeakMap();

/**
 * K_msg of an epoch from the secrets a member holds; quick when asked again.
 *
 * @param {LogState} log
 * @param {Bytes} me member id
 * @param {ReadonlyMap<number, Bytes>} held epoch -> ES, of this one group
 * @param {number} epoch
 * @returns {Promise<CryptoKey>}
 * @throws {SealError} `before-you-joined`: the epoch is not theirs; `no-epoch-box`: it is, and no box has come;
 *   `epoch-unlogged`: rule K1
 */
export async function findMessageKey(log, me, held, epoch) {
  insist(log.activeIn(me, epoch), "before-you-joined");
  const es = held.get(epoch);
  if (es === undefined) throw new SealError("no-epoch-box");
  const keys = derived.get(held) ?? new Map();
  derived.set(held, keys);
  const commit = toHex(log.epochCommits.get(epoch) ?? new Uint8Array(0));
  const key = keys.get(commit) ?? checkedKey(log, epoch, es);
  keys.set(commit, key);
  key.catch(() => keys.delete(commit)); // a better box may come
  return key;
}

/** @param {LogState} log @param {number} epoch @param {Bytes} es */
async function checkedKey(log, epoch, es) {
  await checkEpochSecret(log, epoch, es);
  return importAeKey(await messageKey(log.group, epoch, es));
}
