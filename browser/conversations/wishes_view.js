/** For facilitators: who asked from the listing, and the three answers. Nobody is counted, and nobody has a place in a queue. */

import { answer } from "../groups/answering.js";
import { makeInvite } from "../groups/inviting.js";
import { askOnce } from "../ui/dialog.js";
import { part, show, template } from "../ui/dom.js";
import { showTime } from "../ui/local_time.js";
import { arrange } from "./arrange.js";
import { attempt } from "./attempt.js";
import { look } from "./door.js";
import { standingToPass } from "./tending.js";

/** @import { Wish } from "../groups/answering.js" */
/** @import { Room } from "./room.js" */

/** @param {Room} room @param {HTMLElement} element the facilitators' part */
export function drawWishes(room, element) {
  const { wishes } = room.fromListing;
  show(part(element, "from-listing"), wishes.length > 0);
  arrange(part(element, "wishes"), wishes, { key: ({ key }) => key, make: (wish) => makeWish(room, wish), update: updateWish });
}

/** @param {HTMLElement} element @param {Wish} wish */
function updateWish(element, { asked, isLater }) {
  showTime(/** @type {HTMLTimeElement} */ (part(element, "asked")), asked);
  show(part(element, "is-later"), isLater);
  show(part(element, "later"), !isLater);
}

/** @param {Room} room @param {Wish} wish */
function makeWish(room, wish) {
  const element = template("wish");
  const on = (/** @type {string} */ name, /** @type {() => Promise<unknown>} */ act) =>
    part(element, name).addEventListener("click", async () => {
      await attempt(act);
      await look(room);
    });
  on("come", () => letCome(room, wish));
  on("later", () => answer(room.group, wish, "later"));
  on("no", async () => {
    const dialog = /** @type {HTMLDialogElement} */ (template("wish-no-dialog"));
    if ((await askOnce(dialog)) === "yes") await answer(room.group, wish, "declined");
  });
  return element;
}

/** @param {Room} room @param {Wish} wish */
async function letCome(room, wish) {
  await makeInvite(room.group, { uses: 1, isKnown: false, by: room.myName ?? "", standing: standingToPass(room), wish });
}
