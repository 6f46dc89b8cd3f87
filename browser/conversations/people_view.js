/** Who can read this, and what one may do about it: leave, remove, ask somebody to facilitate, step back. */

import { closeGroup, leaveGroup, isAlone } from "../groups/leaving.js";
import { leftBehindIn } from "../groups/admitting.js";
import { makeInvite } from "../groups/inviting.js";
import { removeMember } from "../groups/removing.js";
import { rescueText, useRescue } from "../groups/rescuing.js";
import { makeFacilitator, stepBack } from "../groups/roles.js";
import { fromHex, same, toHex } from "../sealing/codec.js";
import { askOnce } from "../ui/dialog.js";
import { control, part, say, show, template } from "../ui/dom.js";
import { needed, onSend, showProblems, tellIn } from "../ui/form.js";
import { showTime } from "../ui/local_time.js";
import { copyButton } from "../ui/paper.js";
import { arrange } from "./arrange.js";
import { compare, drawComparing, drawOwnWords } from "./comparing.js";
import { line } from "./lines.js";
import { drawName } from "./parts.js";
import { attempt } from "./attempt.js";
import { standingToPass } from "./tending.js";

/** @import { Group } from "../groups/group.js" */
/** @import { Member } from "../sealing/log_state.js" */
/** @import { Room } from "./room.js" */
/** @import { Pane } from "./group_view.js" */

/** @param {Room} room @returns {Pane} */
export function peopleView(room) {
  const element = template("people-view");
  const { group } = room;
  const update = () => {
    const log = group.logNow;
    arrange(part(element, "members"), [...log.active(), ...log.leavers()], {
      key: ({ id }) => toHex(id),
      make: (member) => makeMember(room, member),
      update: (each, member) => updateMember(room, each, member),
    });
    const [isFacilitator, count] = [group.isFacilitator, log.facilitators().length];
    show(part(element, "one-facilitator"), isFacilitator && count === 1 && log.active().length > 1 && !log.isClosed);
    show(part(element, "close"), isFacilitator && count === 1 && log.active().length > 1 && group.mayWriteList && !log.isClosed);
    show(part(element, "step-back"), isFacilitator && count > 1 && group.mayWriteList);
    show(part(element, "leave"), !log.isClosed && group.mayWriteList);
    drawRescue(room, element);
    drawOwnWords(room, element).catch(() => undefined);
  };
  part(element, "leave").addEventListener("click", () => leave(room));
  part(element, "close").addEventListener("click", () => ask(template("close-dialog"), () => closeGroup(group)));
  part(element, "step-back").addEventListener("click", () => ask(template("step-back-dialog"), () => stepBack(group)));
  part(element, "rescue-what").addEventListener("change", update);
  onRescue(room, element);
  return { element, update };
}

/** @param {HTMLElement} dialog @param {(form: HTMLFormElement) => Promise<unknown>} act */
async function ask(dialog, act) {
  const asked = /** @type {HTMLDialogElement} */ (dialog);
  if ((await askOnce(asked)) !== "yes") return;
  await attempt(() => act(/** @type {HTMLFormElement} */ (asked.querySelector("form"))));
}

/** @param {Room} room @param {Member} member */
function makeMember(room, member) {
  const element = template("people-member");
  part(element, "promote").addEventListener("click", () => promote(room, member));
  part(element, "remove").addEventListener("click", () => remove(room, member));
  part(element, "lost").addEventListener("click", () => vouch(room, member));
  part(element, "compare").addEventListener("click", () => compare(room, member));
  return element;
}

/** @param {Room} room @param {HTMLElement} element @param {Member} member */
function updateMember(room, element, member) {
  const { group } = room;
  const isMe = same(member.id, group.me);
  drawName(element, room.nameOf(toHex(member.id)), toHex(member.id));
  show(part(element, "me"), isMe);
  show(part(element, "facilitator"), member.isFacilitator);
  show(part(element, "leaver"), !member.isActive);
  show(part(element, "disputes"), group.disputes.some(({ author }) => same(author, member.id)));
  drawComparing(room, element, member);
  const mayAct = group.isFacilitator && !isMe && member.isActive && !member.isFacilitator && !group.log.isClosed;
  show(part(element, "left-behind"), group.isFacilitator && leftBehindIn(group).has(toHex(member.id)));
  show(part(element, "lost"), group.mayWriteList);
  show(part(element, "promote"), group.mayWriteList);
  show(part(element, "acts"), mayAct && group.mayRemove(member.id));
}

/** @param {Room} room @param {Member} member */
function promote(room, member) {
  const dialog = template("promote-dialog");
  drawName(dialog, room.nameOf(toHex(member.id)));
  return ask(dialog, () => makeFacilitator(room.group, member.id));
}

/** @param {Room} room @param {Member} member */
function remove(room, member) {
  const dialog = template("remove-dialog");
  drawName(dialog, room.nameOf(toHex(member.id)));
  return ask(dialog, (form) => {
    const reason = { words: control(form, "reason").value.trim(), groupName: room.name ?? "", by: room.myName ?? "" };
    return removeMember(room.group, member.id, reason);
  });
}

/** A link for somebody who lost all keys, once their facilitator has spoken with them. @param {Room} room @param {Member} member */
function vouch(room, member) {
  const dialog = template("lost-dialog");
  drawName(dialog, room.nameOf(toHex(member.id)));
  return ask(dialog, async () => {
    const standing = standingToPass(room);
    const lost = room.group.log.member(member.id);
    const made = await makeInvite(room.group, { uses: 1, isKnown: false, by: room.myName ?? "", standing, ...(lost ? { lost } : {}) });
    await showLink(made, room.nameOf(toHex(member.id)));
  });
}

/** @param {{address: string, expiresMs: number}} made @param {string|undefined} name */
function showLink({ address, expiresMs }, name) {
  const dialog = /** @type {HTMLDialogElement} */ (template("lost-link-dialog"));
  drawName(dialog, name);
  say(part(dialog, "link"), address);
  showTime(/** @type {HTMLTimeElement} */ (part(dialog, "expires")), expiresMs);
  copyButton(dialog, () => address);
  return askOnce(dialog);
}

/** @param {Room} room */
function leave(room) {
  const dialog = template("leave-dialog");
  show(part(dialog, "last"), isAlone(room.group));
  return ask(dialog, async () => {
    await leaveGroup(room.group);
    location.assign("/groups/");
  });
}

/** @param {HTMLElement} element @returns {HTMLSelectElement} whose role the text is about: in hex, "" to become facilitator oneself */
const rescueChoice = (element) => /** @type {HTMLSelectElement} */ (part(element, "rescue-what"));

/** @param {Group} group @param {HTMLElement} element */
const chosen = (group, element) => (rescueChoice(element).value ? fromHex(rescueChoice(element).value) : group.me);

/** What the steward may be asked for, and the text for it. @param {Room} room @param {HTMLElement} element */
function drawRescue(room, element) {
  const { logNow: log, me, isFacilitator } = room.group;
  const others = log.facilitators().filter(({ id }) => !same(id, me));
  show(part(element, "rescue"), (!isFacilitator || others.length > 0) && log.steward !== null && !log.isClosed);
  const choice = rescueChoice(element);
  const [mine, ...now] = choice.options;
  const ids = others.map(({ id }) => toHex(id));
  if (now.map(({ value }) => value).join() !== ids.join()) {
    choice.replaceChildren(mine, ...ids.map((id) => new Option(line("rescue-lines", "end", { whom: room.nameOf(id) })?.textContent ?? "", id)));
  }
  mine.disabled = isFacilitator;
  if (choice.selectedOptions[0]?.disabled) choice.value = ids[0] ?? "";
  /** @type {HTMLTextAreaElement} */ (part(element, "rescue-text")).value = rescueText(room.group, chosen(room.group, element));
}

/** @param {Room} room @param {HTMLElement} element */
function onRescue(room, element) {
  const form = /** @type {HTMLFormElement} */ (part(element, "rescue-form"));
  onSend(form, async () => {
    const answer = control(form, "answer");
    if (!showProblems(form, needed(answer))) return;
    if (await attempt(() => useRescue(room.group, answer.value, chosen(room.group, element)), tellIn(form))) answer.value = "";
  });
}
