/**
 * What was said before somebody came back under new keys (sealing.md 4.5): those who were there give the old keys, each by their own
 * clock; who came back checks every one against the list and keeps the right ones as any other key of theirs.
 */

import { same } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { dueMs, findReturns, lostEpochs, openHistory, owedEpochs, sealHistory } from "../sealing/history.js";
import { Refusal } from "../ui/refusal.js";
import { sealEpoch } from "./resealing.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Return } from "../sealing/history.js" */
/** @import { Group } from "./group.js" */
/** @typedef {{back: Return, missing: number[], isLost: boolean, fromMs: number}} Waiting `isLost`: nobody can give what is missing */

/** Everybody who came back and is here. @param {Group} group */
export const returnsOf = (group) => findReturns(group.log, group.entries);

/** @param {Group} group @param {Return} back */
const isMine = (group, back) => same(back.member.id, group.me);

/** @param {Group} group @param {Return} back */
const missingOf = (group, back) => owedEpochs(back.member).filter((epoch) => !group.epochs.secretOf(epoch));

/** Does this member hold keys of a time before they came back? @param {Group} group */
export function hasPast(group) {
  const member = group.log.member(group.me);
  return member !== undefined && owedEpochs(member).some((epoch) => group.epochs.secretOf(epoch));
}

/** How it stands with what was said before this member came back; null for who never did, or has it all. @param {Group} group @returns {Waiting|null} */
export function waitingFor(group) {
  const back = returnsOf(group).find((each) => isMine(group, each));
  const missing = back ? missingOf(group, back) : [];
  if (!back || missing.length === 0) return null;
  const lost = new Set(lostEpochs(group.log, back.member));
  const isLost = !group.log.policy.rebindHistory || missing.every((epoch) => lost.has(epoch));
  return { back, missing, isLost, fromMs: dueMs(back, back.timeMs) };
}

/** Gives what is due to others, takes what was given to us. @param {Group} group @returns {Promise<void>} */
export async function tendHistory(group) {
  for (const back of returnsOf(group)) await (isMine(group, back) ? take(group, back) : give(group, back));
}

/**
 * The two days count from the entry's own time and from when a device of ours first saw it: a server that hides the entry, or a
 * wrong clock, makes them longer and never shorter.
 *
 * @param {Group} group @param {Return} back
 */
async function give(group, back) {
  if (!owedEpochs(back.member).some((epoch) => group.epochs.secretOf(epoch))) return;
  if (Date.now() < dueMs(back, await firstSeen(group, back)) || !(await isWanted(group, back))) return;
  const box = await sealHistory(group.log, back, (epoch) => group.epochs.secretOf(epoch));
  if (!box) return;
  try {
    await group.ask("give-history", { member: back.member.id, seq: back.seq, box });
  } catch (why) {
    if (!(why instanceof Refusal)) throw why;
  }
}

/** @param {Group} group @param {Return} back @returns {Promise<number>} */
async function firstSeen(group, { seq, isVouchedTwice }) {
  if (isVouchedTwice) return 0;
  const { keyring } = group.here.keys;
  const known = (await keyring.load()).seen.get(group.key)?.get(seq);
  if (known !== undefined) return known;
  const now = Date.now();
  const ring = await keyring.change(({ seen }) => {
    const times = seen.get(group.key) ?? new Map();
    if (!times.has(seq)) times.set(seq, now);
    seen.set(group.key, times);
  });
  return ring.seen.get(group.key)?.get(seq) ?? now;
}

/** @param {Group} group @param {Return} back */
async function isWanted(group, { member, seq }) {
  const { wanted } = await group.ask("histories");
  return wanted.some((/** @type {[Bytes, number]} */ [id, at]) => at === seq && same(id, member.id));
}

/** @param {Group} group @param {Return} back */
async function take(group, back) {
  if (missingOf(group, back).length === 0) return;
  const { boxes } = await group.ask("histories");
  const found = new Map();
  for (const [, seq, box] of boxes) if (seq === back.seq) for (const [epoch, es] of await opened(group, back, box)) found.set(epoch, es);
  const fresh = new Map([...found].filter(([epoch]) => !group.epochs.secretOf(epoch)));
  if (fresh.size === 0) return;
  const kept = await Promise.all([...fresh].map(async ([epoch, es]) => [epoch, await sealEpoch(group.log, back.member, epoch, es)]));
  await group.ask("keep-history", { boxes: kept });
  group.epochs.add(fresh);
  group.dispatchEvent(new Event("change"));
}

/** @param {Group} group @param {Return} back @param {Bytes} box @returns {Promise<Map<number, Bytes>>} */
async function opened(group, back, box) {
  try {
    return await openHistory(group.log, back, await group.here.keys.groupKeys(group.id, back.member.gen), box);
  } catch (why) {
    if (!(why instanceof SealError)) throw why;
    return new Map();
  }
}
