/**
 * Where this member writes in a group: what they have begun, what is on its way, and the boxes for it. It comes after the words
 * that are already there (writing.js).
 */

import { post } from "../groups/posting.js";
import { KIND } from "../sealing/envelope.js";
import { sentence } from "../ui/dom.js";
import { signCard } from "./agreement_view.js";
import { replyBox, shareComposer } from "./composer.js";
import { Drafts } from "./drafts.js";
import { Outbox } from "./sending.js";
import { drawUnsent } from "./unsent_view.js";

/** @import { Share } from "./circle.js" */
/** @import { Composer } from "./composer.js" */
/** @import { Pane } from "./group_view.js" */
/** @import { Room } from "./room.js" */
/** @import { Unsent } from "./sending.js" */

export class Desk {
  /** @type {Composer|null} */ #composer = null;
  #room;

  /** @param {Room} room */
  constructor(room) {
    const { group } = room;
    this.#room = room;
    this.outbox = new Outbox((item) => post(group, item));
    this.drafts = new Drafts(group.here.keys, group.key);
    /** @type {Pane} stands where the box will be until this member said yes */ this.sign = signCard(room);
  }

  /** @param {Room} room @returns {Promise<Desk>} with what an earlier page left on it */
  static async open(room) {
    const desk = new Desk(room);
    const { outbox, drafts } = desk;
    const waiting = await drafts.open(() => outbox.entries);
    if (waiting.length > 0) outbox.restore(waiting, sentence("stale-epoch"));
    outbox.addEventListener("change", () => {
      drafts.saveSoon();
      room.changed();
    });
    outbox.addEventListener("sent", (/** @type {any} */ { detail }) => room.receive([detail]));
    addEventListener("beforeunload", (event) => outbox.entries.length > 0 && event.preventDefault());
    return desk;
  }

  /** @param {string} text @param {string} help "" for not known yet */
  share(text, help) {
    return this.outbox.put({ kind: KIND.share, body: { t: text, ...(help ? { h: help } : {}) } });
  }

  /** @param {string} share id in hex @param {string} text */
  reply(share, text) {
    return this.outbox.put({ kind: KIND.reply, body: { t: text }, parent: share });
  }

  /** The box for a share, from now on. @param {HTMLFormElement} form */
  compose(form) {
    this.#composer = shareComposer(form, this);
    return this.#composer;
  }

  /** @param {Share} share @param {() => void} close @returns {HTMLFormElement} */
  replyBox(share, close) {
    return replyBox(this.#room, share, this, close);
  }

  /** What is on its way: shares, or the replies to one. @param {HTMLElement} list @param {string} parent "" for shares @param {(unsent: Unsent) => void} putBack */
  drawUnsent(list, parent, putBack) {
    const entries = this.outbox.entries.filter((unsent) => unsent.parent === parent);
    drawUnsent(list, parent ? entries : entries.reverse(), { outbox: this.outbox, putBack: (unsent) => this.#putBack(unsent, putBack) });
  }

  /** Back into its box, after what stands there by now. @param {Unsent} unsent @param {(unsent: Unsent) => void} done */
  #putBack(unsent, done) {
    const { text, help } = this.drafts.get(unsent.parent);
    const draft = { text: [text, unsent.body.t].filter(Boolean).join("\n\n"), help: help || unsent.body.h || "" };
    this.drafts.set(unsent.parent, draft);
    if (!unsent.parent) this.#composer?.fill(draft.text, draft.help);
    done(unsent);
  }
}
