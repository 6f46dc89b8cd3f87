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
export function talkView(room) {
  const element = template("talk-view");
  // Once: what stands behind thousands of words is long to find.
  const [list, later, earlier, before] = ["shares", "later", "earlier", "before"].map((name) => part(element, name));
  const stretch = new Stretch();
  const unsent = () => part(element, "outbox").childElementCount;
  let waited = 0;
  const isOpen = () => !room.group.trouble && !room.group.log.isClosed;
  const mayWrite = () => room.hasSigned && isOpen();
  const drawBox = boxIn(part(element, "composer"), room);
  const views = thingViews({ room, mayWrite });
  const hasMore = () => room.hasEarlier || stretch.hasOlder(all);
  const since = new Since(element, { hasMore, stepBack, toNewest });
  /** @type {unknown} */ let folded;
  /** @type {any[]} shares and what answers shares not loaded yet, in one order */ let all;

  function drawShares() {
    const { circle, desk } = room;
    list.toggleAttribute("data-just-reading", !mayWrite());
    if (folded !== circle) all = [...sharesOf(circle), ...looseReplies(circle)].sort((one, other) => other.seq - one.seq);
    folded = circle;
    (desk?.near ?? { arrange }).arrange(list, room.leftOff.marked(stretch.of(all), true), views);
    show(/** @type {HTMLElement} */ (later.parentElement), stretch.hasNewer(all));
    show(earlier, hasMore());
    show(before, room.hasBefore && !hasMore());
    since.draw(all.some((each) => room.leftOff.isNew(each)));
  }

  function update() {
    drawBox(isOpen());
    room.desk?.readBack(earlier, stepBack);
    room.desk?.readBack(later, stepForward);
    room.desk?.drawUnsent(part(element, "outbox"), "", update);
    // What somebody says now is seen among the newest.
    if (unsent() > waited) stretch.goToNewest();
    waited = unsent();
    drawShares();
    room.desk?.drawStranded(part(element, "stranded"));
    show(part(element, "quiet"), all.length === 0 && !room.hasEarlier && waited === 0);
  }
  const shares = () => [...list.children].filter((each) => !each.classList.contains("left-off"));
  async function stepBack() {
    const last = list.lastElementChild;
    if (!stretch.hasOlder(all) && room.hasEarlier) await room.loadEarlier();
    stretch.goBack(all, looseAmong(shares()));
    // Who pressed the button without looking at it is led to what came.
    if (!inPlace(list, update)) last?.scrollIntoView({ block: "end", behavior: "instant" });
    return last?.nextElementSibling;
  }
  /** @param {boolean} isAsked did somebody press the button? It leads to the newest, and so does going to the top of the page */
  async function stepForward(isAsked) {
    if (isAsked || scrollY === 0) return toNewest();
    stretch.goForward(all, looseAmong(shares().reverse()));
    inPlace(list, update);
    return list.firstElementChild;
  }
  function toNewest() {
    stretch.goToNewest();
    update();
    return list.firstElementChild;
  }
  return { element, update };
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
