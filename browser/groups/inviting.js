/**
 * Inviting: a link made here, on the facilitator's device. The server gets its public half and a sealed card; the secret is in
 * the part of the address that browsers send to nobody. Holdspace never sends the link: a host that mailed it could use it
 * (sealing.md 9.3).
 */

import { toB64url } from "../sealing/codec.js";
import { linkFragment, invitePublic, newSecret, sealCard } from "../sealing/invite.js";
import { newId } from "../sealing/keys.js";
import { invite, revoke } from "../sealing/log_draft.js";
import { answerWith } from "./answering.js";
import { append } from "./append.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Group } from "./group.js" */
/** @import { Member } from "../sealing/log_state.js" */
/** @import { Wish } from "./answering.js" */
/** @import { StandingBody } from "./standing.js" */

const WORKS_FOR = 7 * 24 * 3600 * 1000;
/** Nobody tells those who asked from a listing that there is an answer: they look by themselves, perhaps once a week. */
const ANSWER_WORKS_FOR = 2 * WORKS_FOR;

/**
 * @typedef {object} Wanted
 * @property {number} uses @property {boolean} isKnown "I know who this is" @property {string} by @property {StandingBody} standing
 * @property {Member} [lost] a member who lost their keys: the link binds their place to new ones
 * @property {Wish} [wish] somebody who asked from the listing: the invite goes to them, sealed, and nobody passes it on
 */

/**
 * @param {Group} group
 * @param {Wanted} wanted
 * @returns {Promise<{address: string, expiresMs: number}>} the address is nowhere else: it is shown once
 */
export async function makeInvite(group, { uses, isKnown, by, standing, lost, wish }) {
  const link = { inviteId: newId(), genesis16: group.log.genesis16, secret: newSecret() };
  const expiresMs = Date.now() + (wish ? ANSWER_WORKS_FOR : WORKS_FOR);
  const publicKey = await invitePublic(link.secret, link.inviteId);
  const { name, agreement } = standing;
  await append(group, async (pen) => {
    const { fkey } = pen.log;
    const shown = { group: toB64url(group.id), name, by, model: agreement.model, agreement: agreement.text, expires: expiresMs };
    const forWhom = lost ? { target: toB64url(lost.id), gen: lost.gen + 1 } : {};
    const card = await sealCard({ v: 1, ...shown, fkey: toB64url(fkey.publicKey), fgen: fkey.gen, ...forWhom }, link);
    const marks = { ...(lost ? { target: lost.id } : {}), isFromListing: wish !== undefined };
    await pen.write((log, who) => invite(log, who, { inviteId: link.inviteId, publicKey, expiresMs, uses, isKnown, ...marks }));
    return wish ? { card, answer: await answerWith(group, link, wish) } : { card };
  });
  return { address: `${location.origin}/join/#${await linkFragment(link)}`, expiresMs };
}

/** @param {Group} group @param {Bytes} inviteId */
export const revokeInvite = (group, inviteId) =>
  append(group, async (pen) => {
    if (pen.log.invite(inviteId)?.isRevoked ?? true) return null;
    await pen.write((log, by) => revoke(log, by, inviteId));
    return {};
  });

/** Links that still let somebody ask, newest first. @param {Group} group */
export const openInvites = (group) =>
  [...group.log.invites.values()].filter(({ terms, usesLeft, isRevoked }) => !isRevoked && usesLeft > 0 && terms.expiresMs > Date.now()).reverse();
