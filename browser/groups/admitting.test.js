import assert from "node:assert/strict";
import { test } from "node:test";

import { askToJoin, invitePublic } from "../sealing/invite.js";
import { invite } from "../sealing/log_draft.js";
import { replay } from "../sealing/log_replay.js";
import { randomBytes } from "../sealing/primitives.js";
import { toHex } from "../sealing/codec.js";
import { admitKnown } from "./admitting.js";
import { groupOf, Town } from "./cast.test.js";

const any = (/** @type {unknown} */ value) => /** @type {any} */ (value);

/** @param {Town} town a link of Ben's for one person, who needs not be asked about again */
async function knownLink(town) {
  const link = { inviteId: randomBytes(16), genesis16: town.state.genesis16, secret: randomBytes(16) };
  const [pen, publicKey] = [town.penOf("Ben"), await invitePublic(link.secret, link.inviteId)];
  await pen.write((log, by) => invite(log, by, { inviteId: link.inviteId, publicKey, expiresMs: Date.now() + 60_000, uses: 1, isKnown: true }));
  town.take(pen);
  return link;
}

/** @param {Town} town @param {string} name @param {Awaited<ReturnType<typeof knownLink>>} link */
async function ask(town, name, link) {
  const { id, keys } = await town.person(name);
  const { record } = await askToJoin(link, town.id, id, 1, keys);
  return { key: toHex(id), invite: link.inviteId, member: id, asked: 0, isKnown: true, isFromListing: false, isBack: false, needsWord: false, record, name };
}

test("one link used twice does not keep those out whom others vouch for", async () => {
  const town = await new Town().begin("Ben");
  const [twice, once] = [await knownLink(town), await knownLink(town)];
  const asks = [await ask(town, "Dana", twice), await ask(town, "Eli", twice), await ask(town, "Amara", once)];
  const group = groupOf(town, "Ben");
  group.answer = async (_verb, { entries }) => void (town.log = any(await replay(entries, { start: town.state })).state);
  await admitKnown(any(group), asks, () => null);
  assert.deepEqual(town.state.active().map(({ id }) => toHex(id)), [town.idOf("Ben"), town.idOf("Dana"), town.idOf("Amara")].map(toHex));
});
