/**
 * From passphrase to M: starts the worker, waits, and ends it, so that the memory Argon2id wrote to is given back (sealing.md 2.1
 * and 12.3). The one module of this folder that needs a page.
 */

import { insist } from "./errors.js";
import { normalise } from "./passphrase.js";

/** @import { Bytes } from "./codec.js" */

/** Two numbered profiles and never free numbers: a server can neither ask for a trivial cost nor for 4 GiB (decision D4). */
export const PROFILE = Object.freeze({ generated: 1, chosen: 2 });

/** @type {Readonly<Record<number, { memory: number, passes: number }>>} */
const COST = Object.freeze({
  [PROFILE.generated]: { memory: 19_456, passes: 2 },
  [PROFILE.chosen]: { memory: 65_536, passes: 3 },
});

const WORKER_URL = new URL("./kdf_worker.js", import.meta.url).href;

/**
 * The cost of a profile.
 *
 * @param {number} profile what the server said
 * @throws {SealError} `kdf-floor` for anything but 1 and 2: stop, and do not send an auth key
 */
export function costOf(profile) {
  const cost = Object.hasOwn(COST, profile) ? COST[profile] : undefined;
  insist(cost !== undefined, "kdf-floor");
  return cost;
}

/** @type {{ createScriptURL: (url: string) => unknown } | undefined} */
let policy;

/**
 * `new Worker(url)` is a Trusted Types sink. The one policy, `hs-worker`, lets exactly this worker through, so no other
 * address can become a script even if somebody finds a way to call it.
 *
 * @returns {string | URL}
 */
function trustedWorkerUrl() {
  const { trustedTypes } = /** @type {{ trustedTypes?: { createPolicy: Function } }} */ (/** @type {unknown} */ (globalThis));
  if (trustedTypes === undefined) return WORKER_URL;
  policy ??= trustedTypes.createPolicy("hs-worker", { createScriptURL: onlyTheWorker });
  return /** @type {string} */ (policy?.createScriptURL(WORKER_URL));
}

/** @param {string} url */
function onlyTheWorker(url) {
  if (url !== WORKER_URL) throw new TypeError("not the key worker");
  return url;
}

/**
 * `M` = Argon2id(passphrase, salt, profile, 32).
 *
 * @param {string} passphrase as typed; see `normalise`
 * @param {Bytes} salt 16 bytes
 * @param {number} profile 1 or 2; else `kdf-floor`
 * @param {{ onPlain?: () => void, onProgress?: (done: number) => void, signal?: AbortSignal }} [options] `onPlain` is called when
 *   the browser forbids wasm and it will take a minute, `onProgress` then with 0 to 1
 * @returns {Promise<Bytes>} 32 bytes
 */
export async function stretch(passphrase, salt, profile, options = {}) {
  const question = { passphrase: normalise(passphrase), salt, cost: costOf(profile) };
  options.signal?.throwIfAborted();
  const worker = new Worker(trustedWorkerUrl(), { type: "module" });
  try {
    return await answerOf(worker, question, options);
  } finally {
    worker.terminate();
  }
}

/**
 * @param {Worker} worker
 * @param {{ passphrase: Bytes, salt: Bytes, cost: { memory: number, passes: number } }} question
 * @param {{ onPlain?: () => void, onProgress?: (done: number) => void, signal?: AbortSignal }} options
 * @returns {Promise<Bytes>}
 */
function answerOf(worker, question, { onPlain, onProgress, signal }) {
  return new Promise((resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
    worker.addEventListener("error", () => reject(new Error("the key worker did not start")));
    worker.addEventListener("message", ({ data }) => {
      if (data.key) resolve(data.key);
      else if (data.failed) reject(new Error("the key worker failed"));
      else if (data.plain) onPlain?.();
      else onProgress?.(data.done);
    });
    worker.postMessage(question);
  });
}
