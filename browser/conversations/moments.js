/**
 * What is told once on a group's page, and quietly: what happens here, at a first visit; what comes next, to somebody who is alone; what a
 * new facilitator may do; and a sentence after first words. Nothing of it is kept anywhere: who is new here is in the member list, and
 * who was here before has a copy of the group on this device, or has closed it in this tab.
 */

import { same, toHex } from "../sealing/codec.js";
import { TYPE } from "../sealing/log_entry.js";
import { ROLE, parseRole } from "../sealing/log_payload.js";
import { part, say, show, template } from "../ui/dom.js";
import { line } from "./lines.js";
import { named } from "./parts.js";
import { hold } from "./stage.js";

/** @import { LogState } from "../sealing/log_state.js" */
/** @import { Room } from "./room.js" */

/** For so long somebody is new. */
const NEW_MS = 14 * 24 * 3600 * 1000;
/** What was closed in this tab; forgotten with it (accounts/device_mode.js). */
const CLOSED = "hs-closed";

/** @param {Room} room @returns {number} when this member came, by the clock of who let them in */
const cameAt = ({ group }) => group.entries.find(({ draft }) => draft.epoch === group.self?.sinceEpoch)?.draft.timeMs ?? 0;

/** @param {number} milliseconds */
const isRecent = (milliseconds) => Date.now() - milliseconds < NEW_MS;

/** @param {Room} room */
function hasSpoken({ circle, group }) {
  const me = toHex(group.me);
  return [circle.shares, circle.replies, circle.chats].some((words) => [...words.values()].some(({ author }) => author === me));
}

/** The entry that made this member a facilitator, where it came after what this device had seen. @param {Room} room */
const promotion = ({ group }) =>
  group.entries.slice(group.keptTo).findLast(({ draft: { type, payload } }) => {
    if (type !== TYPE.setRole) return false;
    const { memberId, role } = parseRole(payload);
    return role === ROLE.facilitator && same(memberId, group.me);
  });

/** Which of them is to be told by itself now, if any. @param {Room} room @returns {string} id of its template, or "" */
export function momentOf(room) {
  const { group } = room;
  if (group.trouble || group.log.isClosed || !group.self) return "";
  if (group.isFacilitator) return group.log.active().length === 1 ? "alone" : ofNewFacilitator(room);
  return group.keptTo === 0 && isRecent(cameAt(room)) && !hasSpoken(room) ? "first-visit" : "";
}

/** @param {Room} room */
const ofNewFacilitator = (room) => (isRecent(promotion(room)?.draft.timeMs ?? 0) ? "new-facilitator" : "");

/** Those who guide the group, by name. @param {Room} room @returns {string[]} */
const guidesOf = (room) => room.group.logNow.active().flatMap(({ id, isFacilitator }) => (isFacilitator ? (room.nameOf(toHex(id)) ?? []) : []));

/** @type {("shares"|"replies")[]} */
const FIRSTS = ["shares", "replies"];

/** How many of them are this member's own; how a share goes on is no reply. @param {Room} room @param {"shares"|"replies"} kind */
const mine = ({ circle, group }, kind) => [...circle[kind].values()].filter(({ author, part: isPart }) => author === toHex(group.me) && !isPart).length;

export class Moments {
  #closed = new Set((sessionStorage.getItem(CLOSED) ?? "").split(" "));
  /** @type {string|null} what stands there, "" nothing; null before it was drawn first */ #name = null;
  /** @type {HTMLElement|null} */ #element = null;
  /** @type {LogState|undefined} the list as it was when this was last looked at */ #list;
  #isCalled = false;
  #isWatching = false;
  #room;
  #place;
  #button;
  #words;

  /** @param {Room} room @param {HTMLElement} page with a place for it, and the button that calls it back */
  constructor(room, page) {
    this.#room = room;
    this.#place = part(page, "moment");
    this.#button = part(page, "what-happens");
    this.#words = part(page, "first-words");
    this.#button.addEventListener("click", () => this.#toggle());
  }

  /** @param {boolean} isHere on the talk; the other parts of the page have their own */
  draw(isHere) {
    this.#watch();
    this.#name = this.#next();
    if (this.#element?.dataset["name"] !== this.#name) this.#element = this.#name ? this.#make(this.#name) : null;
    show(this.#place, isHere || this.#isCalled);
    show(this.#words, isHere);
    hold(this.#place, this.#element);
    this.#button.setAttribute("aria-expanded", String(this.#isShown));
    if (this.#element) this.#drawGuides(this.#element);
  }

  get #isShown() {
    return this.#name === "first-visit" && !this.#place.hidden;
  }

  /** What was shown stays until it is closed, or is not so any more. */
  #next() {
    if (this.#list === this.#room.group.log) return this.#name ?? "";
    this.#list = this.#room.group.log;
    const now = momentOf(this.#room);
    if (now === "alone" || (now && now !== this.#name && !this.#closed.has(this.#mark(now)))) return now;
    return this.#name === "alone" ? "" : (this.#name ?? "");
  }

  /** @param {string} name */
  #mark(name) {
    return `${name}:${toHex(this.#room.group.me).slice(0, 8)}`;
  }

  /** @param {string} name */
  #make(name) {
    const element = template(name);
    element.dataset["name"] = name;
    element.querySelector('[data-part="close"]')?.addEventListener("click", () => {
      this.#close();
      this.#button.focus();
    });
    return element;
  }

  #close() {
    if (this.#name) this.#closed.add(this.#mark(this.#name));
    sessionStorage.setItem(CLOSED, [...this.#closed].join(" ").trim());
    [this.#name, this.#isCalled] = ["", false];
    this.draw(false);
  }

  #toggle() {
    if (this.#isShown) return this.#close();
    [this.#name, this.#isCalled] = ["first-visit", true];
    this.draw(true);
    this.#element?.querySelector("h2")?.focus();
  }

  /** After somebody's first share, and first reply, as far as this page knows, a sentence for them. */
  #watch() {
    const { desk } = this.#room;
    if (!desk || this.#isWatching) return;
    this.#isWatching = true;
    desk.outbox.addEventListener("sent", () => {
      // To somebody alone the card above says what comes next.
      if (this.#room.group.log.active().length === 1) return;
      const first = FIRSTS.filter((kind) => !this.#room.hasEarlier && mine(this.#room, kind) === 0);
      this.#room.addEventListener("change", () => this.#tell(first.find((kind) => mine(this.#room, kind) > 0)), { once: true });
    });
  }

  /** @param {"shares"|"replies"} [kind] nothing is told any more without */
  #tell(kind) {
    const words = document.createElement("p");
    words.className = "notice";
    words.append((kind && line("first-words-lines", kind)) ?? "");
    this.#words.replaceChildren(...(kind ? [words] : []));
  }

  /** @param {HTMLElement} element */
  #drawGuides(element) {
    const guides = guidesOf(this.#room);
    const place = /** @type {HTMLElement|null} */ (element.querySelector('[data-part="guides"]'));
    if (place && guides.length > 0) say(place, named(guides));
  }
}
