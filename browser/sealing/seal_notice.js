/** Signing and sealing the words to somebody who is removed; notice.js opens them (sealing.md 4.4). */

import { PURPOSE } from "./box.js";
import { concat, toPaddedJson } from "./codec.js";
import { contextOf, noticeMessage } from "./notice.js";
import { sign } from "./primitives.js";
import { sealBox } from "./seal_box.js";

/** @import { Bytes } from "./codec.js" */
/** @import { Removal } from "./notice.js" */

/**
 * Signed with the key of who removes, sealed to the key of who is removed.
 *
 * @param {Removal} removal
 * @param {Bytes} xPublic
 * @param {CryptoKey} e
 * @param {Record<string, unknown>} body
 * @param {{ ephemeral?: import("./box.js").BoxKeys }} [options] for vectors
 */
export async function sealNotice(removal, xPublic, e, body, options) {
  const words = toPaddedJson(body);
  const signature = await sign(e, await noticeMessage(removal, words));
  return sealBox(PURPOSE.notice, contextOf(removal), xPublic, concat(signature, words), options);
}
