// The part of @sigstore/verify that checks logs, as an oracle: a checkpoint's signature and an entry's inclusion.
// It reads notes leniently (any base64, no quorum), so it is given only what stands or falls with hashes and signatures.
// JSON lines {checkpoint, entry, index, path, name, key} in (base64 but checkpoint, index and name), {ok, why} out.
import { createPublicKey } from "node:crypto";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(import.meta.url);
// Not the package's front door: Sigstore's bundles wrap these two checks in formats that are not ours.
const { verifyCheckpoint } = require("../../node_modules/@sigstore/verify/dist/tlog/checkpoint.js");
const { verifyMerkleInclusion } = require("../../node_modules/@sigstore/verify/dist/tlog/merkle.js");
const { VerificationError } = require("../../node_modules/@sigstore/verify/dist/error.js");

const raw = (text) => Buffer.from(text, "base64");

function check({ checkpoint, entry, index, path, name, key }) {
  const [keyHint, spki] = [raw(key).subarray(0, 4), raw(key).subarray(4)];
  const publicKey = createPublicKey({ key: spki, format: "der", type: "spki" });
  const inclusionProof = { checkpoint: { envelope: checkpoint }, logIndex: index, hashes: path.map(raw) };
  const head = verifyCheckpoint({ inclusionProof }, [{ logID: keyHint, baseURL: name, publicKey }]);
  if (head.origin !== name) throw new VerificationError({ code: "TLOG", message: "another origin" });
  verifyMerkleInclusion({ inclusionProof, canonicalizedBody: raw(entry) }, head);
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer = { ok: true };
  try {
    check(JSON.parse(line));
  } catch (error) {
    if (!(error instanceof VerificationError)) throw error;
    answer = { ok: false, why: error.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
