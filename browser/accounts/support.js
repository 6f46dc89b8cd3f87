/**
 * Whether this browser can lock anything (sealing.md 14): a safe address, and the two curves.
 * @module
 */
import { part, show } from "../ui/dom.js";

/**
 * Makes and throws away a key of each kind: older browsers refuse the name.
 * @returns {Promise<boolean>}
 */
async function hasCurves() {
  try {
    await crypto.subtle.generateKey("X25519", false, ["deriveBits"]);
    await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    return true;
  } catch {
    return false;
  }
}

/**
 * @returns {Promise<"yes" | "insecure" | "too-old">}
 */
export async function canSeal() {
  if (!isSecureContext || !crypto.subtle) return "insecure";
  return (await hasCurves()) ? "yes" : "too-old";
}

/**
 * Shows the form, or says why it is not shown. Answers whether the page may go on.
 * @param {HTMLElement} form
 * @returns {Promise<boolean>}
 */
export async function showIfAble(form) {
  const able = await canSeal();
  show(form, able === "yes");
  if (able === "yes") return true;
  const notice = part(document, "cannot-seal");
  show(part(notice, able), true);
  show(notice, true);
  return false;
}
