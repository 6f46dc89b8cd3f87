/** What it takes to say something in a group: fetched as soon as the group can be read. */

import { post } from "../groups/posting.js";
import { offer } from "../ui/later.js";
import { signCard } from "./agreement_view.js";
import { tend } from "./tending.js";

/** @typedef {{post: typeof post, signCard: typeof signCard, tend: typeof tend}} Writing */

/** @type {Writing} */
const writing = { post, signCard, tend };
offer("writing", writing);
