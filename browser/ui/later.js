/**
 * Modules that a page does not need to begin with. They stand in a `<template id="later-...">`, each with its integrity, and are
 * fetched when first wanted: `import()` could not say which file it expects.
 * @module
 */

/** @type {Map<string, (part: any) => void>} */
const wanted = new Map();
/** @type {Map<string, Promise<any>>} */
const asked = new Map();

/**
 * Called by the module that was fetched: here is what it is for.
 *
 * @param {string} name @param {object} part
 */
export function offer(name, part) {
  wanted.get(name)?.(part);
}

/**
 * What the module offers; the same for every asking.
 *
 * @param {string} name @returns {Promise<any>}
 * @throws when it could not be fetched; the next asking tries again
 */
export function later(name) {
  const known = asked.get(name);
  if (known) return known;
  const part = fetchPart(name);
  asked.set(name, part);
  part.catch(() => asked.delete(name));
  return part;
}

/** @param {string} name */
function fetchPart(name) {
  const found = document.getElementById(`later-${name}`);
  if (!(found instanceof HTMLTemplateElement)) throw new Error(`nothing is to come later as ${name}`);
  return new Promise((resolve, reject) => {
    wanted.set(name, resolve);
    const copy = document.importNode(found.content, true);
    copy.querySelector("script")?.addEventListener("error", () => reject(new Error(`${name} did not come`)), { once: true });
    document.head.append(copy);
  });
}
