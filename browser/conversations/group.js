/** The page of a group, `/groups/<id>/`. */

import { groupAt } from "../groups/address.js";
import { begin } from "./app.js";
import { showGroup } from "./group_view.js";
import { keptHere } from "./kept_here.js";

// What reads the copy comes beside the keys, not after them.
void keptHere();
begin(async (stage, arrive) => showGroup(stage, await arrive(), groupAt(location.pathname)));
