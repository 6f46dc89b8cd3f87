/**
 * The end of an account (sealing.md 2.10): what becomes of one's words, leaving every group, then name, keys and all. Each step can
 * be done again where it stopped; the account itself goes last.
 * @module
 */

import { passphraseForm } from "../accounts/passphrase_form.js";
import { openAccount } from "../accounts/passphrase_keys.js";
import { revealButtons } from "../accounts/reveal.js";
import { askSeal, sentenceOf } from "../accounts/seal_requests.js";
import { keysOrUnlock } from "../accounts/session.js";
import { showIfAble } from "../accounts/support.js";
import { pathOf } from "../groups/address.js";
import { Group } from "../groups/group.js";
import { isAlone, leaveGroup } from "../groups/leaving.js";
import { postProfile } from "../groups/standing.js";
import { withdrawAll } from "../groups/withdrawing.js";
import { Connection } from "../live/connection.js";
import { toB64url } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { control, part, say, show, template, whenReady } from "../ui/dom.js";
import { onSend, showProblems, tellForm, words, working } from "../ui/form.js";
import { showTime } from "../ui/local_time.js";
import { printButtons } from "../ui/paper.js";
import { Steps } from "../ui/steps.js";
import { drawName } from "./parts.js";
import { Room } from "./room.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Here } from "../groups/group.js" */
/** @typedef {{id: Bytes, isClosed: boolean, room: Room|null}} Place `room` is null where there are no keys to open it */

/** More items than any group has: only what stands is asked for. */
const NO_ITEMS = Number.MAX_SAFE_INTEGER;

/** @param {Here} here @param {{group: Bytes, closed: boolean}} listed @returns {Promise<Place>} */
async function look(here, { group: id, closed: isClosed }) {
  const room = new Room(new Group(here, id));
  try {
    await room.look(NO_ITEMS);
    return { id, isClosed, room };
  } catch (why) {
    if (!(why instanceof SealError)) throw why;
    return { id, isClosed, room: null };
  }
}

/** Must somebody else take over first? @param {Place} place */
const isNeeded = ({ room, isClosed }) => room !== null && !isClosed && room.group.log.isLastFacilitator(room.group.me) && !isAlone(room.group);

class Farewell {
  /** @type {Place[]} */ #places = [];
  #steps = new Steps(document.body);
  #choice = /** @type {HTMLFormElement} */ (part(document, "choice"));
  #last = /** @type {HTMLFormElement} */ (part(document, "form"));

  constructor() {
    onSend(this.#choice, () => this.#goOn());
    passphraseForm(this.#last, { open: (passphrase) => this.#end(passphrase) });
  }

  async begin() {
    const here = { keys: await keysOrUnlock(), connection: new Connection() };
    here.connection.start();
    const { groups } = await here.connection.call("home");
    this.#places = await Promise.all(groups.map((/** @type {any} */ listed) => look(here, listed)));
    this.#drawPlaces("needed", this.#places.filter(isNeeded));
    this.#drawPlaces("lost", this.#places.filter(({ room, isClosed }) => room === null && !isClosed));
    return showIfAble(this.#choice);
  }

  /** @param {string} name @param {Place[]} places */
  #drawPlaces(name, places) {
    show(part(document, name), places.length > 0);
    const items = places.map(({ id, room }) => {
      const item = template("place");
      /** @type {HTMLAnchorElement} */ (part(item, "link")).href = `${pathOf(id)}#people`;
      drawName(item, room?.name);
      return item;
    });
    part(part(document, name), "places").replaceChildren(...items);
  }

  #goOn() {
    if (this.#places.some(isNeeded)) return tellForm(this.#choice, words(this.#choice, "needed"));
    const [first] = this.#choice.querySelectorAll("input");
    if (!new FormData(this.#choice).get("words")) return void showProblems(this.#choice, first ? [{ control: first, words: words(first, "empty") }] : []);
    return this.#steps.go("passphrase");
  }

  /** @param {string} passphrase */
  async #end(passphrase) {
    const [name, form] = [this.#last.dataset["name"] ?? "", this.#last];
    let authKey = "";
    const door = (/** @type {string} */ key) => askSeal("unlock", { auth_key: (authKey = key) });
    const { seed } = await openAccount({ name, passphrase, form }, door);
    seed.fill(0);
    working(form, words(form, "leaving"));
    for (const place of this.#places) await this.#leave(place);
    const lost = this.#places.filter(({ room }) => room === null).map(({ id }) => toB64url(id));
    const told = await askSeal("delete", { auth_key: authKey, lost });
    await leaveNothing();
    control(form, "passphrase").value = "";
    this.#drawEnd(told);
  }

  /** @param {Place} place */
  async #leave({ room, isClosed }) {
    if (!room) return;
    if (new FormData(this.#choice).get("words") === "withdraw") await withdrawAll(room.group);
    if (isClosed || !room.group.self?.isActive) return;
    // What stays is a former member's: the name goes with the person.
    if (!room.group.trouble && !isAlone(room.group)) await postProfile(room.group, words(this.#last, "former"));
    await leaveGroup(room.group);
  }

  /** @param {{deleted: number, copies_end: number}} told */
  #drawEnd({ deleted, copies_end: copiesEnd }) {
    for (const [name, at] of /** @type {const} */ ([["deleted", deleted], ["copies-end", copiesEnd]])) {
      showTime(/** @type {HTMLTimeElement} */ (part(document, name)), at);
    }
    say(part(document, "place-name"), location.host);
    show(part(document, "title"), false);
    this.#steps.go("gone");
  }
}

/** Nothing of the account rests on this device any more. */
async function leaveNothing() {
  sessionStorage.clear();
  const bases = await indexedDB.databases().catch(() => []);
  for (const { name } of bases) if (name) indexedDB.deleteDatabase(name);
}

async function start() {
  revealButtons(document);
  printButtons(document);
  const form = /** @type {HTMLFormElement} */ (part(document, "choice"));
  try {
    await new Farewell().begin();
  } catch (trouble) {
    show(form, true);
    tellForm(form, sentenceOf(trouble));
  }
  show(part(document, "looking"), false);
}

whenReady(() => void start());
