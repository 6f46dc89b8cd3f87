/** Asking to join from a group's listing, without a link; and what becomes of it (sealing.md 9.7). */

import { same, toHex } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { linkFragment } from "../sealing/invite.js";
import { newId } from "../sealing/keys.js";
import { accountNumbers, openAnswer } from "../sealing/request.js";
import { keepFragment, openInvite } from "./joining.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Here } from "./group.js" */
/** @typedef {"waiting"|"later"|"invited"|"missed"|"declined"} Stand */
/** @typedef {{request: Bytes, group: Bytes, state: Stand, answer?: Bytes, asked: number}} Asked as the server tells it */

/**
 * @param {Here} here @param {string} listing the last part of its address @param {string} title what it is called there
 * @returns {Promise<{group: Bytes, request: Bytes, state: Stand}>}
 */
export async function askFrom(here, listing, title) {
  const [request, { xPublic }, { requests: alive }] = [newId(), await here.keys.own(), await here.connection.call("home")];
  const asked = { listing, request, account_x: xPublic };
  let answer = await here.connection.call("ask-listing", asked);
  if (await isForgotten(here, answer, request)) {
    await here.connection.call("take-request-back", { request: answer.request });
    answer = await here.connection.call("ask-listing", asked);
  }
  const kept = new Set([answer.group, ...alive.map((/** @type {Asked} */ { group }) => group)].map(toHex));
  await here.keys.keyring.change(({ requests }) => {
    // What is remembered of an ask that goes on stays: only an answer to that one is opened.
    if (same(answer.request, request)) requests.set(toHex(answer.group), { request, title });
    for (const group of requests.keys()) if (!kept.has(group)) requests.delete(group);
  });
  return answer;
}

/**
 * Does an ask stand that this person's keyring knows nothing of? The line broke between the two, and its answer could never be opened:
 * it is asked anew. @param {Here} here @param {{group: Bytes, request: Bytes, state: Stand}} answer @param {Bytes} request
 */
async function isForgotten(here, answer, request) {
  const known = (await ownRequests(here)).get(toHex(answer.group));
  return answer.state === "waiting" && !same(answer.request, request) && !(known && same(known.request, answer.request));
}

/** Where this person asked, as they know it themselves: group in hex -> request and title. @param {Here} here */
export const ownRequests = async (here) => (await here.keys.keyring.load()).requests;

/**
 * Opens the answer: from here on it is an invite like any other, and the page of invites goes on with it.
 *
 * @param {Here} here @param {Asked} asked
 * @throws {SealError|Error} `answer-foreign` when it is not an answer to this person's own request, or not one of that group; `log-invite`
 */
export async function openAnswered(here, { group, request, answer }) {
  const own = (await ownRequests(here)).get(toHex(group));
  if (!answer || !own || !same(own.request, request)) throw new SealError("answer-foreign");
  const fragment = await linkFragment(await openAnswer(answer, await here.keys.own(), group, own.request).catch(foreign));
  const { card } = await openInvite(fragment).catch(foreign);
  if (!same(card.group, group)) throw new SealError("answer-foreign");
  keepFragment(fragment);
}

/** @param {unknown} why @returns {never} */
function foreign(why) {
  throw why instanceof SealError && why.code !== "log-invite" ? new SealError("answer-foreign") : why;
}

/** @param {Here} here @param {Asked} asked */
export async function takeBack(here, { request, group }) {
  await here.connection.call("take-request-back", { request });
  await here.keys.keyring.change(({ requests }) => void requests.delete(toHex(group)));
}

/** The numbers of this person's own four words, for a facilitator to compare. @param {Here} here */
export const ownNumbers = async (here) => accountNumbers((await here.keys.own()).xPublic);
