/**
 * What is asked for while the rest of a sealed page is still on its way: the server's half of the keys, far out the longest of all waits,
 * and on a group's page the keyring. It imports nothing: a module that does runs only after what it imports was fetched, beside all the
 * others of the page.
 *
 * Whether this tab slept too long is decided where the half is used (session.js); an answer that is not wanted is dropped there.
 * @module
 */

/** Under this name the tab keeps its half of the keys (tab_half.js). */
export const HALF = "hs";
/** Their pages look at the keyring first thing (groups/pins.js). */
const GROUP = /^\/groups\/[0-9a-f-]{36}\/$/;

/** @type {Map<string, Promise<any>>} */
const asked = new Map();

/**
 * The token the server put in a cookie, to show that a request comes from its own page. Over TLS its name has a prefix.
 * @param {string} cookies
 */
export function csrfToken(cookies) {
  return /(?:^|;\s*)(?:__Host-)?csrf=([^;]*)/.exec(cookies)?.[1] ?? "";
}

/**
 * @param {string} door below `/seal/`
 * @param {Record<string, unknown>} body
 * @param {boolean} keepalive
 */
export const post = (door, body, keepalive) =>
  fetch(`/seal/${door}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(document.cookie) },
    body: JSON.stringify(body),
    credentials: "same-origin",
    redirect: "error",
    keepalive,
  });

/** @param {string} door */
async function ask(door) {
  const answer = await post(door, {}, false);
  return answer.ok ? await answer.json() : null;
}

/** Asks, where this tab has a half of its own. Without one the other tabs are asked first, and there is nothing to win. */
export function askEarly() {
  if (sessionStorage.getItem(HALF) === null) return;
  // What goes wrong this early has no sentence yet: the page's own are further down. Whoever takes it asks again and is told.
  for (const door of GROUP.test(location.pathname) ? ["session-share", "keyring"] : ["session-share"]) asked.set(door, ask(door).catch(() => null));
}

/**
 * What this door answered early, once; null when it was not asked, or did not answer well.
 * @param {string} door
 * @returns {Promise<any>}
 */
export async function early(door) {
  const answer = asked.get(door);
  asked.delete(door);
  return (await answer) ?? null;
}
