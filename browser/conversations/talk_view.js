/** The talk: the box to write in, what is on its way, what was shared; older words on demand. */

import { KIND } from "../sealing/envelope.js";
import { part, show, template } from "../ui/dom.js";
import { later } from "../ui/later.js";
import { arrange } from "./arrange.js";
import { looseReplies, sharesOf } from "./circle.js";
import { shareComposer } from "./composer.js";
import { line, speak } from "./lines.js";
import { hold } from "./stage.js";
import { drawUnsent, looseViews, shareViews } from "./share_view.js";

/** @import { Drafts } from "./drafts.js" */
/** @import { Room } from "./room.js" */
/** @import { Unsent } from "./sending.js" */
/** @import { Pane } from "./group_view.js" */
/** @import { Writing } from "./writing.js" */

/** @param {Room} room @param {Drafts} drafts @returns {Pane} */
export function talkView(room, drafts) {
  const element = template("talk-view");
  const composer = shareComposer(room, drafts);
  const mayWrite = () => room.hasSigned && !room.group.trouble && !room.group.log.isClosed;
  const putBack = (/** @type {Unsent} */ unsent) => {
    if (unsent.kind === KIND.share) return composer.fill(unsent.body.t, unsent.body.h ?? "");
    drafts.set(unsent.parent, { text: unsent.body.t });
    return update();
  };
  const table = { room, drafts, putBack, mayWrite };
  const shares = shareViews(table);
  const loose = looseViews(room);
  const card = signCardLater(room, () => update());

  /** @returns {any[]} shares and what answers shares not loaded yet, in one order. */
  const things = () => [...sharesOf(room.circle), ...looseReplies(room.circle)].sort((one, other) => other.seq - one.seq);
  const isLoose = (/** @type {any} */ thing) => !("replies" in thing);

  function update() {
    const sign = card();
    hold(part(element, "composer"), mayWrite() ? composer.element : null);
    hold(part(element, "sign"), mayWrite() || room.group.trouble || room.group.log.isClosed ? null : (sign?.element ?? null));
    composer.update();
    sign?.update();
    drawUnsent(part(element, "outbox"), room.outbox.entries.filter(({ kind }) => kind === KIND.share).reverse(), table);
    arrange(part(element, "shares"), things(), {
      key: shares.key,
      make: (thing) => (isLoose(thing) ? loose.make() : shares.make(thing)),
      update: (each, thing) => (isLoose(thing) ? loose.update(each, thing) : shares.update(each, thing)),
    });
    show(part(element, "quiet"), room.circle.shares.size === 0 && !room.hasEarlier);
    show(part(element, "earlier"), room.hasEarlier);
    show(part(element, "before"), room.hasBefore && !room.hasEarlier);
  }
  readBack(room, part(element, "earlier"));
  return { element, update };
}

/**
 * The card to say yes on, null until it has come. It is asked for at each drawing until then: the line may break on the way.
 *
 * @param {Room} room @param {() => void} arrived @returns {() => Pane|null}
 */
function signCardLater(room, arrived) {
  /** @type {Pane|null} */ let card = null;
  const take = (/** @type {Writing} */ { signCard }) => {
    if (card) return;
    card = signCard(room);
    arrived();
  };
  return () => {
    if (!card) later("writing").then(take, () => undefined);
    return card;
  };
}

/** Older words: when the button is pressed, and when it comes into sight. @param {Room} room @param {HTMLElement} button */
function readBack(room, button) {
  let isLoading = false;
  const load = async () => {
    if (isLoading || !room.hasEarlier) return;
    isLoading = true;
    button.setAttribute("aria-disabled", "true");
    try {
      await room.loadEarlier();
      speak(line("spoken-lines", "loaded"));
    } finally {
      isLoading = false;
      button.removeAttribute("aria-disabled");
    }
  };
  button.addEventListener("click", load);
  new IntersectionObserver((entries) => entries.some((each) => each.isIntersecting) && load(), { rootMargin: "300px" }).observe(button);
}
