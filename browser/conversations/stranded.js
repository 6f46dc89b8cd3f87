/**
 * What somebody was writing when the words it belonged to were taken back, here or on another device: an edit, a reply, how a share goes
 * on. It is shown above the talk, and offered as a new share; nothing of it is lost.
 */

import { part, say, template } from "../ui/dom.js";
import { arrange } from "./arrange.js";

/** @import { Circle } from "./circle.js" */
/** @import { Drafts } from "./drafts.js" */
/** @typedef {{place: string, text: string}} Stranded */

/** @param {string} place of a draft: what it belongs to stands at its end (act_boxes.js, composer.js) */
const itemOf = (place) => place.split(" ").at(-1) ?? "";

/** @param {Circle} circle @param {string} item id in hex */
const isGone = ({ shares, replies, chats }, item) => [shares, replies, chats].some((words) => words.get(item)?.isGone);

/** @param {[place: string, draft: {text: string}][]} begun @param {Circle} circle @returns {Stranded[]} */
export const strandedIn = (begun, circle) => begun.filter(([place]) => isGone(circle, itemOf(place))).map(([place, { text }]) => ({ place, text }));

/** @param {HTMLElement} list @param {Stranded[]} stranded @param {Drafts} drafts @param {(text: string) => void} use opens it as a new share */
export function drawStranded(list, stranded, drafts, use) {
  const before = list.childElementCount;
  arrange(list, stranded, {
    key: ({ place }) => place,
    make({ place, text }) {
      const element = template("stranded");
      say(part(element, "text"), text);
      const leave = () => {
        drafts.set(place, { text: "" });
        element.remove();
      };
      part(element, "away").addEventListener("click", leave);
      part(element, "use").addEventListener("click", () => {
        leave();
        use(text);
      });
      return element;
    },
  });
  // The box somebody was typing in went away under their fingers: a keyboard goes on here.
  if (list.childElementCount > before && document.activeElement === document.body) /** @type {HTMLElement} */ (list.firstElementChild).focus();
}
