/** Is there something to tell of who came back, or of what the steward's key did (returned_view.js)? Then its place is made before anything is drawn. */

import { same } from "../sealing/codec.js";
import { TYPE } from "../sealing/log_entry.js";
import { STEWARD } from "../sealing/log_state.js";

/** @import { Group } from "../groups/group.js" */

/** As long as this the others are told: who looks in once a week has seen it. */
export const TOLD_FOR = 8 * 24 * 3600 * 1000;

/** @param {Group} group */
export function hasReturns({ entries, self }) {
  const isRecent = entries.some(({ draft }) => (draft.type === TYPE.rebind || same(draft.actor, STEWARD)) && Date.now() - draft.timeMs < TOLD_FOR);
  return isRecent || (self?.spans.length ?? 0) > 1;
}
