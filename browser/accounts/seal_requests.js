/**
 * The JSON doors under `/seal/` (docs/protocol.md 6). Bytes travel as base64url.
 * @module
 */
import { sentence } from "../ui/dom.js";
import { Refusal } from "../ui/refusal.js";
import { post } from "./early.js";

/** @param {string} code @param {string} [told] the server's sentence: taken for "too many tries" alone, because it says how long */
const no = (code, told) => new Refusal(code, (code === "too-many" && told) || sentence(code));

/**
 * @param {Response} response
 * @returns {Promise<any>}
 */
async function readAnswer(response) {
  const answer = await response.json().catch(() => null);
  if (answer === null || typeof answer !== "object") throw no("broken");
  if (!response.ok) throw no(String(answer.code ?? "broken"), String(answer.sentence ?? ""));
  return answer;
}

/**
 * Asks a door.
 * @param {string} door below `/seal/`, such as "sign-in"
 * @param {Record<string, unknown>} [body]
 * @param {{keepalive?: boolean}} [options] `keepalive`: sent even if the page goes away meanwhile
 * @returns {Promise<any>}
 * @throws {Refusal} `unreachable` when nobody answered
 */
export async function askSeal(door, body = {}, { keepalive = false } = {}) {
  /** @type {Response} */
  let response;
  try {
    response = await post(door, body, keepalive);
  } catch {
    throw no("unreachable");
  }
  return readAnswer(response);
}

/**
 * The code of something that went wrong in a way a sentence exists for; anything else is thrown on.
 * @param {unknown} trouble
 * @returns {string}
 */
export function codeOf(trouble) {
  if (trouble instanceof Error && "code" in trouble && typeof trouble.code === "string") return trouble.code;
  throw trouble;
}

/**
 * What a person reads about it; a fault of ours is thrown on.
 * @param {unknown} trouble
 * @returns {string}
 */
export const sentenceOf = (trouble) => (trouble instanceof Refusal ? trouble.sentence : sentence(codeOf(trouble)));
