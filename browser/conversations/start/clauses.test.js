import assert from "node:assert/strict";
import { test } from "node:test";

import { agreementOf, hasClause, linesOf, withClause, withoutClause } from "./clauses.js";

const LIBRARY = ["A.", "B.", "C.", "D."];

test("clauses come and go, in the order of the library", () => {
  const three = ["D.", "A.", "C."].reduce((text, clause) => withClause(text, clause, LIBRARY), "");
  assert.equal(three, "A.\nC.\nD.");
  assert.equal(withClause(three, "B.", LIBRARY), "A.\nB.\nC.\nD.");
  assert.equal(withoutClause(three, "C."), "A.\nD.");
  assert.equal(withClause(three, "C.", LIBRARY), three);
});

test("what was written by hand stays where it stands", () => {
  const own = "A.\nWe bring tea.\nD.";
  assert.equal(withClause(own, "C.", LIBRARY), "A.\nC.\nWe bring tea.\nD.");
  assert.equal(withoutClause(withClause(own, "C.", LIBRARY), "C."), own);
  assert.equal(withoutClause(own, "B."), own);
});

test("a clause that was changed by hand is no clause any more, and can be chosen again", () => {
  const changed = "A, mostly.\nC.";
  assert.ok(!hasClause(changed, "A."));
  assert.equal(withClause(changed, "A.", LIBRARY), "A.\nA, mostly.\nC.");
});

test("what always stands comes first, everything has a number, and empty lines have none", () => {
  assert.equal(agreementOf(["Stays here."], "\n A. \n\nB.\n"), "1. Stays here.\n2. A.\n3. B.");
  assert.deepEqual(linesOf("\n \n"), []);
});
