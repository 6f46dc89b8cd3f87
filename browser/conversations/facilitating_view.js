/** For facilitators: who waits to come in, and inviting. */

import { askSeal } from "../accounts/seal_requests.js";
import { admit, decline } from "../groups/admitting.js";
import { makeInvite, openInvites, revokeInvite } from "../groups/inviting.js";
import { toHex } from "../sealing/codec.js";
import { askOnce } from "../ui/dialog.js";
import { control, part, say, sentence, show, template } from "../ui/dom.js";
import { clearProblems, onSend, tellForm, tellIn } from "../ui/form.js";
import { showTime } from "../ui/local_time.js";
import { arrange } from "./arrange.js";
import { attempt } from "./attempt.js";
import { look } from "./door.js";
import { linkCard } from "./link_card.js";
import { drawName } from "./parts.js";
import { sheetFirst } from "./sheet_first.js";
import { standingOf, standingToPass } from "./tending.js";
import { drawWishes } from "./wishes_view.js";

/** @import { Ask } from "../groups/admitting.js" */
/** @import { Invite } from "../sealing/log_state.js" */
/** @import { Room } from "./room.js" */
/** @import { Pane } from "./group_view.js" */

/** @param {Room} room @returns {Pane} */
export function facilitatingView(room) {
  const element = template("facilitating-view");
  askForSheet(element).catch(() => undefined);
  const waiting = /** @type {HTMLFormElement} */ (part(element, "waiting-form"));
  onSend(waiting, () => letIn(room, waiting));
  onInvite(room, element);
  const update = () => {
    const asks = room.asks;
    show(waiting, asks.length > 0);
    show(part(element, "nobody"), asks.length === 0);
    arrange(part(element, "asks"), asks, { key: ({ key }) => key, make: (ask) => makeAsk(room, ask), update: (each, ask) => updateAsk(room, each, ask) });
    drawWishes(room, element);
    arrange(part(element, "invites"), openInvites(room.group).filter(({ terms }) => !terms.isFromListing), {
      key: ({ terms }) => toHex(terms.inviteId),
      make: (invite) => makeOpenInvite(room, invite),
    });
  };
  return { element, update };
}

/** Somebody may guide a group from before their sheet was asked back. Where no answer comes, no tool works either. @param {HTMLElement} element */
async function askForSheet(element) {
  const { recovery_confirmed: isRight } = await askSeal("network");
  show(part(element, "tools"), isRight);
  show(sheetFirst(part(element, "sheet-first")), !isRight);
}

/** @param {Room} room @param {HTMLFormElement} form */
async function letIn(room, form) {
  const ticked = new Set(new FormData(form).getAll("member"));
  const chosen = room.asks.filter(({ key, record }) => record && ticked.has(key));
  // Nobody is ticked beforehand: who appears just while one presses the button was not looked at.
  if (chosen.length === 0) return tellForm(form, form.dataset["sayEmpty"] ?? "");
  const spoken = new Set(new FormData(form).getAll("spoken"));
  if (chosen.some(({ key, needsWord }) => needsWord && !spoken.has(key))) return tellForm(form, form.dataset["saySpeak"] ?? "");
  clearProblems(form);
  await attempt(() => admit(room.group, chosen, () => standingOf(room)), tellIn(form));
  await look(room);
}

/** @param {Room} room @param {Ask} ask */
function makeAsk(room, ask) {
  const element = template("waiting-ask");
  for (const box of ["tick", "spoken"]) /** @type {HTMLInputElement} */ (part(element, box)).value = ask.key;
  part(element, "decline").addEventListener("click", async () => {
    const dialog = /** @type {HTMLDialogElement} */ (template("decline-dialog"));
    drawName(dialog, ask.name);
    if ((await askOnce(dialog)) !== "yes") return;
    await attempt(() => decline(room.group, ask));
    await look(room);
  });
  return element;
}

/** @param {Room} room @param {HTMLElement} element @param {Ask} ask */
function updateAsk(room, element, ask) {
  drawName(element, ask.name);
  say(part(element, "whose"), room.nameOf(ask.key) ?? "");
  show(part(element, "back"), ask.isBack);
  show(part(element, "listed"), ask.isFromListing);
  show(part(element, "word"), ask.needsWord);
  showTime(/** @type {HTMLTimeElement} */ (part(element, "asked")), ask.asked);
  const tick = /** @type {HTMLInputElement} */ (part(element, "tick"));
  tick.disabled = !ask.record;
  say(part(element, "closed"), ask.code ? sentence(ask.code) : "");
  show(part(element, "closed"), Boolean(ask.code));
}

/** @param {Room} room @param {Invite} invite */
function makeOpenInvite(room, { terms }) {
  const element = template("open-invite");
  showTime(/** @type {HTMLTimeElement} */ (part(element, "expires")), terms.expiresMs);
  show(part(element, "known"), terms.isKnown);
  part(element, "revoke").addEventListener("click", () => attempt(() => revokeInvite(room.group, terms.inviteId)));
  return element;
}

/** @param {Room} room @param {HTMLElement} element */
function onInvite(room, element) {
  const form = /** @type {HTMLFormElement} */ (part(element, "invite-form"));
  const card = part(element, "link-card");
  const showLink = linkCard(card);
  onSend(form, async () => {
    show(card, false);
    const wanted = () => ({ uses: Number(control(form, "uses").value), isKnown: control(form, "known").checked, by: room.myName ?? "", standing: standingToPass(room) });
    await attempt(async () => showLink(await makeInvite(room.group, wanted())), tellIn(form));
  });
}
