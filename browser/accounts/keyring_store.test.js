import assert from "node:assert/strict";
import { test } from "node:test";

import { fromB64url } from "../sealing/codec.js";
import { parseKeyring } from "../sealing/keyring.js";
import { KeyringStore } from "./keyring_store.js";

const key = new Uint8Array(32).fill(7);

/** A tab, and a server that keeps every keyring it was given. @returns {{kept: string[], tell: (blob: string | undefined) => void}} */
function tabAndServer() {
  /** @type {Map<string, string>} */
  const places = new Map();
  /** @type {string[]} */
  const kept = [];
  /** @type {(string | undefined)[]} */
  const lies = [];
  const getItem = (/** @type {string} */ place) => places.get(place) ?? null;
  Object.assign(globalThis, { document: { cookie: "" }, sessionStorage: { getItem, setItem: places.set.bind(places) } });
  globalThis.fetch = async (path, options) => {
    const isPut = path === "/seal/keyring/put";
    if (isPut) kept.push(JSON.parse(String(options?.body)).blob);
    const blob = lies.length > 0 ? lies[0] : kept.at(-1);
    return Response.json(isPut || blob === undefined ? {} : { counter: parseKeyring(fromB64url(blob)), blob });
  };
  return { kept, tell: (blob) => void lies.push(blob) };
}

const raise = (/** @type {KeyringStore} */ store, gen = 1) => store.change(({ gens }) => gens.set("aa".repeat(16), gen));

test("an older keyring than an earlier page of this tab saw is not believed, nor is none at all", async () => {
  const { kept, tell } = tabAndServer();
  await raise(new KeyringStore(key, "amara"));
  await raise(new KeyringStore(key, "amara"), 2);
  assert.equal((await new KeyringStore(key, "amara").load()).counter, 2);
  tell(kept[0]);
  await assert.rejects(new KeyringStore(key, "amara").load(), { code: "log-rollback" });
  await assert.rejects(raise(new KeyringStore(key, "amara")), { code: "log-rollback" });
});

test("a keyring that is gone is not a new one, and somebody else's counter is their own", async () => {
  const { tell } = tabAndServer();
  await raise(new KeyringStore(key, "amara"));
  tell(undefined);
  assert.equal((await new KeyringStore(key, "ben").load()).counter, 0);
  await assert.rejects(new KeyringStore(key, "amara").load(), { code: "log-rollback" });
});
