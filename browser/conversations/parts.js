/** Small things several views draw: a name, a time, words or the sentence for why there are none, and who can read. */

import { part, say, sentence, show } from "../ui/dom.js";
import { language } from "../ui/language.js";
import { tellTime } from "../ui/local_time.js";
import { counted, line } from "./lines.js";

/** @import { Words } from "./circle.js" */
/** @import { Room } from "./room.js" */

/**
 * A name, and where somebody sits: the first sign of it, in a colour that comes from who they are here.
 *
 * @param {HTMLElement} root @param {string|undefined} name the template's own word stays where there is none
 * @param {string} [id] of the member, in hex
 */
export function drawName(root, name, id) {
  if (!name) return;
  const node = part(root, "name");
  say(node, name);
  if (!id) return;
  node.dataset.letter = [...name][0]?.toUpperCase();
  node.style.setProperty("--hue", String(parseInt(id.slice(0, 2), 16) * 1.4));
}

/** Names in one sentence, as this language strings them together; each keeps its own direction. @param {string[]} names @param {"conjunction"|"unit"} [type] */
export const named = (names, type = "conjunction") =>
  names.length === 1 ? names[0] : new Intl.ListFormat(language(), { type }).format(names.map((name) => `\u2068${name}\u2069`));

/**
 * Who said it, when, and what; or why it is not shown. Of what did not open nothing is vouched for, its author neither: anybody
 * could let a header name somebody.
 *
 * @param {HTMLElement} root @param {Words} words @param {Room} room
 */
export function drawWords(root, words, room) {
  const time = /** @type {HTMLTimeElement} */ (part(root, "time"));
  // What can be done with these words is called after them (acts.js, share_view.js).
  [part(root, "name").id, time.id] = [`who-${words.id}`, `when-${words.id}`];
  if (!words.code) drawName(root, room.nameOf(words.author), words.author);
  if (!words.code) drawTime(time, words.received);
  show(time, !words.code);
  show(part(root, "edited"), !words.code && !words.isGone && words.revision > 0);
  drawOwnClock(root, words.ownClock);
  say(part(root, "text"), words.text ?? "");
  part(root, "text").toggleAttribute("data-wordless", isWordless(words.text ?? ""));
  say(part(root, "closed"), words.code ? sentence(words.code) : "");
  show(part(root, "text"), !words.code && !words.isGone);
  show(part(root, "closed"), Boolean(words.code));
  drawNext(part(root, "closed-next"), words.code);
}

/** A few little pictures and nothing else, as one sends them on a day without words: seen as large as they are meant. */
const WORDLESS = /^(?=.*\p{Extended_Pictographic})(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\s){1,40}$/u;

/** @param {string} text */
export const isWordless = (text) => WORDLESS.test(text);

/** @type {Record<string, string>} what comes next for words that stay closed: for all others "other" */
const NEXT = { "no-epoch-box": "key", "before-you-joined": "before" };

/** @param {HTMLElement} node @param {string} [code] */
function drawNext(node, code) {
  const name = code ? (NEXT[code] ?? "other") : "";
  if ((node.dataset["drawn"] ?? "") === name) return;
  node.dataset["drawn"] = name;
  node.replaceChildren(...(name ? [line("closed-lines", name) ?? ""] : []));
  show(node, name !== "");
}

/** @param {HTMLElement} root @param {number|undefined} milliseconds */
function drawOwnClock(root, milliseconds) {
  show(part(root, "own-clock"), milliseconds !== undefined);
  if (milliseconds !== undefined) drawTime(/** @type {HTMLTimeElement} */ (part(root, "sent")), milliseconds);
}

/** Writing a time is slow, and each live word draws the page again. @param {HTMLTimeElement} node @param {number} milliseconds */
function drawTime(node, milliseconds) {
  const drawn = `${milliseconds} ${new Date().toDateString()}`;
  if (node.dataset.at === drawn) return;
  node.dataset.at = drawn;
  tellTime(node, milliseconds);
}

/** "12 people can read this", by the member list this browser checked. @param {HTMLElement} node @param {Room} room */
export const drawReaders = (node, room) => node.replaceChildren(counted("count-readers", room.group.log.active().length));

/**
 * A sentence about what would help, where something was asked for.
 *
 * @param {HTMLElement} node @param {string} list @param {Words} share @param {Room} room
 */
export function drawHelp(node, list, share, room) {
  const who = room.nameOf(share.author);
  const drawn = `${share.help ?? ""} ${who ?? ""}`;
  if (node.dataset.drawn === drawn) return;
  node.dataset.drawn = drawn;
  const words = share.help ? line(list, share.help, { who }) : null;
  show(node, words !== null);
  node.replaceChildren(...(words ? [words] : []));
}
