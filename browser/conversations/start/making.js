/** From what was written to a group. If the way is cut in the middle, the next press goes on where it was, and makes no second group. */

import { startGroup } from "../../groups/starting.js";
import { fromHex, same, toHex } from "../../sealing/codec.js";
import { newId } from "../../sealing/keys.js";
import { wholeAgreement } from "./draft_view.js";
import { firstHours } from "./first_hours.js";
import { placeOf } from "./place.js";
import { hoursOf } from "./screens.js";

/** @import { Here } from "../../groups/group.js" */
/** @import { Network } from "../../groups/starting.js" */
/** @import { Begun } from "./begun.js" */
/** @import { KeptBegun } from "./kept_begun.js" */
/** @typedef {(group: import("../../groups/group.js").Group, times: ReturnType<typeof firstHours>[]) => Promise<unknown>} SetHours */

/** Is this person in the group of this id? @param {Here} here @param {string} [group] in hex */
export async function isThere(here, group) {
  if (!group) return false;
  const { groups } = await here.connection.call("home");
  return groups.some((/** @type {any} */ each) => same(each.group, fromHex(group)));
}

/**
 * @param {Here} here @param {KeptBegun} kept @param {Begun} begun @param {Network} network @param {SetHours} setHours
 * @param {(making: Begun) => void} remember for the next press on the same page, before anything is sent
 * @returns {Promise<Begun>} whose group is there, whole
 */
export async function make(here, kept, begun, network, setHours, remember) {
  const has = await isThere(here, begun.group);
  const { model, lines } = begun.values;
  // What the list of members has named already does not change any more, and the printed pages say what was signed.
  const signed = (has && begun.signed) || { model, lines };
  const making = { ...begun, group: begun.group ?? toHex(newId()), signed, values: { ...begun.values, ...signed } };
  remember(making);
  await kept.keep(making);
  const group = await startGroup(here, beginningOf(making.values), network, { id: fromHex(making.group), isThere: has });
  await setHours(group, [firstHours({ ...hoursOf(making.values), length: making.values["length"] })]);
  const made = { ...making, isStarted: true };
  await kept.keep(made);
  return made;
}

/** @param {Record<string, string>} values @returns {import("../../groups/starting.js").Beginning} */
const beginningOf = (values) => ({ name: values["name"].trim(), own: values["own"].trim(), model: Number(values["model"]), agreement: wholeAgreement(values), place: placeOf(values) });
