/** One after another, in this page. */
export class Turns {
  /** @type {Promise<unknown>} */ #last = Promise.resolve();

  /** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  take(work) {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
