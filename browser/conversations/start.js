/** The page `/groups/start/`. */

import { begin } from "./app.js";
import { showStart } from "./start_view.js";

begin(async (stage, arrive) => showStart(stage, await arrive()));
