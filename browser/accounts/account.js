/**
 * The account page: lock, sign out. The rest of the page is the server's.
 * @module
 */
import { part, show, whenReady } from "../ui/dom.js";
import { lock, signOut } from "./session.js";

whenReady(() => {
  const buttons = part(document, "account-buttons");
  part(buttons, "account-lock").addEventListener("click", () => void lock());
  part(buttons, "account-sign-out").addEventListener("click", () => void signOut());
  show(buttons, true);
});
