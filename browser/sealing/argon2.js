/**
 * Argon2id (RFC 9106) by three engines with one result: wasm with SIMD, wasm without, and plain JavaScript where wasm is missing
 * or forbidden (Lockdown Mode, Tor "Safer"). A weaker engine takes longer; it never takes weaker parameters.
 *
 * Runs in the worker only (kdf_worker.js): it blocks for a second, and the page's own policy forbids wasm.
 */

import setupWasm from "../vendor/argon2id/lib/setup.js";
import { argon2idAsync } from "../vendor/noble/argon2.js";

/** @import { Bytes } from "./codec.js" */
/** @typedef {{ memory: number, passes: number }} Cost memory in KiB; one lane always */

const KEY_SIZE = 32;
const SHORTEST_FOR_WASM = 8;
const PLAIN_TICK_MS = 200;

/**
 * @typedef {object} Engines
 * @property {(file: "simd.wasm" | "no-simd.wasm") => Promise<Uint8Array<ArrayBuffer>>} readWasm
 * @property {() => void} [onPlain] told once when plain JavaScript has to do it, which may take a minute
 * @property {(done: number) => void} [onProgress] 0 to 1, from plain JavaScript only
 */

/**
 * @param {Bytes} passphrase normalised, 1 to 512 bytes
 * @param {Bytes} salt 16 bytes
 * @param {Cost} cost
 * @param {Engines} engines
 * @returns {Promise<Bytes>} M, 32 bytes
 */
export async function argon2id(passphrase, salt, cost, engines) {
  const fast = passphrase.length < SHORTEST_FOR_WASM ? null : await byWasm(passphrase, salt, cost, engines);
  return fast ?? byPlainScript(passphrase, salt, cost, engines);
}

/**
 * @param {Bytes} password
 * @param {Bytes} salt
 * @param {Cost} cost
 * @param {Engines} engines
 * @returns {Promise<Bytes | null>} null when wasm cannot run here, for whatever reason: the other engine gives the same bytes
 */
async function byWasm(password, salt, cost, { readWasm }) {
  try {
    const hash = await setupWasm(
      async (imports) => WebAssembly.instantiate(await readWasm("simd.wasm"), imports),
      async (imports) => WebAssembly.instantiate(await readWasm("no-simd.wasm"), imports),
    );
    const { memory: memorySize, passes } = cost;
    return new Uint8Array(hash({ password, salt, parallelism: 1, passes, memorySize, tagLength: KEY_SIZE }));
  } catch {
    return null;
  }
}

/**
 * @param {Bytes} password
 * @param {Bytes} salt
 * @param {Cost} cost
 * @param {Engines} engines
 * @returns {Promise<Bytes>}
 */
async function byPlainScript(password, salt, cost, { onPlain, onProgress }) {
  onPlain?.();
  const options = { t: cost.passes, m: cost.memory, p: 1, dkLen: KEY_SIZE, asyncTick: PLAIN_TICK_MS };
  return new Uint8Array(await argon2idAsync(password, salt, onProgress ? { ...options, onProgress } : options));
}
