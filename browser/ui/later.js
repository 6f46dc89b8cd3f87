/**
 * What a page does not need to begin with: modules, each with its integrity (`import()` could not say which file it expects),
 * and the words and the styles that go with them. They stand in `<template id="later-...">`, or, where they are many, all but the
 * script in a page of their own whose address it names, and are fetched when first wanted. A script out of a page that was fetched
 * would run in Chromium and not in Firefox, where such pages are data for good.
 * @module
 */
import { sentence } from "./dom.js";
import { Refusal } from "./refusal.js";

/** Where this page's files are: their address changes with every release. */
const TREE = new URL("../", import.meta.url).href;

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
 * @throws {Refusal} `unreachable`, and the next asking tries again; `version` when the server has a newer release by now
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
async function fetchPart(name) {
  const found = document.getElementById(`later-${name}`);
  if (!(found instanceof HTMLTemplateElement)) throw new Error(`nothing is to come later as ${name}`);
  const from = found.dataset["from"];
  const beside = from ? [...(await fetchPage(from)).querySelectorAll("template")] : [];
  const place = placeFor([...beside, found]);
  // Words and modules of two releases do not know one another.
  if ([...place.querySelectorAll("link")].some(({ href }) => !href.startsWith(TREE))) throw no("version");
  return new Promise((resolve, reject) => {
    wanted.set(name, resolve);
    const gone = () => {
      place.remove();
      reject(no("unreachable"));
    };
    place.querySelector("script")?.addEventListener("error", gone, { once: true });
    document.body.append(place);
  });
}

/** @param {string} code */
const no = (code) => new Refusal(code, sentence(code));

/**
 * Templates for words stay templates, named; what the others hold is for now: its modules run once this stands in the page.
 *
 * @param {Iterable<HTMLTemplateElement>} templates @returns {HTMLElement}
 */
function placeFor(templates) {
  const place = document.createElement("div");
  place.hidden = true;
  for (const each of templates) {
    const isWords = each.id && !each.id.startsWith("later-");
    place.append(document.importNode(isWords ? each : each.content, true));
  }
  return place;
}

/**
 * A page of ours, parsed by the browser from what the server sent: no text on the way that a script could have written, which
 * is why this needs no exception from Trusted Types. `fetch` gives text alone.
 *
 * @param {string} address @returns {Promise<Document>}
 */
function fetchPage(address) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", address);
    request.responseType = "document";
    request.onload = () => (request.status === 200 && request.response ? resolve(request.response) : reject(no("unreachable")));
    request.onerror = () => reject(no("unreachable"));
    request.send();
  });
}
