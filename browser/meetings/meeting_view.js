/** When the group meets, on the reader's clock and the group's, and where: for everybody in it. */

import { line } from "../conversations/lines.js";
import { arrange } from "../conversations/arrange.js";
import { calendarDay, dayOn, dayText, hourText, hoursText, knows, ownZone, townOf, wallOn } from "../ui/clocks.js";
import { part, say, show, template } from "../ui/dom.js";
import { language } from "../ui/language.js";
import { changesAt, holdAgain, isMoved, leftOut, pausesOf } from "./changing.js";
import { Hours } from "./following.js";
import { dialOf, pageOf, placeIn } from "./place.js";
import { pauseLine, rhythm } from "./rhythm.js";
import { actOnce, dateActs, settingView } from "./setting_view.js";

/** @import { Room } from "../conversations/room.js" */
/** @import { Pane } from "../conversations/group_view.js" */
/** @import { MeetingDate } from "./hours.js" */

/** How many dates stand under the next one. */
const MORE = 6;

/** @param {Room} room @returns {Pane} */
export function meetingView(room) {
  const element = template("meeting-view");
  const hours = new Hours(room);
  const setting = settingView(room, hours);
  part(element, "setting").append(setting.element);
  const update = () => {
    drawState(element, hours);
    drawNext(element, hours);
    drawPlace(part(element, "place"), room);
    drawRest(element, room, hours);
    show(part(element, "setting"), hours.isHere && hours.maySet);
    setting.update();
  };
  hours.addEventListener("change", update);
  return { element, update };
}

/** What one reads where there are no dates. @param {HTMLElement} element @param {Hours} hours */
function drawState(element, hours) {
  const { isHere, isAway, times, dates } = hours;
  show(part(element, "opening"), !isHere && !isAway);
  show(part(element, "away"), !isHere && isAway);
  show(part(element, "none"), isHere && times.length === 0);
  show(part(element, "no-more"), isHere && times.length > 0 && dates.length === 0);
}

/** @param {HTMLElement} element @param {Hours} hours */
function drawNext(element, { dates, times, now }) {
  const card = part(element, "next");
  show(card, dates.length > 0);
  if (dates.length === 0) return;
  const [next] = dates;
  drawDate(card, next, times[next[2]].zone, ["same", "there"]);
  show(part(card, "now"), next[0] <= now);
  const own = ownZone();
  const alike = dates.filter(([, , number, wall]) => number === next[2] && !isMoved(times[number], wall));
  const changed = alike[0] === next ? changesAt(alike, own) : undefined;
  const words = changed === undefined ? null : line("meeting-lines", "changes", { day: dayText(changed, own, language()), time: hourText(changed, own, language()) });
  part(card, "changes").replaceChildren(...(words ? [words] : []));
}

/** The day and the hours on the reader's clock, and on the group's where it shows something else. @param {HTMLElement} root @param {MeetingDate} date @param {string} named zone @param {[string, string]} said where both clocks show the same, and where not */
function drawDate(root, [start, end], named, [same, there]) {
  const [own, tongue] = [ownZone(), language()];
  // An old browser may not know a zone that the server knows: then it shows one clock.
  const zone = knows(named) ? named : own;
  const time = /** @type {HTMLTimeElement} */ (part(root, "time"));
  time.dateTime = new Date(start).toISOString();
  say(part(root, "day"), dayText(start, own, tongue));
  say(part(root, "hours"), hoursText(start, end, own, tongue));
  const isSame = wallOn(start, own) === wallOn(start, zone);
  const places = { day: dayText(start, zone, tongue), time: hourText(start, zone, tongue), town: townOf(zone) };
  part(root, "there").replaceChildren(...[line("meeting-lines", isSame ? same : there, places)].filter((words) => words !== null));
}

/** @param {HTMLElement} root @param {Room} room */
function drawPlace(root, room) {
  const { where, link, phone } = { where: "", link: "", phone: "", ...placeIn(room) };
  const page = pageOf(link);
  // What is no address of a page stands as it was written.
  const words = [where, page ? "" : link].filter(Boolean).join("\n");
  say(part(root, "where"), words);
  show(part(root, "where"), words !== "");
  show(part(root, "link-row"), page !== null);
  say(part(root, "host"), page?.host ?? "");
  leadTo(part(root, "join"), page?.href ?? "");
  show(part(root, "phone-row"), phone !== "");
  say(part(root, "phone"), phone);
  leadTo(part(root, "phone"), dialOf(phone));
  show(part(root, "hybrid"), where !== "" && (page !== null || phone !== ""));
  show(part(root, "nothing"), !where && !link && !phone);
}

/** @param {HTMLElement} link @param {string} address "" for none */
function leadTo(link, address) {
  if (address) link.setAttribute("href", address);
  else link.removeAttribute("href");
}

/** @param {HTMLElement} element @param {Room} room @param {Hours} hours */
function drawRest(element, room, hours) {
  const { dates, times, now, isHere } = hours;
  const today = dayOn(now, ownZone());
  show(part(element, "rest"), isHere && times.length > 0);
  arrange(part(element, "lines"), times, { key: (each) => JSON.stringify(each), make: makeRhythm });
  const pauses = pausesOf(times, today);
  show(part(element, "pauses"), pauses.length > 0);
  arrange(part(element, "pauses"), pauses, { key: ({ first, last }) => `${first} ${last}`, make: () => template("meeting-pause"), update: (each, pause) => drawPause(each, room, pause) });
  const more = dates.slice(0, 1 + MORE);
  show(part(element, "dates-part"), more.length > 0);
  arrange(part(element, "dates"), more, {
    key: ([start, , number, wall]) => `${start} ${number} ${wall} ${JSON.stringify(times[number])}`,
    make: (date) => makeDate(hours, date),
    update: (each) => show(part(each, "acts"), hours.maySet),
  });
  const out = leftOut(times, today);
  show(part(element, "left-out"), out.length > 0);
  arrange(part(element, "left-out"), out, { key: ({ line: number, day }) => `${number} ${day}`, make: (each) => makeLeftOut(hours, each), update: (each) => show(part(each, "acts"), hours.maySet) });
}

/** @param {import("./hours.js").Times} times */
function makeRhythm(times) {
  const item = document.createElement("li");
  item.append(rhythm(times));
  return item;
}

/** @param {HTMLElement} item @param {Room} room @param {import("./changing.js").Pause} pause */
function drawPause(item, room, pause) {
  part(item, "words").replaceChildren(pauseLine(pause));
  say(part(item, "why"), placeIn(room).why?.[pause.first] ?? "");
}

/** @param {Hours} hours @param {MeetingDate} date */
function makeDate(hours, date) {
  const item = template("meeting-date");
  const [, , number, wall] = date;
  drawDate(item, date, hours.times[number].zone, ["", "short"]);
  show(part(item, "moved"), isMoved(hours.times[number], wall));
  dateActs(item, hours, date);
  return item;
}

/** @param {Hours} hours @param {{line: number, day: string}} out */
function makeLeftOut(hours, { line: number, day }) {
  const item = template("meeting-left-out");
  const words = line("meeting-lines", "left-out", { day: calendarDay(day, language()) });
  part(item, "words").append(...(words ? [words] : []));
  part(item, "hold").addEventListener("click", () => actOnce(() => hours.set((all) => holdAgain(all, number, day))));
  return item;
}
