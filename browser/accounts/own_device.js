/**
 * A device of one's own: a code of six digits has the server release its half (sealing.md 2.11).
 * @module
 */
import { fromB64url, toB64url } from "../sealing/codec.js";
import { SealError } from "../sealing/errors.js";
import { newId } from "../sealing/keys.js";
import { randomBytes } from "../sealing/primitives.js";
import { sealSession } from "../sealing/seal_session.js";
import { codeAuth, openSession } from "../sealing/session_seal.js";
import { mayKeepOnDevice } from "./device_mode.js";
import { keepDevice, readDevice } from "./own_device_store.js";
import { askSeal } from "./seal_requests.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @import { Kept } from "./own_device_store.js" */

const SHARE_SIZE = 32;

/**
 * What is wrong with a code somebody wants: not six digits, or one of the first that anybody would try.
 * @param {string} digits
 * @returns {"empty" | "easy" | ""}
 */
export function troubleWith(digits) {
  if (!/^[0-9]{6}$/.test(digits)) return "empty";
  const steps = [...digits].slice(1).map((digit, index) => Number(digit) - Number(digits[index]));
  return steps.every((step) => step === steps[0] && Math.abs(step) <= 1) ? "easy" : "";
}

/**
 * Keeps the seed on this device. The server gets its half first: without it nothing is written here.
 * @param {Bytes} seed its bytes are gone afterwards
 * @param {{accountId: Bytes, authKey: string, digits: string}} who
 */
export async function keepOnDevice(seed, { accountId, authKey, digits }) {
  if (!mayKeepOnDevice()) throw new SealError("not-found");
  const [device, share] = [newId(), randomBytes(SHARE_SIZE)];
  const kept = await sealSession(seed, accountId, share, { device });
  seed.fill(0);
  const code = toB64url(await codeAuth(kept, accountId, device, digits));
  const place = { device: toB64url(device), share: toB64url(share) };
  await askSeal("own-device/new", { auth_key: authKey, code_auth: code, ...place });
  await keepDevice({ accountId, device, kept });
}

/**
 * What this device keeps for this account and the code the server has, or null: then only the passphrase opens it.
 * @param {string} accountId @param {string} deviceId both as the page names them, "" when the server has no code
 */
export async function keptFor(accountId, deviceId) {
  const kept = deviceId === "" ? null : await readDevice();
  return kept && toB64url(kept.accountId) === accountId && toB64url(kept.device) === deviceId ? kept : null;
}

/**
 * The seed, for the right code. The server has said yes then, so a half that does not open what is here is no slip of the
 * person's: `key-mismatch`.
 * @param {Kept} here
 * @param {string} digits
 * @returns {Promise<Bytes>}
 */
export async function openDevice({ accountId, device, kept }, digits) {
  const code = toB64url(await codeAuth(kept, accountId, device, digits));
  const { share } = await askSeal("own-device/open", { device: toB64url(device), code_auth: code });
  try {
    return await openSession(kept, accountId, fromB64url(share), device);
  } catch {
    throw new SealError("key-mismatch");
  }
}
