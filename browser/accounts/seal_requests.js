/**
 * The JSON doors under `/seal/` (docs/protocol.md 6). Bytes travel as base64url.
 * @module
 */
import { sentence } from "../ui/dom.js";

/** A door said no, or nobody answered (`unreachable`). */
export class Refusal extends Error {
  /**
   * @param {string} code
   * @param {number} status 0 when there was no answer
   * @param {string} [told] the server's sentence, for the few that say how long to wait
   */
  constructor(code, status, told = "") {
    super(code);
    this.name = "Refusal";
    /** @readonly */
    this.told = told;
    /** @readonly */
    this.code = code;
    /** @readonly */
    this.status = status;
  }
}

/**
 * The token the server put in a cookie, to show that a request comes from its own page. Over TLS its name has a prefix.
 * @param {string} cookies
 */
export function csrfToken(cookies) {
  return /(?:^|;\s*)(?:__Host-)?csrf=([^;]*)/.exec(cookies)?.[1] ?? "";
}

/**
 * @param {Response} response
 * @returns {Promise<any>}
 */
async function readAnswer(response) {
  const answer = await response.json().catch(() => null);
  if (answer === null || typeof answer !== "object") throw new Refusal("broken", response.status);
  if (!response.ok) throw new Refusal(String(answer.code ?? "broken"), response.status, String(answer.sentence ?? ""));
  return answer;
}

/**
 * Asks a door. Throws `Refusal`.
 * @param {string} door below `/seal/`, such as "sign-in"
 * @param {Record<string, unknown>} [body]
 * @param {{keepalive?: boolean}} [options] `keepalive`: sent even if the page goes away meanwhile
 * @returns {Promise<any>}
 */
export async function askSeal(door, body = {}, { keepalive = false } = {}) {
  /** @type {Response} */
  let response;
  try {
    response = await fetch(`/seal/${door}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(document.cookie) },
      body: JSON.stringify(body),
      credentials: "same-origin",
      redirect: "error",
      keepalive,
    });
  } catch {
    throw new Refusal("unreachable", 0);
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
 * What a person reads about it. Only "too many tries" is taken from the server's own words, because it says how long.
 * @param {unknown} trouble
 * @returns {string}
 */
export function sentenceOf(trouble) {
  const code = codeOf(trouble);
  const told = code === "too-many" && trouble instanceof Refusal ? trouble.told : "";
  return told || sentence(code);
}
