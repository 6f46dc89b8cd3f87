/** The talk: the box to write in, what is on its way, what was shared; older words on demand. */

import { part, show, template } from "../ui/dom.js";
import { arrange } from "./arrange.js";
import { looseReplies, sharesOf } from "./circle.js";
import { drawReaders } from "./parts.js";
import { hold } from "./stage.js";
import { looseViews, shareViews } from "./share_view.js";

/** @import { Room } from "./room.js" */
/** @import { Pane } from "./group_view.js" */

/** So many stand on the page at first, and so many more at each step back: a page of thousands would be slow to draw and to read. */
const STEP = 50;

/** @param {Room} room @returns {Pane} */
export function talkView(room) {
  const element = template("talk-view");
  const reach = { shown: STEP, loaded: 0 };
  const box = boxView(room);
  const mayWrite = () => room.hasSigned && !room.group.trouble && !room.group.log.isClosed;
  const table = { room, mayWrite, looked: new Set() };
  const shares = shareViews(table);
  const loose = looseViews(table);

  /** @returns {any[]} shares and what answers shares not loaded yet, in one order. */
  const things = () => [...sharesOf(room.circle), ...looseReplies(room.circle)].sort((one, other) => other.seq - one.seq);
  const isLoose = (/** @type {any} */ thing) => !("replies" in thing);

  function drawShares() {
    const all = things();
    reach.loaded = all.length;
    arrange(part(element, "shares"), all.slice(0, reach.shown), {
      key: shares.key,
      make: (thing) => (isLoose(thing) ? loose.make() : shares.make(thing)),
      update: (each, thing) => (isLoose(thing) ? loose.update(each, thing) : shares.update(each, thing)),
    });
    const hasEarlier = room.hasEarlier || all.length > reach.shown;
    show(part(element, "earlier"), hasEarlier);
    show(part(element, "before"), room.hasBefore && !hasEarlier);
  }

  function update() {
    const sign = mayWrite() || room.group.trouble || room.group.log.isClosed ? null : room.desk?.sign;
    box.update();
    room.desk?.readBack(part(element, "earlier"), stepBack);
    hold(part(element, "composer"), mayWrite() ? box.element : null);
    hold(part(element, "sign"), sign?.element ?? null);
    sign?.update();
    room.desk?.drawUnsent(part(element, "outbox"), "", update);
    drawShares();
    show(part(element, "quiet"), things().length === 0 && !room.hasEarlier);
  }
  async function stepBack() {
    if (reach.loaded <= reach.shown && room.hasEarlier) await room.loadEarlier();
    reach.shown += STEP;
    update();
  }
  return { element, update };
}

/** The box for a share. It stands there with the first words, so that nothing moves when it begins to work. @param {Room} room @returns {Pane} */
function boxView(room) {
  const element = /** @type {HTMLFormElement} */ (template("composer"));
  /** @type {import("./composer.js").Composer|undefined} */ let composer;
  const update = () => {
    drawReaders(part(element, "readers"), room);
    composer ??= room.desk?.compose(element);
  };
  return { element, update };
}
