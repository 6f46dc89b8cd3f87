/** What the host can see of this group, and the one key it keeps. */

import { part, say, show, template } from "../ui/dom.js";

/** @import { Room } from "./room.js" */
/** @import { Pane } from "./group_view.js" */

/** @param {Room} room @returns {Pane} */
export function hostView(room) {
  const element = template("host-view");
  const update = () => {
    const { leads, steward } = room.group.logNow;
    show(part(element, "steward"), steward !== null);
    show(part(element, "leads"), leads.length > 0);
    show(part(element, "no-leads"), leads.length === 0);
    say(part(element, "lead-count"), String(leads.length));
  };
  return { element, update };
}
