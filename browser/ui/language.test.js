import assert from "node:assert/strict";
import { test } from "node:test";
import { plainDigits } from "./language.js";

test("digits of Arabic and Persian keyboards are the digits of a code; all else stays", () => {
  assert.equal(plainDigits("٠١٢٣٤٥٦٧٨٩"), "0123456789");
  assert.equal(plainDigits("۰۱۲۳۴۵۶۷۸۹"), "0123456789");
  assert.equal(plainDigits("k7qf-٤2 ع"), "k7qf-42 ع");
});
