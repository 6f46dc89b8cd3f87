/** What a screen shows before one has chosen anything on it: proposals, made from the screens before it, and what follows from a choice. */

import { ownZone, townOf } from "../../ui/clocks.js";
import { control, part, say, show } from "../../ui/dom.js";
import { propose } from "./begun.js";
import { dateOf, datesOf, dayOf, isDate, partOfDay, rhythmsFrom } from "./civil.js";
import { proposedLines } from "./draft_view.js";
import { partsOf } from "./place.js";
import { isTight } from "./run_sheet.js";
import { bounds, dateText, hoursText, rhythmText, sayList, text, weekdayText, whenText } from "./saying.js";

/** @import { Begun } from "./begun.js" */
/** @import { Rhythm } from "./civil.js" */
/** @import { Hours } from "./saying.js" */
/** @import { Shape } from "./run_sheet.js" */

const TWO_WEEKS = 14;
/** So many meetings are planned. */
const PLANNED = 3;

/** @param {Record<string, string>} values @returns {Hours} */
export const hoursOf = ({ first, time, zone, rhythm }) => ({ first, time, zone, rhythm: /** @type {Rhythm} */ (rhythm) });

/** The first meetings there will be. @param {Record<string, string>} values */
export const meetingsOf = (values) => datesOf(values["first"], hoursOf(values).rhythm, PLANNED);

/** Whose clock, and the days one may choose: once, when the form is new. @param {HTMLFormElement} form */
export function prepareForm(form) {
  const zones = [...new Set([ownZone(), ...Intl.supportedValuesOf("timeZone")])].filter((zone) => zone.includes("/") || zone === ownZone());
  const named = zones.map((zone) => [zone, townOf(zone)]).sort(([, one], [, other]) => one.localeCompare(other));
  control(form, "zone").replaceChildren(...named.map(([zone, name]) => new Option(name, zone, zone === ownZone(), zone === ownZone())));
  const [first, last] = bounds();
  Object.assign(control(form, "first"), { min: first, max: last });
  control(form, "first").value = dateOf(dayOf(first) + TWO_WEEKS);
  drawRhythms(form);
}

/** The rhythms that can begin on the chosen day; what was chosen stays, where it still can be. @param {HTMLFormElement} form @param {string} [chosen] */
export function drawRhythms(form, chosen) {
  const [first, select] = [control(form, "first").value, control(form, "rhythm")];
  if (!isDate(first)) return;
  const [rhythms, was] = [rhythmsFrom(first), chosen ?? select.value];
  // A fourth Tuesday may be the last one of its month, and a fifth one always is.
  const now = rhythms.find((each) => each === was) ?? (was === "nth" ? "last" : was === "last" ? "nth" : "weekly");
  select.replaceChildren(...rhythms.map((each) => new Option(rhythmText(first, each), each)));
  select.value = now;
}

/** @param {HTMLFormElement} form @param {Record<string, string>} values */
function drawComing(form, values) {
  const isWhole = isDate(values["first"]) && control(form, "first").validity.valid && values["time"] !== "";
  show(part(form, "coming"), isWhole);
  if (isWhole) sayList(part(form, "dates"), meetingsOf(values).map((date) => whenText(date, hoursOf(values))));
  const [length, people] = [Number(values["length"]), Number(values["size"])];
  show(part(form, "tight"), isTight({ length, people, shape: /** @type {Shape} */ (values["shape"]) }));
}

/** @param {HTMLFormElement} form @param {Record<string, string>} values */
function drawMeetings(form, values) {
  const dates = meetingsOf(values);
  for (let i = 0; i < PLANNED; i += 1) {
    const field = part(form, `meeting-${i + 1}`);
    show(field, i < dates.length);
    if (i < dates.length) say(part(field, "date"), dateText(dates[i]));
  }
}

/** The words one invites with: made of what was said before, and neutral, since they may hang on a wall. @param {Record<string, string>} values */
function invitingWords(values) {
  const { purpose, whom, way, second } = values;
  const said = (/** @type {string} */ name) => text("start-inviting-lines", name);
  const forWhom = whom ? text("start-inviting-lines", "whom", { whom: whom.trim().replace(/[.]$/, "") }) : "";
  return [said("begin"), purpose.trim(), forWhom, said(way), hoursText(hoursOf(values)), said("free"), said("kept"), second === "looking" ? said("looking") : "", said("ask")]
    .filter((each) => each !== "")
    .join("\n");
}

/** @type {Record<string, (values: Record<string, string>, form: HTMLFormElement) => Record<string, string>>} by screen, the fields it fills */
const PROPOSALS = {
  meetings: () => Object.fromEntries(["1", "2", "3"].map((number) => [`plan-${number}`, text("start-plans-lines", number)])),
  names: ({ first, time }) => ({ name: text("start-names-lines", partOfDay(time), { day: weekdayText(first) }) }),
  danger: () => ({ steps: text("start-plans-lines", "steps") }),
  agreement: ({ way }, form) => ({ lines: proposedLines(form, way) }),
  invite: (values) => ({ words: invitingWords(values) }),
};

/**
 * With what this screen proposes; before the last look, with what all of them do, since somebody may have gone back and changed the day.
 *
 * @param {string} step @param {Begun} begun @param {HTMLFormElement} form @returns {Begun}
 */
export function proposals(step, begun, form) {
  const all = step === "look" ? Object.values(PROPOSALS) : [PROPOSALS[step] ?? (() => ({}))];
  return all.reduce((now, proposed) => Object.entries(proposed(now.values, form)).reduce((one, [field, words]) => propose(one, field, words), now), begun);
}

/** Draws what follows from the choices. @param {string} step @param {HTMLFormElement} form @param {Record<string, string>} values */
export function drawScreen(step, form, values) {
  if (step === "place") for (const each of /** @type {const} */ (["where", "link", "phone"])) show(part(form, each), partsOf(values["way"]).includes(each));
  if (step === "rhythm") drawComing(form, values);
  if (step === "meetings") drawMeetings(form, values);
}
