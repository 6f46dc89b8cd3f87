/** Where a group's page is: `/groups/<id>/`, the id written as a UUID. */

import { fromHex, toHex } from "../sealing/codec.js";

/** @import { Bytes } from "../sealing/codec.js" */

const PARTS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;
const PAGE = /^\/groups\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/$/;

/** @param {Bytes} id @returns {string} */
export const pathOf = (id) => `/groups/${toHex(id).replace(PARTS, "$1-$2-$3-$4-$5")}/`;

/** @param {string} path @returns {Bytes|null} null when this is not a group's page */
export function groupAt(path) {
  const id = PAGE.exec(path)?.[1];
  return id ? fromHex(id.replaceAll("-", "")) : null;
}
