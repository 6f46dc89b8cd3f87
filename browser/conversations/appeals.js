/** The page `/appeals/`. */

import { begin } from "./app.js";
import { showAppeals } from "./appeals_view.js";

begin(async (stage, arrive) => showAppeals(stage, await arrive()));
