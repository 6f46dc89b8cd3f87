/**
 * What a page may do with an unlocked account. The seed itself can't be read again, by this module either.
 * @module
 */
import { fromB64url, same, toHex } from "../sealing/codec.js";
import { accountKeys, groupKeys, importSeed, keyringKey } from "../sealing/keys.js";
import { kdf } from "../sealing/primitives.js";
import { METHOD, formerKey, unwrapSeed } from "../sealing/unwrap.js";
import { KeyringStore } from "./keyring_store.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @typedef {Awaited<ReturnType<typeof groupKeys>>} Pair */
/** @typedef {{x_pub: string, e_pub: string, wrapped: string}} FormerSeed */

/** @param {Bytes} group @param {number} gen */
const placeOf = (group, gen) => `${toHex(group)} ${gen}`;

/** @param {CryptoKey} seed @param {Bytes} accountId @param {FormerSeed[]} rows @returns {Promise<CryptoKey[]>} */
async function openFormer(seed, accountId, rows) {
  if (rows.length === 0) return [];
  const key = await formerKey(seed, accountId);
  return Promise.all(
    rows.map(async ({ x_pub: x, e_pub: e, wrapped }) => {
      const expected = { method: METHOD.former, xPublic: fromB64url(x), ePublic: fromB64url(e) };
      return importSeed(await unwrapSeed(fromB64url(wrapped), key, accountId, expected));
    }),
  );
}

export class Keys {
  /** @type {CryptoKey} */
  #seed;
  /** @type {Map<string, Promise<Pair>>} */
  #groups = new Map();
  /** @type {CryptoKey[]} the seeds that this one took the place of, newest first */
  #former;
  /** @type {Set<string>} */
  #ofFormer = new Set();

  /**
   * @param {{seed: CryptoKey, former: CryptoKey[]}} seeds
   * @param {Bytes} accountId
   * @param {string} name
   * @param {KeyringStore} keyring
   */
  constructor({ seed, former }, accountId, name, keyring) {
    this.#seed = seed;
    this.#former = former;
    /** @readonly */
    this.accountId = accountId;
    /** @readonly The sign-in name; groups know another one. */
    this.name = name;
    /** @readonly */
    this.keyring = keyring;
  }

  /**
   * Takes the seed over: its bytes are zeros afterwards.
   * @param {Bytes} seed
   * @param {Bytes} accountId
   * @param {string} name
   * @param {FormerSeed[]} [former] the seeds it took the place of, as the server keeps them
   * @returns {Promise<Keys>}
   * @throws where one of those does not open
   */
  static async from(seed, accountId, name, former = []) {
    const sealed = await importSeed(seed);
    seed.fill(0);
    const seeds = { seed: sealed, former: await openFormer(sealed, accountId, former) };
    return new Keys(seeds, accountId, name, new KeyringStore(await keyringKey(sealed, accountId), toHex(accountId)));
  }

  /** The account's own pair. */
  own() {
    return accountKeys(this.#seed);
  }

  /**
   * The pair shown to one group, made once a page.
   * @param {Bytes} group 16 bytes
   * @param {number} gen from 1
   * @returns {Promise<Pair>}
   */
  groupKeys(group, gen) {
    const place = placeOf(group, gen);
    const pair = this.#groups.get(place) ?? groupKeys(this.#seed, group, gen);
    this.#groups.set(place, pair);
    return pair;
  }

  /**
   * The pairs every seed makes, newest seed first: for what was sealed to somebody outside any list.
   * @param {Bytes} group @param {number} gen
   */
  everyGroupKeys(group, gen) {
    return Promise.all([this.#seed, ...this.#former].map((seed) => groupKeys(seed, group, gen)));
  }

  /**
   * A list names this key for this person. Where a former seed made it, that seed's pair is used for it from now on.
   * @param {Bytes} group @param {number} gen @param {Bytes} xPublic
   */
  async recognise(group, gen, xPublic) {
    for (const seed of this.#former) {
      const pair = await groupKeys(seed, group, gen);
      if (!same(pair.xPublic, xPublic)) continue;
      this.#groups.set(placeOf(group, gen), Promise.resolve(pair));
      this.#ofFormer.add(placeOf(group, gen));
    }
  }

  /** Is the pair that counts there one of a former seed, to be replaced? @param {Bytes} group @param {number} gen */
  isOfFormer(group, gen) {
    return this.#ofFormer.has(placeOf(group, gen));
  }

  /** A secret for what rests on this device (sealing.md 2.8). @param {"local"|"local-name"} label @returns {Promise<Bytes>} 32 bytes */
  local(label) {
    return kdf(this.#seed, label, this.accountId);
  }

  /** The same secrets of every seed this one took the place of. @returns {((label: "local"|"local-name") => Promise<Bytes>)[]} */
  get formerLocals() {
    return this.#former.map((seed) => (label) => kdf(seed, label, this.accountId));
  }
}
