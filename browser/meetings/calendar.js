/** The address of one's calendar: making it, making it anew, ending it. It is shown once, and the server keeps its hash alone. */

import { askSeal, sentenceOf } from "../accounts/seal_requests.js";
import { focusOn, part, say, show, whenReady } from "../ui/dom.js";
import { copyButton } from "../ui/paper.js";

/** @param {string} secret @param {string} origin of this place */
const addressOf = (secret, origin) => `${origin}/calendar/${secret}.ics`;

/** The same for a program that subscribes when it is opened. @param {string} address */
const subscribing = (address) => address.replace(/^https?:/, "webcal:");

/** @param {HTMLElement} root @param {boolean} has is there an address? */
function draw(root, has) {
  show(part(root, "make"), !has);
  for (const each of ["renew", "end", "renew-hint"]) show(part(root, each), has);
}

/** @param {HTMLElement} root @param {() => Promise<void>} act */
async function attempt(root, act) {
  const trouble = part(root, "trouble");
  show(trouble, false);
  say(part(root, "ended"), "");
  try {
    await act();
  } catch (why) {
    say(trouble, sentenceOf(why));
    show(trouble, true);
  }
}

/** @param {HTMLElement} root */
async function make(root) {
  const { secret } = await askSeal("calendar/new");
  const address = addressOf(secret, location.origin);
  say(part(root, "address"), address);
  part(root, "open").setAttribute("href", subscribing(address));
  say(part(root, "copied"), "");
  for (const each of ["has", "none"]) show(part(root, each), false);
  show(part(root, "made"), true);
  draw(root, true);
  focusOn(part(root, "address"));
}

/** @param {HTMLElement} root */
async function end(root) {
  await askSeal("calendar/end");
  for (const each of ["has", "made"]) show(part(root, each), false);
  say(part(root, "address"), "");
  draw(root, false);
  say(part(root, "ended"), part(root, "ended").dataset["say"] ?? "");
  focusOn(part(root, "title"));
}

whenReady(() => {
  const root = part(document, "own");
  for (const each of ["make", "renew"]) part(root, each).addEventListener("click", () => attempt(root, () => make(root)));
  part(root, "end").addEventListener("click", () => attempt(root, () => end(root)));
  copyButton(root, () => part(root, "address").textContent ?? "");
  draw(root, !part(root, "has").hidden);
});
