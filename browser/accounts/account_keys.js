/**
 * What a page may do with an unlocked account. The seed itself can't be read again, by this module either.
 * @module
 */
import { toHex } from "../sealing/codec.js";
import { accountKeys, groupKeys, importSeed, keyringKey } from "../sealing/keys.js";
import { importAeKey, kdf } from "../sealing/primitives.js";
import { KeyringStore } from "./keyring_store.js";

/** @import { Bytes } from "../sealing/codec.js" */
/** @typedef {Awaited<ReturnType<typeof groupKeys>>} Pair */

export class Keys {
  /** @type {CryptoKey} */
  #seed;
  /** @type {Map<string, Promise<Pair>>} */
  #groups = new Map();

  /**
   * @param {CryptoKey} seed
   * @param {Bytes} accountId
   * @param {string} name
   * @param {KeyringStore} keyring
   */
  constructor(seed, accountId, name, keyring) {
    this.#seed = seed;
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
   * @returns {Promise<Keys>}
   */
  static async from(seed, accountId, name) {
    const sealed = await importSeed(seed);
    seed.fill(0);
    return new Keys(sealed, accountId, name, new KeyringStore(await keyringKey(sealed, accountId), toHex(accountId)));
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
    const place = `${toHex(group)} ${gen}`;
    const pair = this.#groups.get(place) ?? groupKeys(this.#seed, group, gen);
    this.#groups.set(place, pair);
    return pair;
  }

  /**
   * The key under which this device keeps drafts and a cache.
   * @returns {Promise<CryptoKey>} for AES-GCM
   */
  async localKey() {
    return importAeKey(await kdf(this.#seed, "local", this.accountId));
  }
}
