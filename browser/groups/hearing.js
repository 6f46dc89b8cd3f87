/**
 * Keeps an open group in step with the others: entries, gaps, leaving, and boxes that are missing here or elsewhere.
 */

import { Refusal } from "../live/connection.js";
import { same } from "../sealing/codec.js";
import { sealEpoch } from "./epochs.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Group } from "./group.js" */

const SPREAD = 1500;
const ASK_AGAIN = [1_000, 4_000, 15_000, 60_000];

/** Waits a little, differently in every browser, so that not all answer one question. */
const spread = () => new Promise((resolve) => setTimeout(resolve, Math.random() * SPREAD));

/**
 * From now on `group` follows.
 *
 * @param {Group} group @param {() => void} listening told when the ear is open: what came before it has to be asked for
 * @returns {() => void} stops
 */
export function hear(group, listening) {
  const { connection } = group.here;
  const isHere = (/** @type {{group: Bytes}} */ payload) => same(payload.group, group.id);
  const quietly = (/** @type {Promise<unknown>} */ work) => work.catch(() => undefined);
  // Who was removed while away learns it from the first question after it.
  const follow = () => group.catchUp().catch((why) => why instanceof Refusal && why.code === "not-found" && group.dispatchEvent(new Event("gone")));
  const stops = [
    connection.on("entry", (payload) => isHere(payload) && payload.seq > group.log.seq && follow()),
    connection.on("again", follow),
    connection.on("gone", (payload) => isHere(payload) && group.dispatchEvent(new Event("gone"))),
    connection.on("need-box", (payload) => isHere(payload) && quietly(answer(group, payload))),
    askWhileMissing(group),
  ];
  connection.listen(group.key, group.id).then(
    () => follow().then(listening),
    () => group.dispatchEvent(new Event("gone")),
  );
  return () => {
    connection.unlisten(group.key);
    for (const stop of stops) stop();
  };
}

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

/** @param {Group} group @returns {() => void} */
function askWhileMissing(group) {
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
