/** The group is there: a link for whoever guides it too, pages to print, and the way in. */

import { pathOf } from "../../groups/address.js";
import { Group } from "../../groups/group.js";
import { makeInvite } from "../../groups/inviting.js";
import { fromHex } from "../../sealing/codec.js";
import { part, show, template } from "../../ui/dom.js";
import { onSend, tellIn, working } from "../../ui/form.js";
import { printButtons } from "../../ui/paper.js";
import { attempt } from "../attempt.js";
import { linkCard } from "../link_card.js";
import { drawName } from "../parts.js";
import { Room } from "../room.js";
import { put } from "../stage.js";
import { standingToPass } from "../tending.js";
import { STEPS } from "./begun.js";
import { drawPack } from "./pack.js";
import { drawStep } from "./walk.js";

/** @import { Here } from "../../groups/group.js" */
/** @import { Begun } from "./begun.js" */
/** @import { KeptBegun } from "./kept_begun.js" */

/** @param {HTMLElement} stage @param {Here} here @param {KeptBegun} kept @param {Begun} begun @param {boolean} hasLead */
export function showReady(stage, here, kept, begun, hasLead) {
  const element = template("start-ready");
  const id = fromHex(begun.group ?? "");
  drawName(element, begun.values["name"]);
  drawStep(element, STEPS[STEPS.length - 1]);
  drawPack(element, begun.values, hasLead);
  printButtons(element);
  show(part(element, "looking"), begun.values["second"] !== "known");
  onLink(element, () => openRoom(here, id));
  /** @type {HTMLAnchorElement} */ (part(element, "look-in")).href = pathOf(id);
  /** @type {HTMLAnchorElement} */ (part(element, "be-found")).href = `${pathOf(id)}listing/`;
  part(element, "go").addEventListener("click", async () => {
    await kept.forget();
    location.assign(pathOf(id));
  });
  history.replaceState(history.state, "", `#${STEPS.at(-1)}`);
  put(stage, element);
  scrollTo(0, 0);
}

/** @param {Here} here @param {import("../../sealing/codec.js").Bytes} id */
async function openRoom(here, id) {
  const room = new Room(new Group(here, id));
  await room.look();
  return room;
}

/** @param {HTMLElement} element @param {() => Promise<Room>} open */
function onLink(element, open) {
  const form = /** @type {HTMLFormElement} */ (part(element, "second-form"));
  const showLink = linkCard(part(element, "link-card"));
  onSend(form, async () => {
    working(form, "");
    await attempt(async () => {
      const room = await open();
      const standing = standingToPass(room);
      showLink(await makeInvite(room.group, { uses: 1, isKnown: false, by: room.myName ?? "", standing }));
    }, tellIn(form));
    working(form, null);
  });
}
