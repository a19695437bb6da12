// The checks of the page without a browser, for tests and for other verifiers to compare with. One JSON object a line in,
// one out: {receipt_b64, policy} or {log: {path: base64}, policy} or {promise_b64, vkey}; the answer is that of check.mjs
// ({ok, step, reason} or {ok, ...facts}). Further requests reach the parts below. `--pure` takes the fallback's cryptography.
//     node tests/foreign/page.mjs [--pure] < requests.jsonl
import { createInterface } from "node:readline";
import { webcrypto } from "node:crypto";
import { decimal, fromBase64, hex, Refused, same, toBase64, utf8 } from "../../src/pumasi/verify/page/bytes.mjs";
import * as check from "../../src/pumasi/verify/page/check.mjs";
import * as entry from "../../src/pumasi/verify/page/entry.mjs";
import * as fallback from "../../src/pumasi/verify/page/fallback.mjs";
import { chosen } from "../../src/pumasi/verify/page/native.mjs";
import * as tlog from "../../src/pumasi/verify/page/tlog.mjs";

const raw = (text) => new Uint8Array(Buffer.from(text, "base64"));

const REQUESTS = {
  receipt_b64: ({ receipt_b64, policy }, crypto) => check.checkReceipt(raw(receipt_b64), utf8(policy), crypto),
  log: ({ log, policy }, crypto) =>
    check.checkLog(new Map(Object.entries(log).map(([path, data]) => [path, raw(data)])), utf8(policy), crypto),
  promise_b64: ({ promise_b64, vkey }, crypto) => check.checkPromise(raw(promise_b64), vkey, crypto),
  fragment: ({ fragment }) => {
    const receipt = check.receiptOfFragment(fragment);
    return receipt ? { ok: true, receipt_b64: toBase64(receipt) } : { ok: false, step: "form", reason: "not a fragment" };
  },
  note_b64: async ({ note_b64, vkeys }, crypto) => {
    const note = tlog.parseNote(raw(note_b64));
    const keys = await Promise.all(vkeys.map((vkey) => parsedVkey(vkey, crypto)));
    const signers = [...(await tlog.signers(note, keys, crypto)).keys()].map((key) => key.name);
    return { ok: signers.length > 0, text: note.text, signers };
  },
  vkey: ({ vkey }, crypto) => parsedVkey(vkey, crypto),
  checkpoint: ({ checkpoint }) => {
    const { origin, size, root, extensions } = tlog.parseCheckpoint(checkpoint);
    return { origin, size, root: toBase64(root), extensions };
  },
  proof: ({ proof }) => {
    const { extra, index, path, checkpoint } = tlog.parseProof(utf8(proof));
    return { extra: extra && toBase64(extra), index, path: path.map(toBase64), checkpoint: toBase64(checkpoint) };
  },
  policy_b64: async ({ policy_b64, witnessed }, crypto) => {
    const policy = await tlog.parsePolicy(raw(policy_b64), crypto);
    return { logs: policy.logs.length, quorum: tlog.isQuorum(policy, new Set(witnessed)), ...tlog.worth(policy) };
  },
  path: async ({ leaf, index, size, path, root }, crypto) => {
    const hashes = path.map((hash) => fromBase64(hash, "included", 32));
    const place = [decimal(index, "included"), decimal(size, "included")];
    const found = await tlog.rootOfPath(fromBase64(leaf, "included", 32), ...place, hashes, crypto);
    return { ok: same(found, fromBase64(root, "included", 32)) };
  },
  entry_b64: async ({ entry_b64 }, crypto) => {
    const found = entry.parseEntry(raw(entry_b64));
    return { entry: found, leaf: toBase64(await tlog.leafHash(raw(entry_b64), crypto)) };
  },
  canonical_b64: ({ canonical_b64 }) => ({ value: entry.canonicalValue(raw(canonical_b64), 65535, "entry") }),
  sha256: async ({ sha256 }, crypto) => ({ hash: hex(await crypto.sha256(raw(sha256))) }),
  sha512: ({ sha512 }) => ({ hash: hex(fallback.sha512(raw(sha512))) }),
  hmac: async ({ hmac, key }, crypto) => ({ hash: hex(await crypto.hmacSha256(raw(key), raw(hmac))) }),
  ed25519: async ({ ed25519, key, message }, crypto) => ({
    ok: await crypto.verifyEd25519(raw(key), raw(message), raw(ed25519)),
  }),
};

async function parsedVkey(vkey, crypto) {
  try {
    return await tlog.parseVkey(vkey, 1, crypto);
  } catch {
    return tlog.parseVkey(vkey, 4, crypto);
  }
}

async function answer(request, crypto) {
  const name = Object.keys(REQUESTS).find((each) => each in request);
  try {
    return { ok: true, ...(await REQUESTS[name](request, crypto)) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { ok: false, step: error.step, reason: error.reason };
  }
}

// Whole numbers that fit are numbers, larger ones decimal text; bytes are base64.
function plain(_, value) {
  if (value instanceof Uint8Array) return toBase64(value);
  if (typeof value !== "bigint") return value;
  return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= -BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : `${value}`;
}

const crypto = await chosen(process.argv.includes("--pure") ? undefined : webcrypto.subtle, fallback.pure);
for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line), crypto), plain)}\n`);
}
