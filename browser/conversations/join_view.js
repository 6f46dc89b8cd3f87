/** Joining: the invite shows itself, then asking, then waiting with something to read. */

import { comeBackTo } from "../accounts/beginning.js";
import { keysOrUnlock } from "../accounts/session.js";
import { ableOrSay } from "../accounts/support.js";
import { pathOf } from "../groups/address.js";
import { askIn, dropFragment, openInvite, takeFragment } from "../groups/joining.js";
import { same, toHex } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { control, part, say, sentence, show, template } from "../ui/dom.js";
import { needed, onSend, showProblems, tellIn, working } from "../ui/form.js";
import { showTime } from "../ui/local_time.js";
import { attempt, sentenceOf } from "./attempt.js";
import { put } from "./stage.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Here } from "../groups/group.js" */
/** @typedef {Awaited<ReturnType<typeof openInvite>>} Invited */

/**
 * @param {HTMLElement} stage
 * @param {() => Promise<Here>} arrive keys and connection, once somebody is here
 */
export async function showJoin(stage, arrive) {
  const isSignedIn = "signedIn" in stage.dataset;
  const fragment = takeFragment();
  // Another link opened in this tab changes only the end of the address: the page begins anew with it.
  addEventListener("hashchange", () => takeFragment() && location.reload());
  if (!fragment) return put(stage, template("join-empty"));
  if (!(await ableOrSay())) return stage.replaceChildren();
  let invited;
  try {
    invited = await openInvite(fragment);
  } catch (why) {
    return showProblem(stage, why);
  }
  // Somebody who has an account but whose keys are locked opens them first and comes back here.
  if (isSignedIn) await keysOrUnlock();
  const element = drawCard(invited);
  show(part(element, "signed-out"), !isSignedIn);
  show(part(element, "need-account"), !isSignedIn);
  show(part(element, "form"), isSignedIn);
  if (isSignedIn) onAsk(stage, element, invited, await arrive());
  else comeBackTo("/join/");
  put(stage, element);
}

/** @param {HTMLElement} stage @param {unknown} why */
function showProblem(stage, why) {
  const element = template("join-problem");
  // A card that does not open with the link's secret belongs to another link: to the person it is the same thing.
  const isOdd = why instanceof SealError && why.code !== "invite-damaged";
  say(part(element, "why"), isOdd ? sentence("log-invite") : sentenceOf(why));
  dropFragment();
  put(stage, element);
}

/** @param {Invited} invited */
function drawCard({ card }) {
  const element = template("join-view");
  say(part(element, "group"), card.name);
  say(part(element, "by"), card.by);
  say(part(element, "agreement"), card.agreement);
  showTime(/** @type {HTMLTimeElement} */ (part(element, "expires")), card.expires);
  for (const model of [1, 2]) show(part(element, `model-${model}`), card.model === model);
  return element;
}

/** @param {HTMLElement} stage @param {HTMLElement} element @param {Invited} invited @param {Here} here */
function onAsk(stage, element, invited, here) {
  const form = /** @type {HTMLFormElement} */ (part(element, "form"));
  onSend(form, async () => {
    if (!showProblems(form, ["name", "principles", "agreed"].flatMap((each) => needed(control(form, each))))) return;
    working(form, part(element, "words").dataset.asking ?? "");
    await attempt(async () => {
      await askIn(here, invited, control(form, "name").value.trim());
      await showWaiting(stage, here, invited.card);
    }, tellIn(form));
    working(form, null);
  });
}

/** @param {HTMLElement} stage @param {Here} here @param {Invited["card"]} card */
async function showWaiting(stage, here, { group, name, by }) {
  let isEntering = false;
  // News and our own look may both say so, and the second would cut the first way short.
  const enter = () => {
    if (!isEntering) location.assign(pathOf(group));
    isEntering = true;
  };
  here.connection.on("admitted", (payload) => same(payload.group, group) && enter());
  const element = template("join-waiting");
  say(part(element, "group"), name);
  say(part(element, "by"), by);
  put(stage, element);
  const look = async () => {
    const { groups, asked } = await here.connection.call("home");
    const isThis = (/** @type {{group: Bytes}} */ each) => toHex(each.group) === toHex(group);
    const waits = asked.find(isThis);
    // Who comes back with new keys belongs all the while, and has nothing to open it with yet.
    if (groups.some(isThis) && !waits) enter();
    else if (waits?.state === "declined") put(stage, template("join-declined"));
  };
  here.connection.on("again", look);
  await look();
}
