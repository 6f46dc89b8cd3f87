/** The page `/groups/start/`: the walk, and what a group has besides what is said in it: its hours. */

import { begin } from "../conversations/app.js";
import { showStart } from "../conversations/start_view.js";
import { setHours } from "./hours.js";

begin(async (stage, arrive) => showStart(stage, await arrive(), setHours));
