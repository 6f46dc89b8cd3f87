/** On the page of one's groups: where things stand with groups one asked to join from the directory, in words. */

import { openAnswered, ownRequests, takeBack } from "../groups/requesting.js";
import { toHex } from "../sealing/codec.js";
import { part, say, show, template } from "../ui/dom.js";
import { attempt } from "./attempt.js";

/** @import { Asked } from "../groups/requesting.js" */
/** @import { Here } from "../groups/group.js" */

const JOIN = "/join/";

/**
 * @param {Here} here @param {Asked[]} requests
 * @param {() => Promise<unknown>} again draws the page anew
 * @returns {HTMLElement[]}
 */
export function drawRequests(here, requests, again) {
  const own = requests.length > 0 ? ownRequests(here) : null;
  return requests.map((asked) => {
    const element = template("home-request");
    own?.then((known) => drawTitle(element, known.get(toHex(asked.group))?.title), () => undefined);
    show(part(element, asked.state), true);
    show(part(element, "go-on"), asked.state === "invited");
    show(part(element, "take-back"), asked.state !== "declined" && asked.state !== "missed");
    show(part(element, "put-away"), asked.state === "missed");
    show(part(element, "look"), asked.state === "declined" || asked.state === "missed");
    part(element, "go-on").addEventListener("click", () => attempt(() => openAnswered(here, asked).then(() => location.assign(JOIN))));
    for (const name of ["take-back", "put-away"]) {
      part(element, name).addEventListener("click", async () => (await attempt(() => takeBack(here, asked))) && again());
    }
    return element;
  });
}

/** What the listing was called. @param {HTMLElement} element @param {string} [title] */
function drawTitle(element, title) {
  if (title) for (const place of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-title]"))) say(place, title);
}

/**
 * Which of them are told as a request, and which as an ask with a link: one group stands once on the page.
 *
 * @template {{group: Uint8Array<ArrayBuffer>, state: string}} Ask
 * @param {Ask[]} asked @param {Asked[]} requests
 * @returns {{asks: Ask[], listed: Asked[]}}
 */
export function toldOnce(asked, requests) {
  const [byLink, byListing] = [asked, requests].map((rows) => new Map(rows.map((row) => [toHex(row.group), row])));
  const listed = requests.filter(({ group }) => byLink?.get(toHex(group))?.state !== "waiting");
  // Who was invited from the listing and told no at the door reads no, and no more of an invite.
  const told = listed.map((row) => (byLink?.get(toHex(row.group))?.state === "declined" ? { ...row, state: /** @type {const} */ ("declined") } : row));
  return { asks: asked.filter(({ group, state }) => state === "waiting" || !byListing?.has(toHex(group))), listed: told };
}
