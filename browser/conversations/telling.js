/**
 * What somebody who listens to the page is told of as it comes: who said something, never what. Many words at once, after a gap or in a
 * lively hour, are one sentence without a number, and then there is quiet for a while.
 */

import { toHex } from "../sealing/codec.js";
import { KIND } from "../sealing/envelope.js";
import { speak } from "../ui/voice.js";
import { line } from "./lines.js";

/** @import { Item } from "./circle.js" */
/** @import { Outbox } from "./sending.js" */
/** @import { Room } from "./room.js" */

/** @type {Record<number, string>} */
const SPOKEN = { [KIND.share]: "share", [KIND.reply]: "reply", [KIND.chat]: "chat" };
const GATHER_MS = 1_200;
const QUIET_MS = 10_000;

/** Tells of what others said, from now on. @param {Room} room */
export function tellOfArrivals(room) {
  /** @type {Item[]} */ let came = [];
  /** @type {ReturnType<typeof setTimeout>|undefined} */ let timer;
  let told = -QUIET_MS;
  const tell = () => {
    speak(lineOf(room, came));
    [came, timer, told] = [[], undefined, performance.now()];
  };
  room.addEventListener("arrived", (event) => {
    came.push(.../** @type {CustomEvent<Item[]>} */ (event).detail.filter((item) => isNew(room, item)));
    if (came.length > 0) timer ??= setTimeout(tell, Math.max(GATHER_MS, told + QUIET_MS - performance.now()));
  });
}

/** @param {Room} room @param {Item} item */
const isNew = (room, { kind, author, code, revision }) => kind in SPOKEN && !code && revision === 0 && author !== toHex(room.group.me);

/** @param {Room} room @param {Item[]} came */
function lineOf(room, came) {
  const [{ kind, author }] = came;
  const isAlike = came.every((each) => each.kind === kind && each.author === author);
  return isAlike ? line("spoken-lines", SPOKEN[kind], { who: room.nameOf(author) }) : line("spoken-lines", "many");
}

/** Tells of what becomes of one's own words, from now on: that they wait, that they went, or why they don't go; each once. @param {Outbox} outbox @param {() => boolean} isAway is there no line? */
export function tellOfSending(outbox, isAway) {
  /** @type {Map<string, string>} */
  const told = new Map();
  const look = (/** @type {(why: string|undefined) => void} */ tell) => {
    for (const { id, why } of outbox.entries) {
      const what = why ?? (isAway() ? "held" : "");
      if (what && told.get(id) !== what) tell(why);
      told.set(id, what);
    }
  };
  look(() => undefined);
  outbox.addEventListener("change", () => look((why) => speak(why ?? line("spoken-lines", "held"))));
  outbox.addEventListener("sent", () => speak(line("spoken-lines", "sent")));
}

/** Tells a facilitator that somebody has come to the door, from now on. @param {Room} room */
export function tellOfAsking(room) {
  /** @type {Set<string>|undefined} */ let known;
  room.addEventListener("asks", () => {
    const now = new Set([...room.asks, ...room.fromListing.wishes].map(({ key }) => key));
    if (known && [...now].some((key) => !known?.has(key))) speak(line("spoken-lines", "waiting"));
    known = now;
  });
}
