/**
 * The only place where wasm may run. The server gives this file its own policy:
 * `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'`. It knows a passphrase for one second and
 * can talk to nobody but its page.
 *
 * In: `{ passphrase, salt, cost }`. Out: `{ plain: true }` when wasm is missing, `{ done: 0..1 }`, then `{ key }` or `{ failed: true }`.
 */

import { argon2id } from "./argon2.js";

/** @param {string} file */
async function readWasm(file) {
  const response = await fetch(new URL(`../vendor/argon2id/dist/${file}`, import.meta.url));
  if (!response.ok) throw new Error("no wasm here");
  return new Uint8Array(await response.arrayBuffer());
}

self.addEventListener("message", async ({ data: { passphrase, salt, cost } }) => {
  try {
    const onPlain = () => self.postMessage({ plain: true });
    const onProgress = (/** @type {number} */ done) => self.postMessage({ done });
    self.postMessage({ key: await argon2id(passphrase, salt, cost, { readWasm, onPlain, onProgress }) });
  } catch {
    self.postMessage({ failed: true });
  }
});
