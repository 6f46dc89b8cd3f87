/**
 * The account page: locking, signing out, and the browsers one is signed in with. The rest of the page is the server's.
 * @module
 */
import { part, show, whenReady } from "../ui/dom.js";
import { lock, signOut } from "./session.js";
import { sessionList } from "./sessions.js";

whenReady(() => {
  const buttons = part(document, "account-buttons");
  part(buttons, "account-lock").addEventListener("click", () => void lock());
  part(buttons, "account-sign-out").addEventListener("click", () => void signOut());
  part(buttons, "leave-nothing").addEventListener("click", () => void signOut({ leaveNothing: true }));
  show(buttons, true);
  sessionList(part(document, "sessions"));
});
