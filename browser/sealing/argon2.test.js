/** Three engines, one result (sealing.md D3). */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { prototype } from "../../tests/vectors/read.js";
import { argon2id } from "./argon2.js";
import { fromHex, toHex } from "./codec.js";
import { codeOf } from "./errors.js";
import { PROFILE, costOf } from "./kdf.js";
import { normalise } from "./passphrase.js";

const DIST = new URL("../vendor/argon2id/dist/", import.meta.url);
const CHEAP = { memory: 64, passes: 1 };
const SALT = new Uint8Array(16).fill(7);

/** @param {string} file */
const readWasm = async (file) => new Uint8Array(await readFile(new URL(file, DIST)));
const noWasm = () => Promise.reject(new Error("blocked by the policy"));

test("wasm makes the prototype's M at profile 2", async () => {
  const { passphrase, salt, M } = prototype.account;
  const made = await argon2id(normalise(passphrase), fromHex(salt), costOf(PROFILE.chosen), { readWasm });
  assert.equal(toHex(made), M);
});

test("plain JavaScript makes the same M when wasm is blocked, says so, and tells how far it is", async () => {
  const { passphrase, salt, M } = prototype.account;
  /** @type {number[]} */
  const told = [];
  let plain = 0;
  const engines = { readWasm: noWasm, onPlain: () => plain++, onProgress: (/** @type {number} */ done) => told.push(done) };
  const made = await argon2id(normalise(passphrase), fromHex(salt), costOf(PROFILE.chosen), engines);
  assert.equal(toHex(made), M);
  assert.equal(plain, 1);
  assert.equal(told.at(-1), 1);
});

test("without SIMD the other wasm file is taken, and nobody is told to wait", async () => {
  // setup.js remembers whether SIMD worked, so a fresh copy of the module is asked.
  const copy = "../vendor/argon2id/lib/setup.js?without-simd";
  const { default: setupWasm } = await import(copy);
  const scalar = async (/** @type {WebAssembly.Imports} */ imports) => WebAssembly.instantiate(await readWasm("no-simd.wasm"), imports);
  const hash = await setupWasm(noWasm, scalar);
  const password = normalise("river lantern oat seven");
  const made = hash({ password, salt: SALT, parallelism: 1, passes: 1, memorySize: 64, tagLength: 32 });
  assert.equal(toHex(made), toHex(await argon2id(password, SALT, CHEAP, { readWasm })));
});

test("a passphrase shorter than wasm takes has an answer, too", async () => {
  const made = await argon2id(normalise("short"), SALT, CHEAP, { readWasm });
  const plain = await argon2id(normalise("short"), SALT, CHEAP, { readWasm: noWasm });
  assert.equal(made.length, 32);
  assert.deepEqual(made, plain);
});

test("only two profiles exist", () => {
  assert.deepEqual(costOf(1), { memory: 19_456, passes: 2 });
  assert.deepEqual(costOf(2), { memory: 65_536, passes: 3 });
  for (const profile of [0, 3, -1, 1.5, NaN, Infinity]) {
    assert.throws(() => costOf(profile), (error) => codeOf(error) === "kdf-floor");
  }
});
