/**
 * After signing out: whether what was begun here should stay. On a shared device that is no question.
 * @module
 */
import { part, show, whenReady } from "../ui/dom.js";
import { forgetEverything } from "../ui/forget.js";
import { forgetDevice } from "./own_device_store.js";
import { LEAVE_NOTHING } from "./session.js";

async function leaveNothing() {
  await forgetEverything();
  const hadFocus = part(document, "kept").contains(document.activeElement);
  show(part(document, "kept"), false);
  show(part(document, "nothing-left"), true);
  if (hadFocus) part(document, "nothing-left").focus();
}

whenReady(() => {
  if (sessionStorage.getItem(LEAVE_NOTHING) !== null) return void leaveNothing();
  // The server's half went with the session: what may be left of it here is dead, and goes.
  void forgetDevice();
  part(document, "leave-nothing").addEventListener("click", () => void leaveNothing());
  show(part(document, "kept"), true);
});
