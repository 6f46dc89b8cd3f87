/** The beginning of every page of the sealed area: keys, a line to the server, and a stage. */

import { endedElsewhere, keysOrUnlock, onBlank } from "../accounts/session.js";
import { Connection } from "../live/connection.js";
import { part, whenReady } from "../ui/dom.js";
import { later } from "../ui/later.js";
import { speak } from "../ui/voice.js";
import { isRefused } from "./attempt.js";
import { showBroken } from "./stage.js";

/** @import { Here } from "../groups/group.js" */
/** @import { State } from "../live/connection.js" */

const CALM = 4_000;
/** A line that comes and goes within this is told to eyes only. */
const LASTS = 2_000;
const AGAIN = 10_000;

/** The buttons in the header, and the watch that locks when nobody is there: asked for until they are here. */
function watch() {
  later("header").catch(() => setTimeout(watch, AGAIN));
}

/** @returns {Promise<Here>} the person's keys, and a line to the server */
async function arrive() {
  const connection = new Connection();
  showLine(connection);
  addEventListener("offline", () => connection.drop());
  addEventListener("online", () => connection.start());
  // Beside the keys: the way to a server far away is gone once, not twice.
  connection.start();
  return { connection, keys: await keysOrUnlock() };
}

/** Says honestly when there is no connection; says nothing while all is well. @param {Connection} connection */
function showLine(connection) {
  const bar = /** @type {HTMLElement} */ (document.getElementById("line"));
  let hadGap = false;
  let told = "open";
  /** @type {ReturnType<typeof setTimeout>|undefined} */ let timer;
  const tell = () => told !== connection.state && speak(bar.dataset[(told = connection.state)]);
  connection.on("state", (/** @type {State} */ state) => {
    const isWell = state === "open" || state === "connecting";
    if (isWell && !hadGap) return;
    hadGap = !isWell;
    if (state === "signed-out") return void endedElsewhere();
    bar.textContent = bar.dataset[state] ?? "";
    bar.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(tell, LASTS);
    if (isWell) setTimeout(() => (bar.hidden = !hadGap), CALM);
  });
}

/** What passes is read, and goes; a keyboard goes on at the top. */
function putAway() {
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".passing"))) each.hidden = true;
  document.getElementById("main")?.focus({ preventScroll: true });
}

/**
 * Every page of the sealed area begins here.
 *
 * @param {(stage: HTMLElement, arrive: () => Promise<Here>) => Promise<void>} show draws the page on its stage; `arrive` when it
 *   needs the person's keys
 */
export function begin(show) {
  whenReady(() => {
    const stage = /** @type {HTMLElement} */ (document.getElementById("stage"));
    // Found now: at a quick exit they are not on the page any more.
    const news = part(document, "news");
    onBlank(() => [stage, news].forEach((each) => each.replaceChildren()));
    part(document, "put-away").addEventListener("click", putAway);
    if ("signedIn" in stage.dataset) watch();
    show(stage, arrive).catch((why) => {
      showBroken(stage, why);
      if (!isRefused(why)) throw why;
    });
  });
}
