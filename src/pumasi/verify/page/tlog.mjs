// The standards: C2SP signed-note, tlog-checkpoint, tlog-cosignature (Ed25519), tlog-proof and tlog-policy, and
// inclusion proofs of RFC 9162. Nothing here knows of coins. `crypto` is {sha256, hmacSha256, verifyEd25519}.
import { decimal, fromBase64, hex, joined, refuse, same, textOf, utf8 } from "./bytes.mjs";

const ED25519 = 1;
const COSIGNATURE = 4;
const MAX_SIGNATURES = 100;
const MAX_PATH = 63;

/** A signed note: {text, signatures: [{name, id, bytes}]}. Nothing is verified yet. */
export function parseNote(bytes) {
  const step = "form";
  const note = textOf(bytes, step);
  if (/[\0-\x09\x0b-\x1f]/.test(note)) refuse(step, "control character in the note");
  const cut = note.lastIndexOf("\n\n");
  if (cut < 0 || !note.endsWith("\n")) refuse(step, "the note has no signatures");
  const lines = note.slice(cut + 2, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) refuse(step, "too many signatures");
  return { text: note.slice(0, cut + 1), signatures: lines.map(signatureLine) };
}

function signatureLine(line) {
  const [dash, name, encoded, ...more] = line.split(" ");
  if (dash !== "—" || encoded === undefined || more.length || !isKeyName(name)) refuse("form", "not a signature line");
  const bytes = fromBase64(encoded, "form");
  if (bytes.length < 5) refuse("form", "signature too short");
  return { name, id: hex(bytes.slice(0, 4)), bytes: bytes.slice(4) };
}

const isKeyName = (name) => name !== "" && !/[\p{White_Space}+]/u.test(name);

/** A verifier key `name+id+key` of the wanted signature type: {name, id, type, key}. */
export async function parseVkey(text, type, crypto) {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) || refuse("policy", "not a verifier key");
  if (!isKeyName(name)) refuse("policy", "not a key name");
  const material = fromBase64(encoded, "policy");
  if (material.length !== 33 || material[0] !== type) refuse("policy", "not a key of this type");
  const digest = await crypto.sha256(joined(utf8(`${name}\n`), material));
  if (hex(digest.slice(0, 4)) !== id) refuse("policy", "key ID does not match");
  return { name, id, type, key: material.slice(1) };
}

/**
 * The known keys that signed: a Map from key to the time of its newest cosignature (0n for other signatures).
 * Lines of unknown keys are ignored; one bad line of a known key refuses the whole note.
 */
export async function signers(note, keys, crypto) {
  const found = new Map();
  for (const { name, id, bytes } of note.signatures) {
    for (const known of keys.filter((each) => each.name === name && each.id === id)) {
      const time = await verified(note.text, known, bytes, crypto);
      if (!(found.get(known) >= time)) found.set(known, time);
    }
  }
  return found;
}

async function verified(text, known, bytes, crypto) {
  const step = known.type === COSIGNATURE ? "witnessed" : "signed";
  let message = utf8(text);
  let time = 0n;
  let signature = bytes;
  if (known.type === COSIGNATURE) {
    time = BigInt(`0x${hex(bytes.slice(0, 8))}`);
    if (time >= 2n ** 63n) refuse(step, "time of a cosignature beyond 2^63-1");
    message = joined(utf8(`cosignature/v1\ntime ${time}\n`), message);
    signature = bytes.slice(8);
  }
  const good = signature.length === 64 && (await crypto.verifyEd25519(known.key, message, signature));
  return good ? time : refuse(step, "a signature of a known key does not verify");
}

/** The text of a checkpoint: {origin, size, root, extensions}; size is a BigInt. */
export function parseCheckpoint(text) {
  const step = "form";
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.length < 3 || lines.includes("")) refuse(step, "not the lines of a checkpoint");
  const [origin, size, root, ...extensions] = lines;
  return { origin, size: decimal(size, step), root: fromBase64(root, step, 32), extensions };
}

/** A tlog-proof: {extra, index, path, checkpoint}; `extra` is undefined when it is not there, index is a BigInt. */
export function parseProof(bytes) {
  const step = "form";
  const text = textOf(bytes, step);
  const cut = text.indexOf("\n\n");
  if (cut < 0) refuse(step, "no empty line before the checkpoint");
  const lines = text.slice(0, cut).split("\n");
  if (lines.shift() !== "c2sp.org/tlog-proof@v1") refuse(step, "not a tlog-proof");
  const extra = lines[0]?.startsWith("extra ") ? fromBase64(lines.shift().slice(6), step) : undefined;
  if (!lines[0]?.startsWith("index ")) refuse(step, "no index");
  const index = decimal(lines.shift().slice(6), step);
  if (lines.length > MAX_PATH) refuse(step, "too many hashes");
  const path = lines.map((line) => fromBase64(line, step, 32));
  return { extra, index, path, checkpoint: utf8(text.slice(cut + 2)) };
}

export const leafHash = (entry, crypto) => crypto.sha256(joined([0], entry));

export const nodeHash = (left, right, crypto) => crypto.sha256(joined([1], left, right));

/** The root that a leaf and its path lead to (RFC 9162 section 2.1.3.2); refused when the path has another length. */
export async function rootOfPath(leaf, index, size, path, crypto) {
  const step = "included";
  if (index >= size) refuse(step, "index is not below the size");
  let [fn, sn, root] = [index, size - 1n, leaf];
  for (const hash of path) {
    if (sn === 0n) refuse(step, "path too long");
    if (fn & 1n || fn === sn) {
      root = await nodeHash(hash, root, crypto);
      while (fn !== 0n && !(fn & 1n)) [fn, sn] = [fn >> 1n, sn >> 1n];
    } else {
      root = await nodeHash(root, hash, crypto);
    }
    [fn, sn] = [fn >> 1n, sn >> 1n];
  }
  if (sn !== 0n) refuse(step, "path too short");
  return root;
}

/** A tlog-policy: {logs: [key], witnesses: Map(name, key), groups: Map(name, {k, members}), quorum: name}. */
export async function parsePolicy(bytes, crypto) {
  const step = "policy";
  // Octets, one character each: names are opaque, and U+00A0 must not count as white space.
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  if (/[^\t\n\x20-\x7e\x80-\xff]/.test(text)) refuse(step, "control character");
  if (!text.endsWith("\n")) refuse(step, "the last line does not end");
  const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: undefined };
  const members = new Set();
  for (const line of text.split("\n")) {
    const items = line.split(/[ \t]+/).filter((item) => item !== "");
    if (items.length && !items[0].startsWith("#")) await policyLine(policy, members, items, crypto);
  }
  return policy.quorum === undefined ? refuse(step, "no quorum") : policy;
}

async function policyLine(policy, members, [word, ...items], crypto) {
  const step = "policy";
  const defined = (name) => policy.witnesses.has(name) || policy.groups.has(name);
  const named = (name) => (name === "none" || defined(name) ? refuse(step, "a name is taken") : name);
  const unused = (known, key) => (known.some((each) => same(each.key, key.key)) ? refuse(step, "a key twice") : key);
  const octets = (item) => textOf(Uint8Array.from(item, (character) => character.charCodeAt(0)), step);
  if (word === "log" && (items.length === 1 || items.length === 2)) {
    policy.logs.push(unused(policy.logs, await parseVkey(octets(items[0]), ED25519, crypto)));
  } else if (word === "witness" && (items.length === 2 || items.length === 3)) {
    const key = await parseVkey(octets(items[1]), COSIGNATURE, crypto);
    policy.witnesses.set(named(items[0]), unused([...policy.witnesses.values()], key));
  } else if (word === "group" && items.length > 2) {
    const [name, threshold, ...listed] = items;
    for (const member of listed) {
      if (!defined(member)) refuse(step, "an unknown name");
      if (members.has(member)) refuse(step, "a name is in two groups");
      members.add(member);
    }
    const words = new Map([["any", 1], ["all", listed.length]]);
    const k = words.has(threshold) ? words.get(threshold) : Number(decimal(threshold, step));
    if (k < 1 || k > listed.length) refuse(step, "a threshold out of range");
    policy.groups.set(named(name), { k, members: listed });
  } else if (word === "quorum" && items.length === 1) {
    if (policy.quorum !== undefined) refuse(step, "two quorums");
    policy.quorum = items[0] === "none" || defined(items[0]) ? items[0] : refuse(step, "an unknown name");
  } else {
    refuse(step, "not a line of a policy");
  }
}

/** Whether these witnesses (a Set of the policy's names) are a quorum. */
export function isQuorum(policy, names, wanted = policy.quorum) {
  const group = policy.groups.get(wanted);
  if (!group) return wanted === "none" || names.has(wanted);
  return group.members.filter((member) => isQuorum(policy, names, member)).length >= group.k;
}

/**
 * What a policy is worth: {profile, least, of}. S: nobody but the log signs. W: `least` witnesses at least have signed.
 * C: four or more witnesses, and any two quorums share two, so that one dishonest witness cannot serve two histories.
 */
export function worth(policy) {
  const named = [...policy.witnesses.keys()];
  const relevant = named.filter((name) => isReached(policy, name, policy.quorum));
  if (policy.quorum === "none") return { profile: "S", least: 0, of: 0 };
  if (relevant.length > 12) return { profile: "W", least: 1, of: relevant.length };
  const quorums = [];
  for (let bits = 0; bits < 1 << relevant.length; bits++) {
    const names = new Set(relevant.filter((_, i) => (bits >> i) & 1));
    const minimal = () => [...names].every((one) => !isQuorum(policy, new Set([...names].filter((n) => n !== one))));
    if (isQuorum(policy, names) && minimal()) quorums.push(bits);
  }
  const count = (bits) => (bits ? (bits & 1) + count(bits >> 1) : 0);
  const overlap = Math.min(...quorums.map((a) => Math.min(...quorums.map((b) => count(a & b)))));
  const profile = relevant.length >= 4 && overlap >= 2 ? "C" : "W";
  return { profile, least: Math.min(...quorums.map(count)), of: relevant.length };
}

const isReached = (policy, name, from) =>
  name === from || Boolean(policy.groups.get(from)?.members.some((member) => isReached(policy, name, member)));
