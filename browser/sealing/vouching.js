/**
 * How a newcomer's keys are vouched for (sealing.md 3.2): the key of an invite signs them, and every member checks that
 * signature in the log, so neither the server nor a second facilitator can swap a newcomer's keys.
 */

import { concat, isZero, same } from "./codec.js";
import { SealError, insist } from "./errors.js";
import { encodeKeys } from "./log_payload.js";
import { isSigned, label } from "./primitives.js";

/** @import { Bytes } from "./codec.js" */
/** @import { MemberRecord } from "./log_payload.js" */
/** @import { Invite, LogState } from "./log_state.js" */

/**
 * What both signatures are over: L("join") || group || genesis16 || invite_id || record[0..84).
 *
 * @param {Bytes} group
 * @param {Bytes} genesis16
 * @param {MemberRecord & { inviteId: Bytes }} record
 * @returns {Bytes}
 */
export const joinMessage = (group, genesis16, record) =>
  concat(label("join"), group, genesis16, record.inviteId, encodeKeys(record));

/**
 * The invite under which a record may come in, its signature not yet checked. Unknown, revoked, used up, expired, or meant for
 * somebody else: `log-invite`.
 *
 * @param {LogState} state
 * @param {Required<MemberRecord>} record
 * @param {number} timeMs
 * @returns {Invite}
 */
export function findInvite(state, record, timeMs) {
  const invite = state.invite(record.inviteId);
  if (invite === undefined) throw new SealError("log-invite");
  insist(!invite.isRevoked && invite.usesLeft >= 1 && timeMs <= invite.terms.expiresMs, "log-invite");
  const isReturn = state.member(record.memberId) !== undefined;
  const isMeant = isReturn ? same(invite.terms.target, record.memberId) : isZero(invite.terms.target);
  insist(isMeant, "log-invite");
  return invite;
}

/**
 * As `findInvite`, and the invite's key signed the record; a forged one is `log-invite` too.
 *
 * @param {LogState} state
 * @param {Required<MemberRecord>} record
 * @param {number} timeMs
 * @returns {Promise<Invite>}
 */
export async function checkInvite(state, record, timeMs) {
  const invite = findInvite(state, record, timeMs);
  const message = joinMessage(state.group, state.genesis16, record);
  insist(await isSigned(invite.terms.publicKey, record.inviteSig, message), "log-invite");
  return invite;
}
