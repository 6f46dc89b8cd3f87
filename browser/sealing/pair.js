/** Keys between two members (sealing.md 4.3): a third who holds the epoch's key opens nothing, not even with the server. */

import { agree } from "./box.js";
import { concat, same, toHex, u32 } from "./codec.js";
import { checkEpochSecret } from "./epoch.js";
import { SealError, insist } from "./errors.js";
import { kdf } from "./primitives.js";

/** @import { Bytes } from "./codec.js" */
/** @import { LogState } from "./log_state.js" */

/**
 * K_pair.
 *
 * @param {Bytes} shared X25519 of both gx
 * @param {Bytes} es the epoch's secret
 * @param {Bytes} group
 * @param {number} epoch
 * @param {readonly [Bytes, Bytes]} two member ids, in any order
 * @returns {Promise<Bytes>} 32 bytes
 */
export function pairKey(shared, es, group, epoch, two) {
  const [low, high] = [...two].sort((one, other) => (toHex(one) < toHex(other) ? -1 : 1));
  return kdf(concat(shared, es), "pair", concat(group, u32(epoch), low, high));
}

/**
 * K_pair of two members in an epoch: this one, then the other. Refuses as `findMessageKey` does; `context` for oneself and for
 * whom the log never had.
 *
 * @param {LogState} log
 * @param {readonly [Bytes, Bytes]} two
 * @param {(gen: number) => CryptoKey | Promise<CryptoKey>} gx this member's X25519 private key of that gen
 * @param {Bytes | undefined} es the epoch's secret, where this member has it
 * @param {number} epoch
 * @returns {Promise<Bytes>} 32 bytes
 */
export async function findPairKey(log, two, gx, es, epoch) {
  const [mine, theirs] = two.map((id) => log.member(id));
  insist(mine !== undefined && log.activeIn(two[0], epoch), "before-you-joined");
  if (es === undefined) throw new SealError("no-epoch-box");
  await checkEpochSecret(log, epoch, es);
  insist(theirs !== undefined && !same(two[0], two[1]), "context");
  const shared = await agree(await gx(mine.xKeyIn(epoch).gen), theirs.xKeyIn(epoch).xPublic);
  return pairKey(shared, es, log.group, epoch, two);
}
