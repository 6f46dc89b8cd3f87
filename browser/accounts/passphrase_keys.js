/**
 * From a passphrase to the account: the order in which things may happen, so that nothing is sent to a server that lies.
 * @module
 */
import { toB64url, fromB64url } from "../sealing/codec.js";
import { SealError, insist } from "../sealing/errors.js";
import { costOf, stretch } from "../sealing/kdf.js";
import { authKey, wrapKey } from "../sealing/passphrase.js";
import { METHOD, unwrapSeed } from "../sealing/wrap.js";
import { sentence } from "../ui/dom.js";
import { words, working } from "../ui/form.js";
import { askSeal } from "./seal_requests.js";

/** @import { Bytes } from "../sealing/codec.js" */

/** @typedef {{accountId: Bytes, salt: Bytes, profile: number}} Start */
/** @typedef {{authKey: Bytes, wrapKey: Bytes}} Pair */

/**
 * Which account a name has, and how its passphrase is stretched. An unknown name gets an answer of the same shape.
 * A profile below the floor: `kdf-floor`, before a key is made.
 * @param {string} name
 * @returns {Promise<Start>}
 */
export async function prelogin(name) {
  const answer = await askSeal("prelogin", { name });
  costOf(answer.profile);
  const accountId = trusted(() => fromB64url(answer.account_id));
  const salt = trusted(() => fromB64url(answer.salt));
  insist(accountId.length === 16 && salt.length === 16, "kdf-floor");
  return { accountId, salt, profile: answer.profile };
}

/**
 * Bytes the server should have written rightly; if not, its answer is not trustworthy.
 * @template T
 * @param {() => T} read
 * @returns {T}
 */
function trusted(read) {
  try {
    return read();
  } catch {
    throw new SealError("key-mismatch");
  }
}

/**
 * The slow part, with the calm line shown meanwhile. Where wasm is forbidden the line says that it takes a minute.
 * @param {string} passphrase
 * @param {Start} start
 * @param {HTMLFormElement} form
 * @returns {Promise<Pair>}
 */
export async function keysFrom(passphrase, { accountId, salt, profile }, form) {
  working(form, words(form, "working"));
  const onPlain = () => working(form, sentence("wasm"));
  const stretched = await stretch(passphrase, salt, profile, { onPlain });
  const [auth, wrap] = await Promise.all([authKey(stretched, accountId), wrapKey(stretched, accountId)]);
  stretched.fill(0);
  return { authKey: auth, wrapKey: wrap };
}

/**
 * The seed out of an answer. The server has said yes to the key, so a blob that does not open is not a slip of the person:
 * `key-mismatch`, whatever the reason.
 * @param {any} answer with `wrapped`, `x_pub`, `e_pub`
 * @param {Bytes} key
 * @param {Bytes} accountId
 * @param {number} method one of METHOD
 * @returns {Promise<Bytes>}
 */
export async function seedFrom(answer, key, accountId, method) {
  try {
    const expected = { method, xPublic: fromB64url(answer.x_pub), ePublic: fromB64url(answer.e_pub) };
    return await unwrapSeed(fromB64url(answer.wrapped), key, accountId, expected);
  } catch {
    throw new SealError("key-mismatch");
  }
}

/**
 * Opens an account with its passphrase through one of the doors that take an `auth_key`.
 * @param {{name: string, passphrase: string, form: HTMLFormElement}} typed
 * @param {(authKey: string) => Promise<any>} door
 * @returns {Promise<{seed: Bytes, accountId: Bytes, answer: any}>}
 */
export async function openAccount({ name, passphrase, form }, door) {
  const start = await prelogin(name);
  const pair = await keysFrom(passphrase, start, form);
  const answer = await door(toB64url(pair.authKey));
  const seed = await seedFrom(answer, pair.wrapKey, start.accountId, METHOD.passphrase);
  return { seed, accountId: start.accountId, answer };
}
