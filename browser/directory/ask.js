/** The page `/find/<listing>/ask/`. */

import { begin } from "../conversations/app.js";
import { showAsk } from "./ask_view.js";

begin(showAsk);
