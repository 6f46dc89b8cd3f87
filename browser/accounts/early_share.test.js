import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { HALF } from "./device_mode.js";
import { askEarly, share } from "./early_share.js";

/** @type {string[]} */
let asked = [];
/** @type {(Response | Error)[]} */
let answers = [];
/** @type {Map<string, string>} */
let tab = new Map();

beforeEach(() => {
  asked = [];
  answers = [];
  tab = new Map();
  Object.assign(globalThis, {
    document: { cookie: "" },
    sessionStorage: { getItem: (/** @type {string} */ name) => tab.get(name) ?? null },
    fetch: async (/** @type {string} */ address) => {
      asked.push(address);
      const answer = answers.shift();
      if (answer instanceof Response) return answer;
      throw answer ?? new Error("nobody is asked so often");
    },
  });
});

const ours = () => Response.json({ share: "ours" });

test("what was asked for early is not asked for again", async () => {
  tab.set(HALF, "half");
  answers = [ours()];
  askEarly();
  assert.deepEqual(asked, ["/seal/session-share"]);
  assert.deepEqual(await share(), { share: "ours" });
  assert.equal(asked.length, 1);
});

test("it is used once: after that the server is asked anew", async () => {
  tab.set(HALF, "half");
  answers = [ours(), Response.json({ share: "another" })];
  askEarly();
  await share();
  assert.deepEqual(await share(), { share: "another" });
});

test("a tab without a half of its own asks nothing early", async () => {
  answers = [ours()];
  askEarly();
  assert.equal(asked.length, 0);
  assert.deepEqual(await share(), { share: "ours" });
});

test("what went wrong early is asked once more", async () => {
  tab.set(HALF, "half");
  answers = [new TypeError("no line"), ours()];
  askEarly();
  assert.deepEqual(await share(), { share: "ours" });
  assert.equal(asked.length, 2);
});
