/**
 * The one kind of failure of this folder: a code from sealing.md 10, never a sentence. Sentences belong to the
 * page, and a failure is told to the person and never to the server, because a report of what failed to open is an oracle.
 */
export class SealError extends Error {
  /** @param {string} code one of the codes of sealing.md 10 */
  constructor(code) {
    super(code);
    this.name = "SealError";
    /** @readonly */
    this.code = code;
  }
}

/**
 * Throws `SealError(code)` unless `condition` holds.
 *
 * @param {boolean} condition
 * @param {string} code
 * @returns {asserts condition}
 */
export function insist(condition, code) {
  if (!condition) throw new SealError(code);
}

/**
 * What a failure is called: the code of a SealError; anything else is a fault of ours and is thrown on.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function codeOf(error) {
  if (error instanceof SealError) return error.code;
  throw error;
}
