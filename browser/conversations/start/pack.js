/** The pages a founder prints: made here, since the server cannot read what stands on them. */

import { part, say, show, template } from "../../ui/dom.js";
import { alwaysOf, wholeAgreement } from "./draft_view.js";
import { placeText } from "./place.js";
import { runSheet } from "./run_sheet.js";
import { hoursOf, meetingsOf } from "./screens.js";
import { dateText, hoursText, laterText, sayList, text, whenText } from "./saying.js";

/** @import { Shape } from "./run_sheet.js" */
/** @typedef {Record<string, string>} Values */

/** @param {HTMLElement} root @param {Values} values @param {boolean} hasLead has this network somebody who may be told? */
export function drawPack(root, values, hasLead) {
  const limit = alwaysOf(values["model"])[1] ?? "";
  /** @type {Values} */ const said = {
    words: values["words"],
    purpose: values["purpose"],
    agreement: wholeAgreement(values),
    when: hoursText(hoursOf(values)),
    place: placeText(values),
    says: values["purpose"],
    limit,
    calls: values["calls"],
    steps: values["steps"],
    told: limit,
  };
  for (const [name, words] of Object.entries(said)) {
    say(part(root, name), words ?? "");
    show(part(root, name), Boolean(words?.trim()));
  }
  show(part(root, "no-calls"), !values["calls"]?.trim());
  show(part(root, "has-lead"), hasLead);
  show(part(root, "no-lead"), !hasLead);
  const dates = meetingsOf(values);
  sayList(part(root, "dates"), dates.map((date) => whenText(date, hoursOf(values))));
  part(root, "meetings").replaceChildren(...dates.map((date, i) => drawMeeting(date, i + 1, values)));
}

/** @param {string} date @param {number} number @param {Values} values */
function drawMeeting(date, number, values) {
  const element = template("start-meeting");
  const [shape, length] = [/** @type {Shape} */ (values["shape"]), Number(values["length"])];
  say(part(element, "title"), dateText(date));
  say(part(element, "plan"), values[`plan-${number}`] ?? "");
  let passed = 0;
  const rows = runSheet({ length, shape, number }).map(({ step, minutes }) => {
    const row = template("start-plan-row");
    say(part(row, "from"), laterText(values["time"], passed));
    say(part(row, "what"), text("start-run-sheet-lines", step));
    say(part(row, "minutes"), String(minutes));
    passed += minutes;
    return row;
  });
  part(element, "rows").replaceChildren(...rows);
  return element;
}
