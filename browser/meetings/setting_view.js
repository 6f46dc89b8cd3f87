/** What facilitators do about a group's hours: lines, pauses, the place; and leaving out or moving one date. */

import { arrange } from "../conversations/arrange.js";
import { attempt } from "../conversations/attempt.js";
import { dayOn } from "../ui/clocks.js";
import { focusOn, part, show, template } from "../ui/dom.js";
import { addLine, changeLine, dayOf, dropLine, endPause, holdAgain, isMoved, leaveOut, lineOf, move, pausesOf } from "./changing.js";
import { moveForm, pauseForm, placeForm } from "./forms.js";
import { lineForm } from "./line_form.js";
import { pauseLine, rhythm } from "./rhythm.js";

/** @import { Room } from "../conversations/room.js" */
/** @import { Pane } from "../conversations/group_view.js" */
/** @import { Hours } from "./following.js" */
/** @import { MeetingDate, Times } from "./hours.js" */

/** @param {Room} room @param {Hours} hours @returns {Pane} */
export function settingView(room, hours) {
  const element = template("setting-view");
  const place = part(element, "form-place");
  const open = opener(place);
  part(element, "add-line").addEventListener("click", () => open(lineForm(null, (times) => hours.set((all) => addLine(all, times)))));
  part(element, "add-pause").addEventListener("click", () => open(pauseForm(room, hours)));
  part(element, "edit-place").addEventListener("click", () => open(placeForm(room)));
  const update = () => {
    arrange(part(element, "lines"), hours.times, {
      key: (times) => JSON.stringify(times),
      make: (times) => makeLine(hours, times, open),
    });
    arrange(part(element, "pauses"), pausesOf(hours.times, dayOn(hours.now, "UTC")), {
      key: ({ first, last }) => `${first} ${last}`,
      make: (pause) => makePause(hours, pause),
    });
    show(part(element, "add-pause"), hours.times.length > 0);
  };
  return { element, update };
}

/** What had the focus went away with what it did. */
function backToTitle() {
  const title = document.getElementById("meeting-title");
  if (title) focusOn(title, { preventScroll: true });
}

/** Does something after which its button is gone, and says where that failed. @param {() => Promise<unknown>} act */
export async function actOnce(act) {
  await attempt(act);
  if (document.activeElement === document.body) backToTitle();
}

/** Puts the open form away. */
let putAway = () => {};

/** One form at a time, under its buttons; done or put away, the keyboard is back where it was. @param {HTMLElement} place */
function opener(place) {
  return (/** @type {HTMLFormElement} */ form) => {
    const from = document.activeElement;
    putAway();
    const close = () => {
      putAway = () => {};
      place.replaceChildren();
      if (from instanceof HTMLElement && from.isConnected) from.focus();
      else backToTitle();
    };
    form.addEventListener("done", close);
    part(form, "not-now").addEventListener("click", close);
    putAway = () => place.replaceChildren();
    place.replaceChildren(form);
    focusOn(part(form, "title"));
  };
}

/** @param {Hours} hours @param {Times} times @param {(form: HTMLFormElement) => void} open */
function makeLine(hours, times, open) {
  const item = template("setting-line");
  part(item, "rhythm").append(rhythm(times));
  part(item, "change").addEventListener("click", () => open(lineForm(times, (to) => hours.set((all) => changeLine(all, times, to)))));
  part(item, "remove").addEventListener("click", () => actOnce(() => hours.set((all) => dropLine(all, times))));
  return item;
}

/** @param {Hours} hours @param {import("./changing.js").Pause} pause */
function makePause(hours, pause) {
  const item = template("setting-pause");
  part(item, "words").append(pauseLine(pause));
  part(item, "end").addEventListener("click", () => actOnce(() => hours.set((all) => endPause(all, pause.first))));
  return item;
}

/** Beside one date: leave it out, move it, or hold it as the rule says. @param {HTMLElement} item @param {Hours} hours @param {MeetingDate} date */
export function dateActs(item, hours, [, , number, wall]) {
  const times = hours.times[number];
  const day = dayOf(times, wall);
  /** @param {(all: Times[], line: number) => Times[]} change */
  const set = (change) => hours.set((all) => change(all, lineOf(all, times)));
  show(part(item, "back"), isMoved(times, wall));
  part(item, "back").addEventListener("click", () => actOnce(() => set((all, line) => holdAgain(all, line, day))));
  part(item, "leave-out").addEventListener("click", () => actOnce(() => set((all, line) => leaveOut(all, line, day))));
  const open = opener(part(item, "form-place"));
  const today = dayOn(hours.now, times.zone);
  part(item, "move").addEventListener("click", () => open(moveForm(wall, today, (to) => set((all, line) => move(all, line, day, to)))));
}
