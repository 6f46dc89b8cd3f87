import assert from "node:assert/strict";
import { test } from "node:test";
import { troubleWith } from "./own_device.js";

test("a code has six digits", () => {
  for (const code of ["", "12345", "1234567", "12345a", " 42917", "٠٤٢٩١٧"]) assert.equal(troubleWith(code), "empty", code);
});

test("a code that anybody would try first is refused", () => {
  for (const code of ["000000", "777777", "123456", "654321", "012345", "987654"]) assert.equal(troubleWith(code), "easy", code);
});

test("any other will do", () => {
  for (const code of ["042917", "112233", "135791", "246802"]) assert.equal(troubleWith(code), "", code);
});
