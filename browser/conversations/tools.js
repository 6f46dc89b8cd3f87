/** The parts of a group's page that one opens now and then, and what a facilitator's browser does: fetched when first wanted. */

import { recordOf } from "../groups/record.js";
import { offer } from "../ui/later.js";
import { saveFile } from "../ui/paper.js";
import { agreementView } from "./agreement_view.js";
import { keepDoor } from "./door.js";
import { facilitatingView } from "./facilitating_view.js";
import { hostView } from "./host_view.js";
import { logView } from "./log_view.js";
import { peopleView } from "./people_view.js";

/** @typedef {{panes: Record<string, (room: import("./room.js").Room) => import("./group_view.js").Pane>, keepDoor: typeof keepDoor, saveRecord: typeof saveRecord}} Tools */

/** The file's name says nothing of what is in it. @param {import("../groups/group.js").Group} group @param {string} trouble */
async function saveRecord(group, trouble) {
  saveFile("record.json", JSON.stringify(await recordOf(group, trouble, Date.now()), null, 1));
}

/** @type {Tools} */
const tools = { panes: { people: peopleView, agreement: agreementView, log: logView, facilitating: facilitatingView, host: hostView }, keepDoor, saveRecord };
offer("tools", tools);
