/** Leaving. Whoever is alone in a group closes it instead: a group without anybody would be nobody's to end. */

import { close, leave } from "../sealing/log_draft.js";
import { append } from "./append.js";

/** @import { Group } from "./group.js" */

/** @param {Group} group */
export const isAlone = (group) => group.log.active().length === 1;

/** The end of a group: everybody can still read, and nobody writes any more. @param {Group} group */
export const closeGroup = (group) =>
  append(group, async (pen) => {
    await pen.write((log, by) => close(log, by));
    return {};
  });

/** @param {Group} group */
export const leaveGroup = (group) =>
  append(group, async (pen) => {
    await pen.write((log, by) => (isAlone(group) ? close(log, by) : leave(log, by)));
    return {};
  });
