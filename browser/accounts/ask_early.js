/** Runs before the rest of a sealed page is here. */

import { askEarly } from "./early.js";

askEarly();
