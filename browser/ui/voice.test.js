import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Voice } from "./voice.js";

/** @param {(voice: Voice, said: string[], tick: (ms: number) => void) => void} run */
function listening(run) {
  mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {string[]} */
  const said = [];
  const place = { replaceChildren: (/** @type {string} */ words = "") => said.push(words) };
  // In small steps: what a timer starts runs at its own time.
  const tick = (/** @type {number} */ ms) => Array.from({ length: ms / 100 }, () => mock.timers.tick(100));
  try {
    run(new Voice(() => /** @type {any} */ (place)), said, tick);
  } finally {
    mock.timers.reset();
  }
}

test("a sentence is said at once, and taken away when it was heard", () =>
  listening((voice, said, tick) => {
    voice.speak("Sent.");
    assert.deepEqual(said, ["Sent."]);
    tick(20_000);
    assert.deepEqual(said, ["Sent.", ""]);
  }));

test("sentences wait for one another", () =>
  listening((voice, said, tick) => {
    for (const words of ["One.", "Two.", "Three."]) voice.speak(words);
    assert.deepEqual(said, ["One."]);
    tick(1_500);
    assert.deepEqual(said, ["One.", "Two."]);
    tick(1_500);
    assert.deepEqual(said, ["One.", "Two.", "Three."]);
  }));

test("the same is said once, however often it comes meanwhile, and again later", () =>
  listening((voice, said, tick) => {
    for (let i = 0; i < 30; i++) voice.speak("Sent.");
    tick(20_000);
    assert.deepEqual(said, ["Sent.", ""]);
    voice.speak("Sent.");
    assert.deepEqual(said.at(-1), "Sent.");
  }));

test("nothing is nothing to say", () =>
  listening((voice, said) => {
    voice.speak(null);
    voice.speak("");
    assert.deepEqual(said, []);
  }));
