/** The page `/groups/`. */

import { begin } from "./app.js";
import { showHome } from "./home_view.js";

begin(async (stage, arrive) => showHome(stage, await arrive()));
