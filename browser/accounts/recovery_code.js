/**
 * Opening an account with the code on paper.
 * @module
 */
import { toB64url } from "../sealing/codec.js";
import { CODE, readCode, recoveryAuth, recoveryWrap } from "../sealing/paper_code.js";
import { METHOD } from "../sealing/wrap.js";
import { plainDigits } from "../ui/language.js";
import { prelogin, seedFrom } from "./passphrase_keys.js";
import { askSeal } from "./seal_requests.js";

/** @import { Bytes } from "../sealing/codec.js" */

/** @typedef {{seed: Bytes, accountId: Bytes, auth: string}} Opened */

/**
 * The seed, if the code is right. `code-damaged`: a slip of the pen; `wrong-key`: another account's code, or an old one.
 * @param {string} name
 * @param {string} typed
 * @returns {Promise<Opened>}
 */
export async function openWithCode(name, typed) {
  const secret = await readCode(plainDigits(typed), CODE.recovery);
  const { accountId } = await prelogin(name);
  const [authKey, key] = await Promise.all([recoveryAuth(secret, accountId), recoveryWrap(secret, accountId)]);
  const auth = toB64url(authKey);
  const answer = await askSeal("recover", { name, recovery_auth: auth });
  return { seed: await seedFrom(answer, key, accountId, METHOD.recovery), accountId, auth };
}
