/**
 * Whether this browser can lock anything (sealing.md 10): a safe address, and the two curves.
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
async function canSeal() {
  if (!isSecureContext || !crypto.subtle) return "insecure";
  return (await hasCurves()) ? "yes" : "too-old";
}

/**
 * Whether the page can do what it is for; if not, it says why.
 * @returns {Promise<boolean>}
 */
export async function ableOrSay() {
  const able = await canSeal();
  if (able === "yes") return true;
  const notice = part(document, "cannot-seal");
  show(part(notice, able), true);
  show(notice, true);
  return false;
}

/**
 * Shows the form, or says why it is not shown. Called last: a form that is seen before its module listens could be sent by the
 * browser itself, and an address would hold a passphrase. (`method="dialog"`, which sends nothing anywhere, guards it too.)
 * @param {HTMLElement} form
 * @returns {Promise<boolean>} whether the page may go on
 */
export async function showIfAble(form) {
  const able = await ableOrSay();
  show(form, able);
  return able;
}
