/**
 * What an awake facilitator's browser puts right by itself: a key of the facilitators that somebody still holds who should not,
 * and newcomers to whom nobody passed on what stands, because whoever let them in went away just then.
 */

import { TYPE } from "../sealing/log_entry.js";
import { needsFkey, renewFkey } from "./roles.js";
import { postStanding } from "./standing.js";

/** @import { Group } from "./group.js" */
/** @import { StandingBody } from "./standing.js" */

/** The epoch that brought the last newcomers, 0 when nobody was ever added. @param {Group} group */
export const lastAddEpoch = (group) =>
  group.entries.findLast(({ draft }) => draft.type === TYPE.add || draft.type === TYPE.rebind)?.draft.epoch ?? 0;

/**
 * @param {Group} group
 * @param {{epoch: number, body: StandingBody|null}} standing what stands, and the epoch it was last sealed in
 */
export async function heal(group, { epoch, body }) {
  if (!group.isFacilitator || group.trouble || group.log.isClosed) return;
  if (needsFkey(group)) await renewFkey(group);
  if (body && epoch < lastAddEpoch(group)) await postStanding(group, body);
}
