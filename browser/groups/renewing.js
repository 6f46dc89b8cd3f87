/**
 * New keys in a group's list after the account got a new seed (sealing.md 2.10). Which groups have been told is written in their
 * lists and nowhere else: it does not matter where this stops, and any device that opens the group goes on.
 */

import { newEpochSecret } from "../sealing/epoch.js";
import { updateKey } from "../sealing/log_draft.js";
import { append } from "./append.js";
import { fkeysOf, writeFkey } from "./facilitators_key.js";
import { boxesForAll } from "./pen.js";

/** @import { Member } from "../sealing/log_state.js" */
/** @import { Group } from "./group.js" */

/** Does the list still name keys of a seed that another took the place of? @param {Group} group */
export function needsNewKeys(group) {
  const gen = group.log.member(group.me)?.gen ?? 0;
  return group.here.keys.isOfFormer(group.id, gen) && !group.log.isClosed && Boolean(group.self?.isActive);
}

/** The next keys, signed with the last; a facilitator makes the facilitators' key anew with them. @param {Group} group */
export async function renewKeys(group) {
  const isDone = await append(group, async (pen) => {
    if (!needsNewKeys(group)) return null;
    const me = /** @type {Member} */ (pen.log.member(group.me));
    const [gen, secret, fkeys] = [me.gen + 1, newEpochSecret(), await fkeysOf(group)];
    const { e, xPublic, ePublic } = await group.here.keys.groupKeys(group.id, gen);
    const record = { memberId: me.id, gen, xPublic, ePublic, role: me.role };
    await pen.write((log, by) => updateKey(log, by, record, secret));
    pen.signWith(e);
    const sealed = me.isFacilitator ? { fkeys: await writeFkey(pen, fkeys) } : {};
    return { boxes: await boxesForAll(pen.log, secret), ...sealed };
  });
  const gen = group.log.member(group.me)?.gen ?? 1;
  if (isDone) await group.here.keys.keyring.change((ring) => ring.gens.set(group.key, gen));
  return isDone;
}
