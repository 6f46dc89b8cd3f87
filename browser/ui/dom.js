/**
 * Finding and filling what the server rendered. Words for people live in templates, never here.
 * @module
 */

/**
 * A fresh copy of the one element inside `<template id>`.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function template(id) {
  const found = document.getElementById(id);
  if (!(found instanceof HTMLTemplateElement)) throw new Error(`no template ${id}`);
  const root = found.content.firstElementChild;
  if (!root) throw new Error(`template ${id} is empty`);
  return /** @type {HTMLElement} */ (document.importNode(root, true));
}

/**
 * The element marked `data-part="name"` inside `root`.
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement}
 */
export function part(root, name) {
  const found = root.querySelector(`[data-part="${CSS.escape(name)}"]`);
  if (!(found instanceof HTMLElement)) throw new Error(`no part ${name}`);
  return found;
}

/**
 * The form control called `name` inside `form`.
 * @param {HTMLFormElement} form
 * @param {string} name
 * @returns {HTMLInputElement}
 */
export function control(form, name) {
  const found = form.elements.namedItem(name);
  if (!found) throw new Error(`no control ${name}`);
  return /** @type {HTMLInputElement} */ (found);
}

/**
 * Puts words into an element. The only way words enter a page.
 * @param {Element} node
 * @param {string} text
 */
export function say(node, text) {
  node.textContent = text;
}

/**
 * Shows or hides an element.
 * @param {HTMLElement} node
 * @param {boolean} shown
 */
export function show(node, shown) {
  node.hidden = !shown;
}

/**
 * The sentence a person reads for a code, in the page's language. A code nobody listed gets the general one.
 * @param {string} code
 * @returns {string}
 */
export function sentence(code) {
  const found = document.getElementById("sentences");
  if (!(found instanceof HTMLTemplateElement)) return "";
  const line =
    found.content.querySelector(`[data-code="${CSS.escape(code)}"]`) ??
    found.content.querySelector('[data-code="broken"]');
  return line?.textContent?.trim() ?? "";
}

/**
 * A sentence with its places filled: `fill("Wait {seconds} s", {seconds: 5})`.
 * @param {string} text
 * @param {Record<string, string | number>} values
 * @returns {string}
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * Moves focus to something that is not a control, such as the heading of the next step.
 * @param {HTMLElement} node
 * @param {FocusOptions} [how]
 */
export function focusOn(node, how) {
  if (!node.hasAttribute("tabindex")) node.tabIndex = -1;
  node.focus(how);
}

/** Runs once the page is parsed. @param {() => void} start */
export function whenReady(start) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start, { once: true });
  else start();
}
