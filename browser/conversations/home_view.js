/** My groups: names opened here, what waits, and the way to start one. */

import { forgetLongAway, wasLongAway } from "../accounts/beginning.js";
import { offerCode } from "../accounts/code_offer.js";
import { copiesToWrite, ownWordsOf } from "../accounts/own_words.js";
import { askSeal } from "../accounts/seal_requests.js";
import { pathOf } from "../groups/address.js";
import { Group } from "../groups/group.js";
import { promisedTo } from "../groups/promised.js";
import { NOBODY } from "../local/records.js";
import { SealError } from "../sealing/errors.js";
import { part, say, sentence, show, template } from "../ui/dom.js";
import { sentenceOf } from "./attempt.js";
import { forgetOthers } from "./copying.js";
import { drawName, drawReaders } from "./parts.js";
import { drawRequests, toldOnce } from "./requests_view.js";
import { Room } from "./room.js";
import { put } from "./stage.js";
import { hasBegun, Visit } from "./waits.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Here } from "../groups/group.js" */

/** So long the page is "opening" at most, while names are opened. */
const PATIENCE_MS = 500;

/**
 * Draws the page, and draws it anew when there is other news to tell: what stands is not taken from under somebody who reads it.
 *
 * @param {HTMLElement} stage @param {Here} here
 */
export async function showHome(stage, here) {
  let told = "";
  const look = async () => {
    const news = await Promise.all([here.connection.call("home"), askSeal("network")]);
    if (JSON.stringify(news) === told) return;
    await drawHome(stage, here, ...news, look);
    told = JSON.stringify(news);
  };
  let last = look();
  for (const topic of ["admitted", "answered", "again"]) here.connection.on(topic, () => (last = last.then(look, look).catch(() => undefined)));
  await last;
}

/** @param {HTMLElement} stage @param {Here} here @param {any} home @param {any} network what the server answered @param {() => Promise<unknown>} again */
async function drawHome(stage, here, { groups, asked, requests, notices }, network, again) {
  const element = template("home-view");
  await forgetOthers(await copiesToWrite(here.keys), groups.map((/** @type {any} */ { group }) => group));
  show(part(element, "notices"), notices > 0);
  show(part(element, "empty"), groups.length === 0 && asked.length === 0 && requests.length === 0);
  await drawStart(element, here, network.you_may_start);
  const { asks, listed } = toldOnce(asked, requests);
  show(part(element, "asked"), asks.length + listed.length > 0);
  const offered = network.you_may_have_code && groups.length > 0 && offerCode(part(element, "code-offer"));
  part(element, "asks").replaceChildren(...asks.map((/** @type {any} */ ask) => drawAsk(here, ask)), ...drawRequests(here, listed, again));
  drawLongAway(part(element, "long-away"));
  const cards = groups.map((/** @type {any} */ { group, closed }) => drawGroup(here, group, closed));
  part(element, "groups").replaceChildren(...cards.map((/** @type {Card} */ card) => card.element));
  // Cards that are drawn by then move no others away any more.
  await Promise.race([Promise.all([offered, ...cards.map((/** @type {Card} */ card) => card.drawn)]), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  put(stage, element);
}

/** @typedef {{element: HTMLElement, drawn: Promise<unknown>}} Card */

/** @param {Here} here @param {Bytes} id @param {boolean} isClosed @returns {Card} */
function drawGroup(here, id, isClosed) {
  const element = template("home-group");
  /** @type {HTMLAnchorElement} */ (part(element, "link")).href = pathOf(id);
  show(part(element, "closed"), isClosed);
  const drawn = name(here, id, element).catch((why) => {
    if (why instanceof SealError && why.code === "no-keys") return show(part(element, "no-keys"), true);
    say(part(element, "trouble"), sentenceOf(why));
    show(part(element, "trouble"), true);
  });
  return { element, drawn };
}

/** @param {Here} here @param {Bytes} id @param {HTMLElement} element */
async function name(here, id, element) {
  const room = new Room(new Group(here, id));
  const visit = await Visit.to(room);
  const waits = await visit.waits();
  drawName(element, room.name);
  drawReaders(part(element, "readers"), room);
  say(part(element, "trouble"), room.group.trouble ? sentence(room.group.trouble) : "");
  show(part(element, "trouble"), room.group.trouble !== null);
  part(element, "waits").replaceChildren(...waits);
}

/** Starting a group, or going on with it. @param {HTMLElement} element @param {Here} here @param {boolean} may */
async function drawStart(element, here, may) {
  const begun = await hasBegun(await ownWordsOf(here.keys), NOBODY);
  show(part(element, "start"), may && !begun);
  show(part(element, "start-on"), begun);
}

/** Said once, at the first visit after two months. @param {HTMLElement} card */
function drawLongAway(card) {
  show(card, wasLongAway());
  part(card, "seen").addEventListener("click", () => {
    forgetLongAway();
    show(card, false);
  });
}

/** @param {Here} here @param {{group: Bytes, state: string}} asked */
function drawAsk(here, { group, state }) {
  const element = template("home-asked");
  promisedTo(here.keys, group).then((promised) => promised?.to && say(part(element, "group"), promised.to));
  show(part(element, state === "declined" ? "declined" : "waiting"), true);
  return element;
}
