/** Who has new keys, and what the steward's key did, told to all; and to who came back, how it stands with what was said before. */

import { hasPast, returnsOf, tendHistory, waitingFor } from "../groups/returning.js";
import { needsNewKeys, renewKeys } from "../groups/renewing.js";
import { same, toHex } from "../sealing/codec.js";
import { ROLE, parseRole } from "../sealing/log_payload.js";
import { STEWARD } from "../sealing/log_state.js";
import { part, show, template } from "../ui/dom.js";
import { showTime } from "../ui/local_time.js";
import { afterChanges } from "./tending.js";
import { line } from "./lines.js";
import { TOLD_FOR } from "./told_for.js";

/** @import { Return } from "../sealing/history.js" */
/** @import { Room } from "./room.js" */

/** @param {Room} room @param {HTMLElement} place where it is told @returns {() => void} stops */
export function tendReturns(room, place) {
  const { group } = room;
  const draw = () => drawReturns(room, place);
  const work = async () => {
    if (group.trouble) return;
    if (needsNewKeys(group)) await renewKeys(group);
    await tendHistory(group);
    draw();
  };
  const given = (/** @type {{group: import("../sealing/codec.js").Bytes}} */ payload) => same(payload.group, group.id) && work().catch(() => undefined);
  const stops = [afterChanges(room, work), group.here.connection.on("history", given)];
  room.addEventListener("change", draw);
  draw();
  return () => {
    room.removeEventListener("change", draw);
    for (const stop of stops) stop();
  };
}

/** @param {Room} room @param {HTMLElement} place */
function drawReturns(room, place) {
  const waiting = waitingFor(room.group);
  if (hasPast(room.group)) room.offerPast(waiting === null);
  const others = returnsOf(room.group).filter(({ member }) => !same(member.id, room.group.me));
  const told = others.filter(({ timeMs }) => Date.now() - timeMs < TOLD_FOR);
  const lines = told.map((back) => bannerOf(room, back));
  const words = [...stewardsActs(room), ...lines, ...(waiting ? [noticeOf(waiting)] : [])];
  if (place.textContent !== words.map(({ textContent }) => textContent).join("")) place.replaceChildren(...words);
  show(place, words.length > 0);
}

/** What the steward's key did, told to all for as long. @param {Room} room @returns {HTMLElement[]} */
function stewardsActs(room) {
  const acts = room.group.entries.filter(({ draft }) => same(draft.actor, STEWARD) && Date.now() - draft.timeMs < TOLD_FOR);
  return acts.map(({ draft }) => {
    const { memberId, role } = parseRole(draft.payload);
    const banner = template("return-banner");
    const words = line("return-lines", role === ROLE.facilitator ? "steward-promoted" : "steward-demoted", { whom: room.nameOf(toHex(memberId)) });
    if (words) banner.replaceChildren(words);
    return banner;
  });
}

/** @param {Room} room @param {Return} back */
function bannerOf(room, { member, by, isVouchedTwice }) {
  const banner = template("return-banner");
  const names = { whom: room.nameOf(toHex(member.id)), by: room.nameOf(toHex(by)) };
  const words = line("return-lines", isVouchedTwice ? "vouched-twice" : "vouched", names);
  if (words) banner.replaceChildren(words);
  return banner;
}

/** @param {import("../groups/returning.js").Waiting} waiting */
function noticeOf({ isLost, fromMs }) {
  const notice = template("history-notice");
  show(part(notice, "lost"), isLost);
  show(part(notice, "waiting"), !isLost);
  showTime(/** @type {HTMLTimeElement} */ (part(notice, "from")), fromMs);
  return notice;
}
