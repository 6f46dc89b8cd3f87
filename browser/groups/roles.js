/** Who facilitates: asking somebody in, stepping back. The facilitators' key changes whenever the set of them does. */

import { toHex } from "../sealing/codec.js";
import { setRole } from "../sealing/log_draft.js";
import { TYPE } from "../sealing/log_entry.js";
import { ROLE, parseRole } from "../sealing/log_payload.js";
import { STEWARD, THREE_DAYS_MS } from "../sealing/log_state.js";
import { append } from "./append.js";
import { fkeysOf, writeFkey } from "./facilitators_key.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Draft, LogEntry } from "../sealing/log_entry.js" */
/** @import { Group } from "./group.js" */

/** @param {Group} group @param {Bytes} memberId */
export const makeFacilitator = (group, memberId) =>
  append(group, async (pen) => {
    if (pen.log.member(memberId)?.isFacilitator) return null;
    await pen.write((log, by) => setRole(log, by, memberId, ROLE.facilitator));
    return { fkeys: await writeFkey(pen, await fkeysOf(group)) };
  });

/** The key they held is replaced by whoever of the others is awake next (healing.js). @param {Group} group */
export const stepBack = (group) =>
  append(group, async (pen) => {
    await pen.write((log, by) => setRole(log, by, group.me, ROLE.member));
    return {};
  });

/** A new key for the facilitators of today. @param {Group} group */
export const renewFkey = (group) =>
  append(group, async (pen) => (needsFkey(group) ? { fkeys: await writeFkey(pen, await fkeysOf(group)) } : null));

/**
 * Are those who facilitate now others than those to whom the facilitators' key was given, or with other keys?
 *
 * @param {Group} group
 */
export function needsFkey(group) {
  const given = givenTo(group.entries);
  const now = group.logNow.facilitators().map(({ id }) => toHex(id));
  return now.length !== given.size || now.some((id) => !given.has(id));
}

/** @param {LogEntry[]} entries @returns {Set<string>} member ids in hex to whom the last SET_FKEY was sealed */
function givenTo(entries) {
  /** @type {Map<string, number>} facilitator -> when the steward's demotion counts */
  const until = new Map();
  let given = new Set();
  for (const { draft } of entries) {
    follow(until, draft);
    if (draft.type === TYPE.setFkey) given = new Set([...until].filter(([, end]) => end > draft.timeMs).map(([id]) => id));
    if (draft.type === TYPE.updateKey) given.delete(toHex(draft.actor));
  }
  return given;
}

/** @param {Map<string, number>} until @param {Draft} draft */
function follow(until, { type, actor, payload, timeMs }) {
  if (type === TYPE.genesis) until.set(toHex(actor), Infinity);
  if (type === TYPE.leave) until.delete(toHex(actor));
  if (type !== TYPE.setRole) return;
  const { memberId, role } = parseRole(payload);
  const id = toHex(memberId);
  if (role === ROLE.facilitator) until.set(id, Infinity);
  else if (toHex(actor) === toHex(STEWARD)) until.set(id, timeMs + THREE_DAYS_MS);
  else until.delete(id);
}
