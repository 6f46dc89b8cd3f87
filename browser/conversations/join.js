/** The page `/join/`. */

import { begin } from "./app.js";
import { showJoin } from "./join_view.js";

begin(showJoin);
