/** What the end of the walk needs: fetched while somebody is still on their way. */

import { offer } from "../../ui/later.js";
import { isThere, make } from "./making.js";
import { showReady } from "./ready.js";

/** @typedef {{isThere: typeof isThere, make: typeof make, showReady: typeof showReady}} Ending */

/** @type {Ending} */
const ending = { isThere, make, showReady };
offer("ending", ending);
