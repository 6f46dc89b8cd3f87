import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { HALF, askEarly, early } from "./early.js";

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
    location: { pathname: "/groups/" },
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
const GROUP = "/groups/00000000-0000-4000-8000-000000000000/";

test("what was asked for early is taken once: after that the server is asked anew", async () => {
  tab.set(HALF, "half");
  answers = [ours()];
  askEarly();
  assert.deepEqual(asked, ["/seal/session-share"]);
  assert.deepEqual(await early("session-share"), { share: "ours" });
  assert.equal(await early("session-share"), null);
  assert.equal(asked.length, 1);
});

test("a group's page looks at the keyring first thing, and no other page does", async () => {
  tab.set(HALF, "half");
  answers = [ours(), Response.json({ blob: null })];
  location.pathname = GROUP;
  askEarly();
  assert.deepEqual(asked, ["/seal/session-share", "/seal/keyring"]);
  assert.deepEqual(await early("session-share"), { share: "ours" });
  assert.deepEqual(await early("keyring"), { blob: null });
});

test("a tab without a half of its own asks nothing early", async () => {
  location.pathname = GROUP;
  askEarly();
  assert.equal(asked.length, 0);
  assert.equal(await early("session-share"), null);
});

test("what went wrong early, or was refused, is as if it had not been asked", async () => {
  tab.set(HALF, "half");
  for (const answer of [new TypeError("no line"), Response.json({ code: "locked" }, { status: 423 }), new Response("not JSON")]) {
    answers = [answer];
    askEarly();
    assert.equal(await early("session-share"), null);
  }
});
