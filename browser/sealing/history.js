/**
 * History for somebody who came back under new keys (sealing.md 4.5): what was said while they belonged before.
 *
 * A facilitator may have been taken in by somebody else's voice. So two days lie between REBIND and the old keys, in which the
 * person whose place it is, and everybody who knows them, can speak up.
 */

import { PURPOSE, openBox } from "./box.js";
import { concat, same, u32 } from "./codec.js";
import { checkEpochSecret } from "./epoch.js";
import { SealError, insist } from "./errors.js";
import { TYPE } from "./log_entry.js";
import { parseRecord } from "./log_payload.js";
import { KEY_SIZE } from "./primitives.js";
import { Reader } from "./reader.js";
import { sealBox } from "./seal_box.js";

/** @import { BoxKeys } from "./box.js" */
/** @import { Bytes } from "./codec.js" */
/** @import { LogEntry } from "./log_entry.js" */
/** @import { LogState, Member } from "./log_state.js" */
/**
 * @typedef {object} Return a REBIND that stands
 * @property {Member} member who came back, as they are now @property {Bytes} by who let them in @property {number} seq
 * @property {number} timeMs by the clock of who let them in
 * @property {boolean} isVouchedTwice another facilitator made the link than let them in
 */

export const WAIT_MS = 48 * 3600 * 1000;
const MOST_EPOCHS = 4096;
const ONE = 4 + KEY_SIZE;

/**
 * From when on a member who first saw the entry at `firstSeenMs`, by their own clock, gives history. The later of both clocks
 * counts: neither a server that hides the entry nor a wrong clock makes the wait shorter.
 *
 * @param {Return} back @param {number} firstSeenMs
 */
export const dueMs = ({ timeMs, isVouchedTwice }, firstSeenMs) => (isVouchedTwice ? timeMs : Math.max(timeMs, firstSeenMs) + WAIT_MS);

/** Everybody whose present time in the group began with a REBIND. @param {LogState} log @param {LogEntry[]} entries @returns {Return[]} */
export const findReturns = (log, entries) => entries.flatMap((entry) => returnOf(log, entry) ?? []);

/** @param {LogState} log @param {LogEntry} entry @returns {Return|null} */
function returnOf(log, { draft }) {
  if (draft.type !== TYPE.rebind) return null;
  const record = parseRecord(draft.payload);
  const member = log.member(record.memberId);
  if (!member?.isActive || member.sinceEpoch !== draft.epoch) return null;
  const invite = log.invite(record.inviteId);
  const isVouchedTwice = invite !== undefined && !same(invite.by, draft.actor) && !invite.terms.isKnown;
  return { member, by: draft.actor, seq: draft.seq, timeMs: draft.timeMs, isVouchedTwice };
}

/** Epochs of the times before the present one, oldest first. @param {Member} member @returns {number[]} */
export const owedEpochs = ({ spans }) =>
  spans.slice(0, -1).flatMap(({ first, last }) => Array.from({ length: (last ?? 0) - first + 1 }, (_, i) => first + i));

/** Those of the owed epochs of which nobody else is here any more. @param {LogState} log @param {Member} member */
export function lostEpochs(log, member) {
  const others = log.active().filter(({ id }) => !same(id, member.id));
  return owedEpochs(member).filter((epoch) => !others.some(({ id }) => log.activeIn(id, epoch)));
}

/**
 * Purpose 6: epoch secrets to a member who came back by the entry with this seq.
 *
 * @param {Bytes} group @param {Bytes} memberId @param {number} gen @param {number} seq
 */
export const historyContext = (group, memberId, gen, seq) => concat(group, memberId, u32(gen), u32(seq));

/** @param {LogState} log @param {Return} back */
const contextOf = (log, { member, seq }) => historyContext(log.group, member.id, member.gen, seq);

/**
 * The box with the newest of what is owed and held; null when nothing is, or the group wants none given.
 *
 * @param {LogState} log @param {Return} back @param {(epoch: number) => Bytes|undefined} secretOf
 * @returns {Promise<Bytes|null>}
 */
export async function sealHistory(log, back, secretOf) {
  /** @type {Bytes[]} */ const right = [];
  for (const epoch of owedEpochs(back.member)) {
    const es = secretOf(epoch);
    if (es && (await isRight(log, epoch, es))) right.push(concat(u32(epoch), es));
  }
  if (right.length === 0 || !log.policy.rebindHistory) return null;
  return sealBox(PURPOSE.history, contextOf(log, back), back.member.xPublic, concat(...right.slice(-MOST_EPOCHS)));
}

/**
 * epoch -> ES of a box, without those that are not owed or that the log does not name (rule K1). A wrong secret among right ones
 * takes nothing from the right ones.
 *
 * @param {LogState} log @param {Return} back @param {BoxKeys} keys @param {Bytes} box
 * @returns {Promise<Map<number, Bytes>>}
 * @throws {SealError} `damaged` when it is no such list
 */
export async function openHistory(log, back, keys, box) {
  const found = parseHistory(await openBox(PURPOSE.history, contextOf(log, back), keys, box));
  const owed = new Set(owedEpochs(back.member));
  /** @type {Map<number, Bytes>} */ const right = new Map();
  for (const [epoch, es] of found) if (owed.has(epoch) && (await isRight(log, epoch, es))) right.set(epoch, es);
  return right;
}

/** 1 to 4,096 times epoch u32 | ES 32, epochs rising; else `damaged`. @param {Bytes} plain @returns {[number, Bytes][]} */
export function parseHistory(plain) {
  const count = plain.length / ONE;
  insist(Number.isInteger(count) && count >= 1 && count <= MOST_EPOCHS, "damaged");
  const reader = new Reader(plain);
  const pairs = Array.from({ length: count }, () => /** @type {[number, Bytes]} */ ([reader.u32(), reader.take(KEY_SIZE)]));
  insist(pairs.every(([epoch], i) => i === 0 || epoch > (pairs[i - 1]?.[0] ?? 0)), "damaged");
  return pairs;
}

/** @param {LogState} log @param {number} epoch @param {Bytes} es */
async function isRight(log, epoch, es) {
  try {
    await checkEpochSecret(log, epoch, es);
    return true;
  } catch (why) {
    if (!(why instanceof SealError)) throw why;
    return false;
  }
}
