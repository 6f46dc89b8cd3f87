/** The sealed area: one page for all of it. What it shows depends on where it was opened. */

import { keysOrUnlock, onBlank } from "../accounts/session.js";
import { groupAt } from "../groups/address.js";
import { Connection } from "../live/connection.js";
import { whenReady } from "../ui/dom.js";
import { showAppeals } from "./appeals_view.js";
import { showGroup } from "./group_view.js";
import { showHome } from "./home_view.js";
import { showJoin } from "./join_view.js";
import { showStart } from "./start_view.js";

/** @import { Here } from "../groups/group.js" */
/** @import { State } from "../live/connection.js" */

const CALM = 4_000;

/** @returns {Promise<Here>} the person's keys, and a line to the server */
async function arrive() {
  const keys = await keysOrUnlock();
  const connection = new Connection();
  showLine(connection);
  addEventListener("offline", () => connection.drop());
  addEventListener("online", () => connection.start());
  connection.start();
  return { connection, keys };
}

/** Says honestly when there is no connection; says nothing while all is well. @param {Connection} connection */
function showLine(connection) {
  const bar = /** @type {HTMLElement} */ (document.getElementById("line"));
  let hadGap = false;
  connection.on("state", (/** @type {State} */ state) => {
    const isWell = state === "open" || state === "connecting";
    if (isWell && !hadGap) return;
    hadGap = !isWell;
    bar.textContent = bar.dataset[state === "signed-out" ? "signedOut" : state] ?? "";
    bar.hidden = false;
    if (isWell) setTimeout(() => (bar.hidden = !hadGap), CALM);
  });
}

/** @param {HTMLElement} stage */
async function start(stage) {
  const { pathname } = location;
  if (pathname === "/join/") return showJoin(stage, "signedIn" in stage.dataset, arrive);
  const here = await arrive();
  const group = groupAt(pathname);
  if (group) return showGroup(stage, here, group);
  if (pathname === "/groups/start/") return showStart(stage, here);
  if (pathname === "/appeals/") return showAppeals(stage, here);
  return showHome(stage, here);
}

whenReady(() => {
  const stage = /** @type {HTMLElement} */ (document.getElementById("stage"));
  onBlank(() => stage.replaceChildren());
  start(stage);
});
