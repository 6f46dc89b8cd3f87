/** Runs before the rest of a sealed page is here. */

import { askEarly } from "./early_share.js";

askEarly();
