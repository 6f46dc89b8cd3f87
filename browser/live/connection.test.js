import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { Refusal } from "../ui/refusal.js";
import { Connection, pause } from "./connection.js";
import { pack } from "./pack.js";
import { unpack } from "./unpack.js";

const group = new Uint8Array(16).fill(3);
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A connection whose lines the test holds in its hands. */
function setUp({ posts = /** @type {((message: Uint8Array) => Promise<Uint8Array>)} */ (async () => Promise.reject(new Error("no network"))) } = {}) {
  /** @type {{ends: any, sent: any[], isClosed: boolean}[]} */
  const lines = [];
  const connection = new Connection({
    opener: (ends) => {
      const line = { ends, sent: /** @type {any[]} */ ([]), isClosed: false };
      lines.push(line);
      return {
        send: (message) => line.sent.push(.../** @type {any[]} */ (unpack(message))),
        close: () => {
          line.isClosed = true;
          ends.closed(1000);
        },
      };
    },
    poster: posts,
  });
  const answer = (/** @type {number} */ i, /** @type {any[]} */ ...frames) => lines[i].ends.arrived(pack(frames));
  connection.start();
  return { connection, lines, answer };
}

test("asks wait for the line, leave together, and get their own answers", async () => {
  const { connection, lines, answer } = setUp();
  const first = connection.call("home");
  const second = connection.call("items", { group, after: 3 });
  await settled();
  assert.equal(lines[0].sent.length, 0);
  lines[0].ends.opened();
  assert.deepEqual(lines[0].sent.map((ask) => ask[1]), ["home", "items"]);
  answer(0, [lines[0].sent[1][0], "ok", { more: false }], [lines[0].sent[0][0], "ok", { notices: 2 }]);
  assert.equal((await first).notices, 2);
  assert.equal((await second).more, false);
});

test("a refusal carries its code and the server's sentence", async () => {
  const { connection, lines, answer } = setUp();
  lines[0].ends.opened();
  const asked = connection.call("send", { envelope: new Uint8Array(3) });
  await settled();
  answer(0, [lines[0].sent[0][0], "no", "padding", "These words are damaged. They are not shown."]);
  await assert.rejects(asked, (/** @type {any} */ why) => why instanceof Refusal && why.code === "padding" && why.sentence.includes("damaged"));
});

test("what is unanswered when the line breaks is asked again on the next one, after listening again", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, lines, answer } = setUp();
  lines[0].ends.opened();
  connection.listen("g", group).catch(() => {});
  const asked = connection.call("send", { envelope: new Uint8Array(3) });
  const gaps = /** @type {any[]} */ ([]);
  connection.on("again", (gap) => gaps.push(gap));
  await settled();
  lines[0].ends.closed(1006);
  assert.equal(connection.state, "closed");
  mock.timers.tick(1000);
  lines[1].ends.opened();
  await settled();
  const verbs = lines[1].sent.map((ask) => ask[1]);
  assert.deepEqual([...verbs].sort(), ["listen", "listen", "send"]);
  const [ref] = lines[1].sent.find((ask) => ask[1] === "send");
  answer(1, [ref, "ok", { seq: 9 }]);
  assert.equal((await asked).seq, 9);
  assert.equal(gaps.length, 1);
  mock.timers.reset();
});

test("news reach those who hear the topic, until they stop", async () => {
  const { connection, lines, answer } = setUp();
  lines[0].ends.opened();
  const heard = /** @type {any[]} */ ([]);
  const stop = connection.on("item", (payload) => heard.push(payload.n));
  connection.on("item", () => heard.push("also"));
  answer(0, [0, "item", { n: 1 }]);
  await settled();
  stop();
  answer(0, [0, "item", { n: 2 }]);
  await settled();
  assert.deepEqual(heard, [1, "also", "also"]);
});

test("a message that is malformed costs the line, not what was asked", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, lines, answer } = setUp();
  lines[0].ends.opened();
  const asked = connection.call("home");
  await settled();
  lines[0].ends.arrived(new Uint8Array([0xc1]));
  assert.equal(lines[0].isClosed, true);
  mock.timers.tick(1000);
  lines[1].ends.opened();
  answer(1, [lines[1].sent[0][0], "ok", { groups: [] }]);
  assert.deepEqual((await asked).groups, []);
  mock.timers.reset();
});

test("a line that swallows asks is given up after twenty seconds", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, lines } = setUp();
  lines[0].ends.opened();
  connection.call("home");
  await settled();
  mock.timers.tick(19_000);
  assert.equal(lines[0].isClosed, false);
  mock.timers.tick(1_001);
  assert.equal(lines[0].isClosed, true);
  mock.timers.reset();
});

test("where sockets fail, requests carry the asks, and gaps are told from time to time", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const posted = /** @type {any[]} */ ([]);
  const { connection, lines } = setUp({
    posts: async (message) => {
      const asks = /** @type {any[]} */ (unpack(message));
      posted.push(...asks);
      return pack(asks.map(([ref]) => [ref, "ok", { by: "request" }]));
    },
  });
  const gaps = /** @type {any[]} */ ([]);
  connection.on("again", (gap) => gaps.push(gap));
  const asked = connection.call("home");
  lines[0].ends.closed(1006);
  assert.equal(posted.length, 0);
  mock.timers.tick(1000);
  lines[1].ends.closed(1006);
  assert.equal((await asked).by, "request");
  await settled();
  assert.equal(connection.state, "asking");
  assert.equal(gaps.length, 1);
  mock.timers.tick(8_000);
  await settled();
  assert.equal(gaps.length, 2);
  assert.equal((await connection.call("items")).by, "request");
  mock.timers.reset();
});

test("signed out means no further tries", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { connection, lines } = setUp();
  const states = /** @type {string[]} */ ([]);
  connection.on("state", (state) => states.push(state));
  lines[0].ends.closed(4401);
  mock.timers.tick(120_000);
  await settled();
  assert.equal(lines.length, 1);
  assert.deepEqual(states, ["signed-out"]);
  mock.timers.reset();
});

test("tries grow apart, never further than half a minute, never all at one moment", () => {
  assert.equal(pause(1, 1), 1000);
  assert.equal(pause(1, 0), 500);
  assert.equal(pause(20, 1), 30_000);
  assert.equal(pause(3, 0.5) < pause(4, 0.5), true);
});
