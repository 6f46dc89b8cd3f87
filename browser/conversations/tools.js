/** The parts of a group's page that one opens now and then, and what a facilitator's browser does: fetched when first wanted. */

import { offer } from "../ui/later.js";
import { agreementView } from "./agreement_view.js";
import { keepDoor } from "./door.js";
import { facilitatingView } from "./facilitating_view.js";
import { hostView } from "./host_view.js";
import { logView } from "./log_view.js";
import { peopleView } from "./people_view.js";
import { recordOffer, troubleView } from "./trouble_view.js";

/** @typedef {{panes: Record<string, (room: import("./room.js").Room) => import("./group_view.js").Pane>, keepDoor: typeof keepDoor, recordOffer: typeof recordOffer}} Tools */

/** @type {Tools} */
const tools = { panes: { people: peopleView, agreement: agreementView, log: logView, facilitating: facilitatingView, host: hostView, trouble: troubleView }, keepDoor, recordOffer };
offer("tools", tools);
