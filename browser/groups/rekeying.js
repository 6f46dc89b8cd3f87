/**
 * Who speaks next, re-keys first (sealing.md 3.5): nothing is sealed to a key that somebody who left still holds, and nobody
 * waits for a facilitator. Ninety days are the longest an epoch lasts (sealing.md 4.1).
 */

import { newEpochSecret } from "../sealing/epoch.js";
import { rekey as draftRekey } from "../sealing/log_draft.js";
import { append } from "./append.js";
import { boxesForAll } from "./pen.js";

/** @import { Group } from "./group.js" */

const LONGEST_EPOCH = 90 * 24 * 3600 * 1000;

/** @param {Group} group */
export const needsRekey = (group) => group.log.leavers().length > 0 || Date.now() - group.epochSince > LONGEST_EPOCH;

/** @param {Group} group @returns {Promise<boolean>} false when somebody else had done it */
export const rekey = (group) =>
  append(group, async (pen) => {
    if (!needsRekey(group)) return null;
    const secret = newEpochSecret();
    await pen.write((log, by) => draftRekey(log, by, secret));
    return { boxes: await boxesForAll(pen.log, secret) };
  });
