/** The talk: the box to write in, what is on its way, what was shared; older words on demand. */

import { part, show, template } from "../ui/dom.js";
import { arrange } from "./arrange.js";
import { looseReplies, sharesOf } from "./circle.js";
import { hold } from "./stage.js";
import { thingViews } from "./share_view.js";

/** @import { Room } from "./room.js" */
/** @import { Pane } from "./group_view.js" */

/** So many stand on the page at first, and so many more at each step back. */
const STEP = 50;

/** @param {Room} room @returns {Pane} */
export function talkView(room) {
  const element = template("talk-view");
  // Once: what stands behind thousands of words is long to find.
  const [list, earlier, before] = ["shares", "earlier", "before"].map((name) => part(element, name));
  let shown = STEP;
  const box = boxView(room);
  const mayWrite = () => room.hasSigned && !room.group.trouble && !room.group.log.isClosed;
  const views = thingViews({ room, mayWrite, looked: new Set() });
  /** @type {unknown} */ let folded;
  /** @type {any[]} shares and what answers shares not loaded yet, in one order */ let all;

  function drawShares() {
    const { circle, desk } = room;
    if (folded !== circle) all = [...sharesOf(circle), ...looseReplies(circle)].sort((one, other) => other.seq - one.seq);
    folded = circle;
    (desk?.near ?? { arrange }).arrange(list, all.slice(0, shown), views);
    const hasEarlier = room.hasEarlier || all.length > shown;
    show(earlier, hasEarlier);
    show(before, room.hasBefore && !hasEarlier);
  }

  function update() {
    const sign = mayWrite() || room.group.trouble || room.group.log.isClosed ? null : room.desk?.sign;
    box.update();
    room.desk?.readBack(earlier, stepBack);
    hold(part(element, "composer"), mayWrite() ? box.element : null);
    hold(part(element, "sign"), sign?.element ?? null);
    sign?.update();
    room.desk?.drawUnsent(part(element, "outbox"), "", update);
    drawShares();
    show(part(element, "quiet"), all.length === 0 && !room.hasEarlier);
  }
  async function stepBack() {
    if (all.length <= shown && room.hasEarlier) await room.loadEarlier();
    shown += STEP;
    update();
  }
  return { element, update };
}

/** What opens the box for a share. It stands there with the first words, so that nothing moves when it begins to work. @param {Room} room @returns {Pane} */
function boxView(room) {
  const element = template("composer");
  /** @type {import("./composer.js").Composer|undefined} */ let composer;
  const update = () => {
    composer ??= room.desk?.compose(element);
    composer?.update();
  };
  return { element, update };
}
