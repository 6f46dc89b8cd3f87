/** Vendored files are the packages' own, byte for byte. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const VENDOR = new URL("../vendor/", import.meta.url);
const PINNED = {
  "argon2id/dist/simd.wasm": "50647e10fc8e0adba4f60726f3f0d77db0e3c73516b05a83ad10390b3a8b4b0e",
  "argon2id/dist/no-simd.wasm": "1f16d8de5a6d8a3a4fad5885c4784f57713d3626fd7d55f852fd79ecadbc4f8e",
};

/** @param {URL} file */
const sha256 = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

/** @param {string} folder @returns {[string, string][]} path and digest of each row of the folder's README */
function listed(folder) {
  const text = readFileSync(new URL(`${folder}/README.md`, VENDOR), "utf8");
  return [...text.matchAll(/^\| `(.+)` \| `([0-9a-f]{64})` \|$/gm)].map(([, path = "", digest = ""]) => [path, digest]);
}

/** @param {string} folder */
function present(folder) {
  const entries = readdirSync(new URL(`${folder}/`, VENDOR), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== "README.md");
  const root = new URL(`${folder}/`, VENDOR).pathname;
  return files.map((entry) => `${entry.parentPath}/${entry.name}`.slice(root.length).replace(/^\//, "")).sort();
}

for (const folder of ["argon2id", "noble", "literata", "readex-pro"]) {
  test(`${folder} holds exactly the files its README names, unchanged`, () => {
    const rows = listed(folder);
    assert.deepEqual(rows.map(([path]) => path).sort(), present(folder));
    for (const [path, digest] of rows) assert.equal(sha256(new URL(`${folder}/${path}`, VENDOR)), digest, path);
  });
}

test("the wasm files are those the specification names", () => {
  for (const [path, digest] of Object.entries(PINNED)) assert.equal(sha256(new URL(path, VENDOR)), digest);
});
