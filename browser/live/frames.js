/**
 * Frames: what one message between a browser and the gateway holds (docs/protocol.md 1).
 *
 * `Ask` = [ref, verb, args]. `Answer` = [ref, "ok", result] or [ref, "no", code, sentence], or news: [0, topic, payload].
 */

import { pack, packArray } from "./pack.js";
import { FrameError, unpack } from "./unpack.js";

/** @typedef {[number, string, object]} Ask */
/** @typedef {{ref: number, ok: any} | {ref: number, code: string, sentence: string} | {topic: string, payload: any}} Answer */

export { FrameError };

/** No message holds more frames, or more bytes of them, than this. */
const MOST_FRAMES = 64;
const MOST_BYTES = 1_000_000;

/** @param {Ask} ask @returns {Uint8Array} one frame @throws {FrameError} */
export const writeAsk = (ask) => pack(ask);

/**
 * Frames into as few messages as the limits allow, in order.
 *
 * @param {Uint8Array[]} frames
 * @returns {Uint8Array[]}
 */
export function messagesOf(frames) {
  /** @type {Uint8Array[][]} */
  const messages = [];
  let bytes = 0;
  for (const frame of frames) {
    const last = messages.at(-1);
    if (!last || last.length === MOST_FRAMES || bytes + frame.length > MOST_BYTES) {
      messages.push([frame]);
      bytes = frame.length;
    } else {
      last.push(frame);
      bytes += frame.length;
    }
  }
  return messages.map(packArray);
}

/** @param {Uint8Array} bytes one message @returns {Answer[]} @throws {FrameError} */
export function readAnswers(bytes) {
  const frames = unpack(bytes);
  if (!Array.isArray(frames)) throw new FrameError("a message is an array of frames");
  return frames.map(readAnswer);
}

/** @param {unknown} frame @returns {Answer} */
function readAnswer(frame) {
  if (!Array.isArray(frame) || typeof frame[0] !== "number") throw new FrameError("a frame begins with a number");
  const [ref, word, held, sentence] = frame;
  if (ref === 0 && typeof word === "string" && isMap(held)) return { topic: word, payload: held };
  if (word === "ok" && isMap(held)) return { ref, ok: held };
  if (word === "no" && typeof held === "string") return { ref, code: held, sentence: String(sentence ?? "") };
  throw new FrameError("neither an answer nor news");
}

/** @param {unknown} value */
function isMap(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
