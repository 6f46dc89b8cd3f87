/**
 * What the vectors' tests ask of Node, for a browser that reads the same files: tests that are told apart, four assertions, and a
 * file. An import map puts it in the place of `node:test`, `node:assert/strict`, `node:fs` and
 * `node:fs/promises` (tests/e2e/test_vectors.py).
 */

/** @type {[string, () => unknown][]} */
const tests = [];

/** @param {string} name @param {() => unknown} work */
export const test = (name, work) => tests.push([name, work]);

/** Each test's name, with why it failed, or "". @returns {Promise<[string, string][]>} */
export async function outcomes() {
  /** @type {[string, string][]} */ const seen = [];
  for (const [name, work] of tests) seen.push([name, await Promise.resolve().then(work).then(() => "", String)]);
  return seen;
}

/** @param {URL} address */
export function readFileSync(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  request.send();
  return request.responseText;
}

/** @param {URL} address */
export const readFile = async (address) => new Uint8Array(await (await fetch(address)).arrayBuffer());

/** @param {unknown} one @param {unknown} other @returns {boolean} */
function isDeepEqual(one, other) {
  if (Object.is(one, other)) return true;
  if (!(one instanceof Object) || !(other instanceof Object) || one.constructor !== other.constructor) return false;
  if (one instanceof Map || one instanceof Set) return isDeepEqual([...one], [.../** @type {Set<unknown>} */ (other)]);
  const [names, others] = [Object.keys(one), Object.keys(other)];
  const value = (/** @type {object} */ of, /** @type {string} */ name) => /** @type {any} */ (of)[name];
  return names.length === others.length && names.every((name) => Object.hasOwn(other, name) && isDeepEqual(value(one, name), value(other, name)));
}

/** @param {boolean} isSo @param {unknown[]} said */
function claim(isSo, ...said) {
  if (!isSo) throw new Error(said.map((each) => JSON.stringify(each, (_, value) => (typeof value === "bigint" ? String(value) : value))).join(" "));
}

export default {
  equal: (/** @type {unknown} */ one, /** @type {unknown} */ other, why = "") => claim(Object.is(one, other), why, one, other),
  deepEqual: (/** @type {unknown} */ one, /** @type {unknown} */ other, why = "") => claim(isDeepEqual(one, other), why, one, other),
  notDeepEqual: (/** @type {unknown} */ one, /** @type {unknown} */ other, why = "") => claim(!isDeepEqual(one, other), why, one),
  ok: (/** @type {unknown} */ one, why = "") => claim(Boolean(one), why, one),
};
