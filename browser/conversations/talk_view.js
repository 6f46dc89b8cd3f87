/** The talk: the box to write in, what is on its way, what was shared; older words on demand. */

import { part, show, template } from "../ui/dom.js";
import { arrange } from "./arrange.js";
import { looseReplies, sharesOf } from "./circle.js";
import { hold } from "./stage.js";
import { thingViews } from "./share_view.js";
import { Since } from "./since_view.js";
import { Stretch, inPlace, looseAmong } from "./stretch.js";

/** @import { Desk } from "./desk.js" */
/** @import { Room } from "./room.js" */
/** @import { Pane } from "./group_view.js" */

/** @param {Room} room @returns {Pane} */
export const talkView = (room) => new Talk(room);

class Talk {
  element = template("talk-view");
  #stretch = new Stretch();
  /** What stood in the outbox when it was last drawn. */ #waited = 0;
  /** @type {any[]} shares and what answers shares not loaded yet, in one order */ #all = [];
  /** @type {unknown} */ #folded;
  #room;
  #drawBox;
  #views;
  #since;
  #parts;

  /** @param {Room} room */
  constructor(room) {
    this.#room = room;
    // Once: what stands behind thousands of words is long to find.
    const [list, later, earlier, before] = ["shares", "later", "earlier", "before"].map((name) => part(this.element, name));
    this.#parts = { list, later, earlier, before };
    this.#drawBox = boxIn(part(this.element, "composer"), room);
    this.#views = thingViews({ room, mayWrite: () => this.#mayWrite });
    this.#since = new Since(this.element, { hasMore: () => this.#hasMore, stepBack: this.#stepBack, toNewest: this.#toNewest });
  }

  get #isOpen() {
    return !this.#room.group.trouble && !this.#room.group.log.isClosed;
  }

  get #mayWrite() {
    return this.#room.hasSigned && this.#isOpen;
  }

  get #hasMore() {
    return this.#room.hasEarlier || this.#stretch.hasOlder(this.#all);
  }

  update() {
    const { desk } = this.#room;
    const { earlier, later } = this.#parts;
    this.#drawBox(this.#isOpen);
    desk?.readBack(earlier, this.#stepBack);
    desk?.readBack(later, this.#stepForward);
    this.#drawOutbox();
    this.#drawShares();
    desk?.drawStranded(part(this.element, "stranded"));
    show(part(this.element, "quiet"), this.#all.length === 0 && !this.#room.hasEarlier && this.#waited === 0);
  }

  /** What somebody says now is seen among the newest. */
  #drawOutbox() {
    const outbox = part(this.element, "outbox");
    this.#room.desk?.drawUnsent(outbox, "", () => this.update());
    if (outbox.childElementCount > this.#waited) this.#stretch.goToNewest();
    this.#waited = outbox.childElementCount;
  }

  #drawShares() {
    const { circle, desk, leftOff, hasBefore } = this.#room;
    const { list, later, earlier, before } = this.#parts;
    list.toggleAttribute("data-just-reading", !this.#mayWrite);
    if (this.#folded !== circle) this.#all = [...sharesOf(circle), ...looseReplies(circle)].sort((one, other) => other.seq - one.seq);
    this.#folded = circle;
    (desk?.near ?? { arrange }).arrange(list, leftOff.marked(this.#stretch.of(this.#all), true), this.#views);
    show(/** @type {HTMLElement} */ (later.parentElement), this.#stretch.hasNewer(this.#all));
    show(earlier, this.#hasMore);
    show(before, hasBefore && !this.#hasMore);
    this.#since.draw(this.#all.some((each) => leftOff.isNew(each)));
  }

  /** What stands there, without the line where one left off. */
  get #shown() {
    return [...this.#parts.list.children].filter((each) => !each.classList.contains("left-off"));
  }

  #stepBack = async () => {
    const { list } = this.#parts;
    const last = list.lastElementChild;
    if (!this.#stretch.hasOlder(this.#all) && this.#room.hasEarlier) await this.#room.loadEarlier();
    this.#stretch.goBack(this.#all, looseAmong(this.#shown));
    // Who pressed the button without looking at it is led to what came.
    if (!inPlace(list, () => this.update())) last?.scrollIntoView({ block: "end", behavior: "instant" });
    return last?.nextElementSibling;
  };

  /** @param {boolean} isAsked did somebody press the button? It leads to the newest, and so does going to the top of the page */
  #stepForward = async (isAsked) => {
    if (isAsked || scrollY === 0) return this.#toNewest();
    this.#stretch.goForward(this.#all, looseAmong(this.#shown.reverse()));
    inPlace(this.#parts.list, () => this.update());
    return this.#parts.list.firstElementChild;
  };

  #toNewest = () => {
    this.#stretch.goToNewest();
    this.update();
    return this.#parts.list.firstElementChild;
  };
}

/**
 * The box to write in, or what to say yes to before; when its person does, the one takes the other's place and a keyboard stays there.
 *
 * @param {HTMLElement} place @param {Room} room @returns {(isOpen: boolean) => void} draws it
 */
function boxIn(place, room) {
  const box = cardView(room, "composer", (desk, card) => desk.compose(card));
  const signer = cardView(room, "signer", (desk, card) => desk.askToSign(card));
  return (isOpen) => {
    const card = room.hasSigned ? box : signer;
    const hadFocus = signer.element.contains(document.activeElement);
    card.update();
    hold(place, isOpen ? card.element : null);
    if (hadFocus && card === box) part(box.element, "open").focus();
  };
}

/** What opens a box. It stands there with the first words, so that nothing moves when it begins to work. @param {Room} room @param {string} name of its template @param {(desk: Desk, card: HTMLElement) => {update: () => void}} begin @returns {Pane} */
function cardView(room, name, begin) {
  const element = template(name);
  /** @type {{update: () => void}|undefined} */ let begun;
  const update = () => {
    begun ??= room.desk ? begin(room.desk, element) : undefined;
    begun?.update();
  };
  return { element, update };
}
