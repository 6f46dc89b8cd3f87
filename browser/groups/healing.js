/**
 * What an awake facilitator's browser puts right by itself: a key of the facilitators that somebody still holds who should not,
 * and newcomers to whom nobody passed on what stands, because whoever let them in went away just then.
 */

import { needsFkey, renewFkey } from "./roles.js";
import { lastAddEpoch, postStanding } from "./standing.js";

/** @import { Group } from "./group.js" */
/** @import { StandingBody } from "./standing.js" */

/**
 * @param {Group} group
 * @param {{epoch: number, body: StandingBody|null}} standing what stands, and the epoch it was last sealed in
 */
export async function heal(group, { epoch, body }) {
  if (!group.isFacilitator || group.trouble || group.log.isClosed) return;
  if (needsFkey(group)) await renewFkey(group);
  if (body && epoch < lastAddEpoch(group)) await postStanding(group, body);
}
