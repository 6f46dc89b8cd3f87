/** What happened in the member list, in words; and the four words that show whether all see the same list. */

import { fourWords } from "../groups/four_words.js";
import { headNumbers } from "../groups/standing.js";
import { same, toHex } from "../sealing/codec.js";
import { TYPE } from "../sealing/log_entry.js";
import { ROLE, parseGenesis, parseIds, parseInviteTerms, parseRecord, parseRecords, parseRole } from "../sealing/log_payload.js";
import { STEWARD } from "../sealing/log_state.js";
import { part, say, show, template } from "../ui/dom.js";
import { language } from "../ui/language.js";
import { showTime } from "../ui/local_time.js";
import { line } from "./lines.js";

/** @import { Draft } from "../sealing/log_entry.js" */
/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Room } from "./room.js" */
/** @import { Pane } from "./group_view.js" */
/** @typedef {[line: string, whom: Bytes[]]} Told */

const AT_ONCE = 40;

/** @type {Record<number, (draft: Draft) => Told>} */
const LINES = {
  [TYPE.genesis]: ({ payload }) => ["started", [parseGenesis(payload).founder.memberId]],
  [TYPE.add]: ({ payload }) => ["added", parseRecords(payload).map(({ memberId }) => memberId)],
  [TYPE.remove]: ({ payload }) => ["removed", parseIds(payload)],
  [TYPE.leave]: () => ["left", []],
  [TYPE.rekey]: () => ["rekeyed", []],
  [TYPE.invite]: ({ payload }) => [inviteLine(parseInviteTerms(payload)), []],
  [TYPE.revoke]: () => ["revoked", []],
  [TYPE.setRole]: (draft) => roleLine(draft),
  [TYPE.updateKey]: () => ["new-key", []],
  [TYPE.rebind]: ({ payload }) => ["rebound", [parseRecord(payload).memberId]],
  [TYPE.setFkey]: () => ["facilitators-key", []],
  [TYPE.setLead]: () => ["leads", []],
  [TYPE.agreement]: () => ["agreed", []],
  [TYPE.close]: () => ["closed", []],
};

/** @param {{isKnown: boolean, isFromListing: boolean}} terms */
const inviteLine = ({ isKnown, isFromListing }) => (isFromListing ? "invited-listing" : isKnown ? "invited-known" : "invited");

/** @param {Draft} draft @returns {Told} */
function roleLine({ payload, actor }) {
  const { memberId, role } = parseRole(payload);
  const isUp = role === ROLE.facilitator;
  if (same(actor, STEWARD)) return [isUp ? "promoted-by-steward" : "demoted-by-steward", [memberId]];
  return isUp ? ["promoted", [memberId]] : ["stepped-back", [memberId]];
}

/** @param {Room} room @returns {Pane} */
export function logView(room) {
  const element = template("log-view");
  let shown = AT_ONCE;
  const update = () => {
    const { entries } = room.group;
    const items = entries.slice(-shown).reverse().map(({ draft }) => entryLine(room, draft));
    part(element, "entries").replaceChildren(...items);
    show(part(element, "more"), entries.length > shown);
    drawWords(room, part(element, "words"));
  };
  part(element, "more").addEventListener("click", () => {
    const first = shown;
    shown += AT_ONCE;
    update();
    /** @type {HTMLElement|undefined} */ (part(element, "entries").children[first])?.focus({ preventScroll: true });
  });
  return { element, update };
}

/** @param {Room} room @param {Draft} draft */
function entryLine(room, draft) {
  const item = template("log-entry");
  const [name, ids] = LINES[draft.type](draft);
  const nobody = template("nobody-named").textContent ?? "";
  const named = (/** @type {Bytes} */ id) => room.nameOf(toHex(id)) ?? nobody;
  const whom = new Intl.ListFormat(language()).format(ids.map(named));
  const words = line("log-lines", name, { by: named(draft.actor), whom });
  if (words) part(item, "what").replaceChildren(words);
  showTime(/** @type {HTMLTimeElement} */ (part(item, "time")), draft.timeMs);
  return item;
}

/** @param {Room} room @param {HTMLElement} place */
const drawWords = async (room, place) => say(place, await fourWords(await headNumbers(room.group)));
