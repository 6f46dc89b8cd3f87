/** A group's page: its name, who can read it, what is wrong if anything is, and one of its parts at a time. */

import { Group } from "../groups/group.js";
import { toHex } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { part, say, sentence, show, template } from "../ui/dom.js";
import { keepFocus } from "../ui/focus.js";
import { later } from "../ui/later.js";
import { Refusal } from "../ui/refusal.js";
import { speak } from "../ui/voice.js";
import { attempt, tellsForItself } from "./attempt.js";
import { line } from "./lines.js";
import { Moments } from "./moments.js";
import { drawReaders } from "./parts.js";
import { Room } from "./room.js";
import { talkView } from "./talk_view.js";
import { tellOfArrivals } from "./telling.js";
import { hasReturns } from "./told_for.js";
import { hold, put, showBroken } from "./stage.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Here } from "../groups/group.js" */
/** @import { Tools } from "./tools.js" */
/** @import { Writing } from "./writing.js" */
/** @typedef {{element: HTMLElement, update: () => void}} Pane a part of the page that draws itself from the room */

/** These come later, when they are first wanted (tools.js). */
const LATER = new Set(["meeting", "people", "agreement", "log", "facilitating", "host", "chat"]);

/** @param {HTMLElement} stage @param {Here} here @param {Bytes|null} id */
export async function showGroup(stage, here, id) {
  if (!id) return put(stage, template("room-gone"));
  const group = new Group(here, id);
  try {
    await new GroupPage(stage, await Room.open(group)).show();
  } catch (why) {
    if (why instanceof Refusal && why.code === "not-found") return put(stage, template("room-gone"));
    if (!(why instanceof SealError)) throw why;
    // The list was not believed.
    showBroken(stage, why);
    const { recordOffer } = /** @type {Tools} */ (await later("tools"));
    stage.firstElementChild?.append(recordOffer(group, why.code));
  }
}

class GroupPage {
  #element = template("room-view");
  /** @type {Map<string, Pane>} */ #panes = new Map();
  /** @type {Map<string, string|undefined>} */ #people = new Map();
  /** @type {(() => void)[]} */ #stops;
  #isDrawing = false;
  #isGone = false;
  /** On the page, not only drawn. */ #isThere = false;
  #keepsDoor = false;
  #writes = false;
  #tellOfWriting = tellsForItself();
  /** The part on the page: not yet, or not at all, the one that was asked for. */ #shown = "talk";
  #stage;
  #room;
  #moments;

  /** @param {HTMLElement} stage @param {Room} room */
  constructor(stage, room) {
    this.#stage = stage;
    this.#room = room;
    this.#moments = new Moments(room, this.#element);
    const draw = () => this.#drawSoon();
    room.addEventListener("change", draw);
    room.addEventListener("asks", draw);
    tellOfArrivals(room);
    this.#stops = [() => room.close()];
    room.addEventListener("gone", () => {
      this.#isGone = true;
      for (const stop of this.#stops) stop();
      put(stage, template("room-gone"));
    });
    addEventListener("hashchange", () => attempt(() => this.#turnTo(true)));
  }

  async show() {
    // Its place is above what others said: without it they would move when it comes.
    if (this.#room.hasUnsent || hasReturns(this.#room.group)) await this.#mayWrite();
    // Drawn from the copy while what came since is on its way, which is the same wait on a weak device far out.
    await this.#turnTo(false);
    await this.#room.settled;
    if (this.#isGone) return;
    this.#people = this.#active();
    this.#isThere = true;
    this.#draw();
    put(this.#stage, this.#element);
  }

  get #tab() {
    const asked = location.hash.slice(1);
    return LATER.has(asked) && (asked !== "facilitating" || this.#room.group.isFacilitator) ? asked : "talk";
  }

  /** @param {string} tab @returns {Promise<Pane>} */
  async #pane(tab) {
    const pane = this.#panes.get(tab) ?? (await makerOf(tab))(this.#room);
    this.#panes.set(tab, pane);
    return pane;
  }

  /** @param {boolean} withFocus */
  async #turnTo(withFocus) {
    const tab = this.#tab;
    const pane = await this.#pane(tab);
    if (tab !== this.#tab) return;
    hold(part(this.#element, "pane"), pane.element);
    this.#shown = tab;
    for (const link of this.#element.querySelectorAll("[data-tab]")) {
      if (link.getAttribute("data-tab") === tab) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    this.#draw();
    // Without scrolling: the parts' names stay in sight, and nothing moves away under a finger.
    if (withFocus) this.#heading?.focus({ preventScroll: true });
  }

  /** Of the part that is shown. @returns {HTMLElement|null} */
  get #heading() {
    return part(this.#element, "pane").querySelector("h2[tabindex]");
  }

  /** Many changes at once are drawn once. */
  #drawSoon() {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    queueMicrotask(() => {
      this.#isDrawing = false;
      keepFocus(() => this.#draw());
    });
  }

  /** A facilitator's browser looks after the door, from the moment its person is one. */
  async #mayKeepDoor() {
    if (this.#keepsDoor || !this.#room.group.isFacilitator) return;
    this.#keepsDoor = true;
    const { keepDoor } = await later("tools");
    this.#stops.push(keepDoor(this.#room));
  }

  /** Writing, and what a member's browser does by itself, begin when they have come; where the line broke on the way, at a later drawing. */
  async #mayWrite() {
    if (this.#writes) return;
    this.#writes = true;
    this.#writes = await attempt(async () => {
      const { begin } = /** @type {Writing} */ (await later("writing"));
      this.#stops.push(await begin(this.#room, this.#element));
    }, this.#tellOfWriting);
  }

  #draw() {
    // Somebody left in a hurry: nothing is drawn on an emptied page.
    if (!this.#stage.isConnected) return;
    const { group } = this.#room;
    if (this.#isThere) this.#begin();
    if (this.#room.name) say(part(this.#element, "name"), this.#room.name);
    drawReaders(part(this.#element, "readers"), this.#room);
    this.#drawTrouble().catch(() => undefined);
    show(part(this.#element, "closed"), group.log.isClosed);
    show(part(this.#element, "facilitating-tab"), group.isFacilitator);
    // Its place is kept: it comes late, and the parts' names stay where they are.
    part(this.#element, "asking").inert = !isAsked(this.#room);
    this.#moments.draw(this.#shown === "talk");
    this.#panes.get(this.#shown)?.update();
  }

  /** What waits until the page is there: its words would come in the way of the news, and who came meanwhile is no news. */
  #begin() {
    this.#mayWrite();
    this.#mayKeepDoor().catch(() => (this.#keepsDoor = false));
    this.#drawNews();
  }

  /** The sentence at once; what more there is to say about it comes later. */
  async #drawTrouble() {
    const { group } = this.#room;
    say(part(this.#element, "trouble"), group.trouble ? sentence(group.trouble) : "");
    show(part(this.#element, "trouble"), group.trouble !== null);
    const more = group.trouble ? await this.#pane("trouble") : null;
    hold(part(this.#element, "more"), group.trouble ? (more?.element ?? null) : null);
    more?.update();
  }

  #active() {
    return new Map(this.#room.group.log.active().map(({ id }) => [toHex(id), this.#room.nameOf(toHex(id))]));
  }

  /** Who came and who is no longer here, since the page was opened. The same words for leaving and being removed. */
  #drawNews() {
    const now = this.#active();
    const gone = [...this.#people.keys()].filter((id) => !now.has(id));
    const come = [...now.keys()].filter((id) => !this.#people.has(id) && now.get(id));
    const [name, id] = gone.length > 0 ? ["gone", gone[0]] : ["joined", come[0]];
    // A newcomer is told of when their name is known: until then they stay out of what was seen.
    this.#people = new Map([...now].filter(([each, called]) => called || this.#people.has(each)));
    const words = id && line("news-lines", name, { who: this.#room.nameOf(id) });
    if (!words) return;
    speak(words.cloneNode(true));
    const news = part(document, "news");
    news.replaceChildren(words);
    show(news, true);
  }
}

/** Does somebody wait for an answer? Who was told "later" waits for a place. @param {Room} room */
const isAsked = ({ asks, fromListing }) => asks.length > 0 || fromListing.wishes.some(({ isLater }) => !isLater);

/** @param {string} tab @returns {Promise<(room: Room) => Pane>} */
async function makerOf(tab) {
  if (tab === "talk") return talkView;
  if (tab === "meeting") return (await later("meetings")).meetingView;
  return tab === "chat" ? (await later("writing")).chatView : (await later("tools")).panes[tab];
}
