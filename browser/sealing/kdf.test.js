/** The page's side of the key worker. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { codeOf } from "./errors.js";
import { stretch } from "./kdf.js";

/** @typedef {{ passphrase: Uint8Array, salt: Uint8Array, cost: { memory: number, passes: number } }} Question */

const SALT = new Uint8Array(16);
const WORKER = new URL("./kdf_worker.js", import.meta.url).href;

/** A worker that answers as told, in the place of the browser's. */
class FakeWorker extends EventTarget {
  /** @type {FakeWorker[]} */
  static made = [];
  /** @type {(worker: FakeWorker, question: Question) => void} */
  static answer = () => {};
  isTerminated = false;

  /** @param {string} url @param {object} options */
  constructor(url, options) {
    super();
    this.url = url;
    this.options = options;
    FakeWorker.made.push(this);
  }

  /** @param {Question} question */
  postMessage(question) {
    queueMicrotask(() => FakeWorker.answer(this, question));
  }

  /** @param {object} data */
  say(data) {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  terminate() {
    this.isTerminated = true;
  }
}

/** @type {any} */
const browser = globalThis;
browser.Worker = FakeWorker;
/** @type {{ createScriptURL: (url: string) => string }[]} */
const policies = [];
browser.trustedTypes = {
  createPolicy: (/** @type {string} */ name, /** @type {any} */ rules) => {
    assert.equal(name, "hs-worker");
    policies.push(rules);
    return rules;
  },
};

afterEach(() => {
  assert.ok(FakeWorker.made.every(({ isTerminated }) => isTerminated), "the worker is ended, its memory given back");
  FakeWorker.made.length = 0;
});

test("asks the worker at the profile's cost, tells of plain JavaScript and of progress, and gives M", async () => {
  /** @type {(string | number)[]} */
  const told = [];
  FakeWorker.answer = (worker, { passphrase, cost }) => {
    assert.deepEqual([passphrase.length, cost], [3, { memory: 19_456, passes: 2 }]);
    worker.say({ plain: true });
    worker.say({ done: 0.5 });
    worker.say({ key: new Uint8Array(32).fill(9) });
  };
  const options = { onPlain: () => told.push("plain"), onProgress: (/** @type {number} */ done) => told.push(done) };
  assert.deepEqual(await stretch("a b", SALT, 1, options), new Uint8Array(32).fill(9));
  assert.deepEqual(told, ["plain", 0.5]);
  assert.deepEqual(FakeWorker.made.map(({ url, options: how }) => [url, how]), [[WORKER, { type: "module" }]]);
});

test("the policy lets the key worker through and no other address", () => {
  assert.equal(policies.length, 1);
  assert.equal(policies[0]?.createScriptURL(WORKER), WORKER);
  for (const url of [`${WORKER}?x`, "https://elsewhere.example/kdf_worker.js", "blob:x", ""]) {
    assert.throws(() => policies[0]?.createScriptURL(url), TypeError);
  }
});

test("a profile below the floor and an impossible passphrase never start a worker", async () => {
  await assert.rejects(stretch("river lantern", SALT, 0), (error) => codeOf(error) === "kdf-floor");
  await assert.rejects(stretch("", SALT, 1), (error) => codeOf(error) === "passphrase-bad");
  assert.equal(FakeWorker.made.length, 0);
});

test("a worker that fails, does not start, or is called off ends in an error", async () => {
  FakeWorker.answer = (worker) => worker.say({ failed: true });
  await assert.rejects(stretch("river lantern", SALT, 1), /failed/);
  FakeWorker.answer = (worker) => worker.dispatchEvent(new Event("error"));
  await assert.rejects(stretch("river lantern", SALT, 1), /did not start/);
  const leaving = new AbortController();
  FakeWorker.answer = () => leaving.abort(new Error("left the page"));
  await assert.rejects(stretch("river lantern", SALT, 1, { signal: leaving.signal }), /left the page/);
  await assert.rejects(stretch("river lantern", SALT, 1, { signal: leaving.signal }), /left the page/);
});
