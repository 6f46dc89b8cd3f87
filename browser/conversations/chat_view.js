/** The chat: small things, oldest first, with the box below. */

import { control, part, show, template } from "../ui/dom.js";
import { keepFocus } from "../ui/focus.js";
import { arrange } from "./arrange.js";
import { onWords } from "./composer.js";
import { drawWords } from "./parts.js";
import { step } from "./reading_back.js";
import { hold } from "./stage.js";

/** @import { Pane } from "./group_view.js" */
/** @import { Circle, Words } from "./circle.js" */
/** @import { Room } from "./room.js" */

const PLACE = "chat";

/** @param {Circle} circle @returns {Words[]} oldest first; what was taken back is not there */
export const chatOf = ({ chats }) => [...chats.values()].filter(({ isGone }) => !isGone).sort((one, other) => one.seq - other.seq);

/** @param {Room} room @returns {Pane} */
export function chatView(room) {
  const element = template("chat-view");
  const form = /** @type {HTMLFormElement} */ (part(element, "form"));
  const mayWrite = () => room.hasSigned && !room.group.trouble && !room.group.log.isClosed;
  let isReady = false;
  const earlier = part(element, "earlier");
  earlier.addEventListener("click", () => step(earlier, room.group.here.connection, stepBack, true));

  /** The older ones stand above: a keyboard goes on at the first of them. */
  async function stepBack() {
    await room.loadEarlier();
    update();
    return part(element, "lines").firstElementChild;
  }

  function update() {
    isReady ||= compose(room, form);
    const lines = chatOf(room.circle);
    arrange(part(element, "lines"), lines, {
      key: ({ id }) => id,
      make: () => template("chat-line"),
      update: (item, words) => {
        drawWords(item, words, room);
        room.desk?.acts.draw(part(item, "acts"), words, mayWrite());
      },
    });
    room.desk?.drawUnsent(part(element, "outbox"), PLACE, update);
    show(part(element, "quiet"), lines.length === 0 && !room.hasEarlier);
    show(earlier, room.hasEarlier);
    show(form, isReady && mayWrite());
  }
  return { element, update };
}

/** @param {Room} room @param {HTMLFormElement} form @returns {boolean} whether the box works now: the desk may not have come yet */
function compose(room, form) {
  const { desk } = room;
  if (!desk) return false;
  const box = control(form, "text");
  box.value = desk.drafts.get(PLACE).text;
  form.addEventListener("input", () => desk.drafts.set(PLACE, { text: box.value }));
  desk.onPutBack(PLACE, (text) => {
    box.value = text;
    box.focus();
  });
  onWords(form, (text) => {
    desk.chat(text);
    box.value = "";
    desk.drafts.set(PLACE, { text: "" });
  });
  return true;
}

/** On a wide screen the chat stands beside the talk (acts.css). @param {Room} room @param {HTMLElement} place */
export function keepBeside(room, place) {
  const wide = matchMedia("(min-width: 80rem)");
  const pane = chatView(room);
  const draw = () => {
    const isThere = wide.matches && ["", "#talk"].includes(location.hash);
    hold(place, isThere ? pane.element : null);
    if (isThere) keepFocus(() => pane.update());
  };
  room.addEventListener("change", draw);
  wide.addEventListener("change", draw);
  addEventListener("hashchange", draw);
  draw();
}
