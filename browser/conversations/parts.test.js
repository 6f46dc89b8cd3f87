import assert from "node:assert/strict";
import { test } from "node:test";

import { drawWords, isWordless } from "./parts.js";

const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);

/** As much of an element as drawing asks for. */
class Element {
  textContent = "";
  dateTime = "";
  hidden = false;
  dataset = {};
  style = { setProperty() {} };
  toggleAttribute() {}
  /** @type {unknown[]} */ children = [];
  replaceChildren(/** @type {unknown[]} */ ...children) {
    this.children = children;
  }
}

/** Sentences for what stays closed, and none besides. */
class Template {
  content = {
    querySelector: () => null,
    firstElementChild: { children: ["key", "before", "other"].map((name) => ({ dataset: { line: name }, childNodes: [name], querySelector: () => null })) },
  };
}
Object.assign(globalThis, { HTMLElement: Element, HTMLTemplateElement: Template, CSS: { escape: String } });
Object.assign(globalThis, { document: { documentElement: { lang: "en" }, getElementById: () => new Template(), importNode: (/** @type {unknown} */ node) => node, createDocumentFragment: () => ({ append(/** @type {unknown[]} */ ...nodes) { Object.assign(this, { nodes }); } }) }, navigator: { languages: ["en-GB"] } });

const amara = "aa".repeat(16);
const room = any({ nameOf: (/** @type {string} */ id) => (id === amara ? "Amara" : undefined) });

/** What stands in each part of a share's element. @param {object} words @returns {Record<string, Element>} */
function drawn(words) {
  /** @type {Record<string, Element>} */ const parts = {};
  const querySelector = (/** @type {string} */ asked) => (parts[asked.slice('[data-part="'.length, -'"]'.length)] ??= new Element());
  drawWords(any({ querySelector }), any({ id: "i1", seq: 1, author: amara, received: 1_000, revision: 0, ...words }), room);
  return parts;
}

test("words that opened stand with who said them and when", () => {
  const { name, time, text } = drawn({ text: "A hard week." });
  assert.deepEqual([name.textContent, time.hidden, time.dateTime, text.textContent], ["Amara", false, "1970-01-01T00:00:01.000Z", "A hard week."]);
});

test("the sender's own clock stands beside the time where it is told", () => {
  const [same, other] = [drawn({ text: "Said." }), drawn({ text: "Said.", ownClock: 9_000 })];
  assert.deepEqual([same["own-clock"]?.hidden, other["own-clock"]?.hidden], [true, false]);
  assert.equal(other.sent?.dateTime, "1970-01-01T00:00:09.000Z");
});

test("what did not open is said by nobody and at no time", () => {
  const { name, time, text, closed } = drawn({ code: "damaged" });
  assert.deepEqual([name?.textContent ?? "", time.hidden, time.dateTime], ["", true, ""]);
  assert.deepEqual([text.hidden, closed.hidden], [true, false]);
});

for (const [code, next] of [["no-epoch-box", "key"], ["before-you-joined", "before"], ["damaged", "other"], ["fork", "other"]]) {
  test(`what stays closed as ${code} says what comes next`, () => {
    const { "closed-next": place } = drawn({ code });
    assert.deepEqual([place.hidden, any(place.children[0]).nodes], [false, [next]]);
  });
}

test("what is open says nothing of that", () => {
  assert.deepEqual(drawn({ text: "A hard week." })["closed-next"].children, []);
});

test("little pictures alone are words too, and are known as such", () => {
  for (const said of ["🌧️🫖", "❤️", "👩‍👧 🏳️‍🌈", "🇵🇱💛"]) assert.ok(isWordless(said), said);
  for (const said of ["", " ", "7", "#1", "ok 👍", "…", "🌧️".repeat(30)]) assert.ok(!isWordless(said), said);
});
