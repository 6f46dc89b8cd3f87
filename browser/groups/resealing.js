/** Epochs' secrets sealed for others who are entitled to them: at an epoch's beginning, and when somebody's box did not come; and asking for one's own. */

import { PURPOSE, epochContext } from "../sealing/box.js";
import { same } from "../sealing/codec.js";
import { sealBox } from "../sealing/seal_box.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { LogState, Member } from "../sealing/log_state.js" */
/** @import { Group } from "./group.js" */

const SPREAD = 1500;
const ASK_AGAIN = [1_000, 4_000, 15_000, 60_000];

/** Waits a little, differently in every browser, so that not all answer one question. */
const spread = () => new Promise((resolve) => setTimeout(resolve, Math.random() * SPREAD));

/** @param {LogState} log @param {Member} member @param {number} epoch @param {Bytes} secret ES @returns {Promise<Bytes>} 86 bytes */
export const sealEpoch = (log, member, epoch, secret) =>
  sealBox(PURPOSE.epoch, epochContext(log.group, epoch, member.id, member.gen), member.xPublic, secret);

/**
 * Answers from now on where the others miss a box.
 *
 * @param {Group} group @returns {() => void} stops
 */
export const answerNeeds = (group) =>
  group.here.connection.on("need-box", (payload) => same(payload.group, group.id) && answer(group, payload).catch(() => undefined));

/**
 * Seals an epoch's secret again for somebody whose box is missing. Whether they are entitled to it is for the log to say,
 * never for whoever asks: who came back with new keys gets nothing of the time before, since somebody else may hold those keys.
 *
 * @param {Group} group @param {{epoch: number, member: Bytes}} asked
 */
export async function answer(group, { epoch, member }) {
  const whom = group.log.member(member);
  const secret = group.epochs.secretOf(epoch);
  if (!whom?.isActive || epoch < whom.sinceEpoch || !secret || same(member, group.me)) return;
  await spread();
  await group.keyOf(epoch);
  await group.ask("reseal", { epoch, member, box: await sealEpoch(group.log, whom, epoch, secret) });
}

/** Asks from now on for boxes that are missing here. @param {Group} group @returns {() => void} stops */
export function askWhileMissing(group) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */ let timer;
  let tries = 0;
  const ask = async () => {
    await Promise.all(group.epochs.missing(group.log, group.me).map((epoch) => group.ask("need-box", { epoch })));
    timer = setTimeout(() => group.catchUp().catch(() => undefined), ASK_AGAIN[Math.min(tries, ASK_AGAIN.length - 1)]);
    tries += 1;
  };
  const look = () => {
    clearTimeout(timer);
    if (group.epochs.missing(group.log, group.me).length > 0) ask().catch(() => undefined);
    else tries = 0;
  };
  group.addEventListener("change", look);
  if (group.isOpen) look();
  return () => {
    clearTimeout(timer);
    group.removeEventListener("change", look);
  };
}
