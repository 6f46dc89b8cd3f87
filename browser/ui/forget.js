/**
 * Taking everything of this place off this device: what tabs keep, databases, caches.
 * @module
 */

const PATIENCE_MS = 1_000;

/** @param {string} name */
function dropDatabase(name) {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    // "blocked": another tab still has it open; it goes as soon as that tab lets go.
    for (const outcome of ["success", "error", "blocked"]) request.addEventListener(outcome, resolve, { once: true });
  });
}

async function dropDatabases() {
  const databases = await indexedDB.databases();
  await Promise.allSettled(databases.map(({ name = "" }) => dropDatabase(name)));
}

async function dropCaches() {
  const names = await caches.keys();
  await Promise.allSettled(names.map((name) => caches.delete(name)));
}

/** A browser that has signed in before is known by it (holdspace/accounts/known.py). */
function dropMark() {
  for (const name of ["known", "__Host-known"]) document.cookie = `${name}=; path=/; max-age=0${name === "known" ? "" : "; secure"}`;
}

/**
 * Forgets all of it. What the tab keeps is gone at once; the rest is waited for, but not long.
 * @returns {Promise<void>}
 */
export async function forgetEverything() {
  sessionStorage.clear();
  dropMark();
  const rest = Promise.allSettled([dropDatabases(), dropCaches()]);
  await Promise.race([rest, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}
