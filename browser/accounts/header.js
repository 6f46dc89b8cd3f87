/**
 * The buttons in the header of signed-in pages, and the watch that locks when nobody is there.
 * @module
 */
import { part, show, whenReady } from "../ui/dom.js";
import { offer } from "../ui/later.js";
import { atExit } from "./exit.js";
import { watchIdle } from "./idle.js";
import { wakeUp } from "./idle_clock.js";
import { leave, lock, signOut, unlocked } from "./session.js";

/** @param {HTMLElement} buttons */
async function start(buttons) {
  const lockNow = part(buttons, "lock");
  lockNow.addEventListener("click", () => void lock());
  part(buttons, "sign-out").addEventListener("click", () => void signOut());
  [lockNow.inert, buttons.inert] = [true, false];
  const keys = await unlocked().catch(() => null);
  show(lockNow, keys !== null);
  lockNow.inert = false;
  if (!keys) return;
  wakeUp();
  const warning = part(document, "idle-warning");
  watchIdle((state) => {
    show(part(warning, "locking-soon"), state === "soon");
    if (state === "asleep") void lock();
  });
}

atExit(leave);
offer("header", {});
whenReady(() => void start(part(document, "session-buttons")));
