/** What somebody was told when they were removed from a group. */

import { readNotice } from "../groups/notices.js";
import { SealError } from "../sealing/errors.js";
import { part, say, sentence, show, template } from "../ui/dom.js";
import { showTime } from "../ui/local_time.js";
import { put } from "./stage.js";

/** @import { Here } from "../groups/group.js" */
/** @import { Notice } from "../groups/notices.js" */

/** @param {HTMLElement} stage @param {Here} here */
export async function showAppeals(stage, here) {
  const element = template("appeals-view");
  const { notices } = await here.connection.call("notices");
  show(part(element, "empty"), notices.length === 0);
  part(element, "notices").append(...(await Promise.all(notices.map((/** @type {Notice} */ notice) => drawNotice(here, notice)))));
  put(stage, element);
}

/** @param {Here} here @param {Notice} notice */
async function drawNotice(here, notice) {
  const element = template("appeals-notice");
  showTime(/** @type {HTMLTimeElement} */ (part(element, "sent")), notice.sent);
  try {
    const { words, groupName, by } = await readNotice(here, notice);
    say(part(element, "words"), words);
    if (groupName) say(part(element, "group"), groupName);
    say(part(element, "by"), by);
  } catch (why) {
    if (!(why instanceof SealError)) throw why;
    say(part(element, "closed"), sentence(why.code));
    show(part(element, "closed"), true);
    // Nothing of it is known to be true, not even that somebody wrote.
    for (const name of ["told", "words", "appeal"]) show(part(element, name), false);
  }
  return element;
}
