/** Reading what this device kept: fetched where there is something to read (kept_here.js). */

import { offer } from "../ui/later.js";
import { copyOf, lookBack } from "./copy.js";

/** @typedef {{copyOf: typeof copyOf, lookBack: typeof lookBack}} Reading */

/** @type {Reading} */
const reading = { copyOf, lookBack };
offer("copy", reading);
