/**
 * The draft of an agreement: lines of text, each of which may be a clause of the library. The text is all there is: a clause is chosen
 * when its line stands there, and a line somebody changed by hand is theirs.
 */

/** @param {string} text @returns {string[]} */
export const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");

/** @param {string} text @param {string} clause */
export const hasClause = (text, clause) => linesOf(text).includes(clause);

/**
 * With the clause where the library has it: behind the nearest one before it that is there.
 *
 * @param {string} text @param {string} clause @param {string[]} library all clauses in order @returns {string}
 */
export function withClause(text, clause, library) {
  const lines = linesOf(text);
  if (lines.includes(clause)) return text;
  const before = library.slice(0, library.indexOf(clause));
  const at = lines.findLastIndex((line) => before.includes(line)) + 1;
  return [...lines.slice(0, at), clause, ...lines.slice(at)].join("\n");
}

/** @param {string} text @param {string} clause */
export const withoutClause = (text, clause) => linesOf(text).filter((line) => line !== clause).join("\n");

/** The agreement as it is signed: first what always stands, then the rest, with numbers. @param {string[]} always @param {string} text */
export const agreementOf = (always, text) => [...always, ...linesOf(text)].map((line, i) => `${i + 1}. ${line}`).join("\n");
