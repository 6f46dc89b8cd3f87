/** The page of a group, `/groups/<id>/`. */

import { groupAt } from "../groups/address.js";
import { begin } from "./app.js";
import { showGroup } from "./group_view.js";

begin(async (stage, arrive) => showGroup(stage, await arrive(), groupAt(location.pathname)));
