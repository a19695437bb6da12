// The two checks of the page: a receipt, and a whole record. Neither throws on bad input and neither asks anybody.
// Written from docs/formats.md and the standards it names; the district's own programs share no code with it.
import { fromBase64, Refused, refuse, same, textOf, toBase64, utf8 } from "./bytes.mjs";
import { canonicalValue, checkSums, classOf, commitment, parseEntry, parsePayload, unitOf } from "./entry.mjs";
import { isQuorum, leafHash, nodeHash, parseCheckpoint, parseNote, parsePolicy } from "./tlog.mjs";
import { parseProof, parseVkey, rootOfPath, signers, worth } from "./tlog.mjs";

const RECEIPT_BYTES = 131072;
const TILE = 256;

/** The steps of a receipt's check in their order; a refusal names the one that failed. */
export const RECEIPT_STEPS = ["form", "included", "signed", "witnessed", "entry", "opened"];
export const LOG_STEPS = ["form", "signed", "witnessed", "files", "entry", "included", "totals"];
export const PROMISE_STEPS = ["form", "signed"];

/** {ok: true, ...facts} or {ok: false, step, reason}; `step` is "policy" when the page itself is at fault. */
export const checkReceipt = (bytes, policyBytes, crypto) =>
  answered(async () => {
    const policy = await parsePolicy(policyBytes, crypto);
    if (bytes.length > RECEIPT_BYTES) refuse("form", "receipt too long");
    const proof = parseProof(bytes);
    const { position, opening, payload, entry } = parseExtra(proof.extra);
    const { note, checkpoint } = parseHead(proof.checkpoint);
    const leaf = await leafHash(entry, crypto);
    const root = await rootOfPath(leaf, proof.index, checkpoint.size, proof.path, crypto);
    if (!same(root, checkpoint.root)) refuse("included", "the path leads to another root");
    const head = await checkHead(note, checkpoint, policy, crypto);
    const read = parseEntry(entry);
    if (BigInt(read.n) !== proof.index) refuse("entry", "n is not the index");
    if (read.t === "rules") refuse("opened", "not a committed posting");
    checkSums(read);
    const posting = read.p[position];
    if (posting === undefined || posting.c === undefined) refuse("opened", "not a committed posting");
    const opened = await commitment(opening, payload, crypto);
    if (toBase64(opened) !== posting.c) refuse("opened", "another commitment");
    const { a, i, k, t, w } = parsePayload(payload);
    const amount = Object.values(posting.x).reduce((sum, each) => sum + BigInt(each), 0n);
    const line = { position, class: posting.k, unit: posting.u, vintages: posting.x, amount };
    const secret = { account: a, command: i, kind: k, at: t, ...(w === undefined ? {} : { won: w }) };
    return { ...head, index: read.n, block: read.b, day: read.day, type: read.t, ...line, ...secret };
  });

function parseExtra(extra) {
  const step = "form";
  if (extra === undefined || extra.length < 36 || extra[0] !== 1) refuse(step, "not a receipt of version 1");
  const end = 36 + extra[34] * 256 + extra[35];
  if (extra.length <= end) refuse(step, "receipt cut off");
  const [opening, payload, entry] = [extra.slice(2, 34), extra.slice(36, end), extra.slice(end)];
  return { position: extra[1], opening, payload, entry };
}

function parseHead(bytes) {
  const note = parseNote(bytes);
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.extensions.length) refuse("form", "a checkpoint with extension lines");
  return { note, checkpoint };
}

/** The facts of a checkpoint that a log of the policy has signed and a quorum of its witnesses. */
async function checkHead(note, { origin, size, root }, policy, crypto) {
  if (!policy.logs.some((log) => log.name === origin)) refuse("signed", "an unknown log");
  const logs = await signers(note, policy.logs, crypto);
  if (![...logs.keys()].some((log) => log.name === origin)) refuse("signed", "not signed by the log");
  const cosigned = await signers(note, [...policy.witnesses.values()], crypto);
  const witnesses = [...policy.witnesses].filter(([, key]) => cosigned.has(key));
  const names = witnesses.map(([name]) => name);
  if (!isQuorum(policy, new Set(names))) refuse("witnessed", "no quorum");
  const times = witnesses.map(([, key]) => Number(cosigned.get(key)));
  const seen = times.length ? { witnessed_at: Math.max(...times) } : {};
  return { origin, size, root: toBase64(root), witnesses: names, ...seen, ...worth(policy) };
}

/** The receipt in a URL fragment (without #); undefined when it is none. */
export function receiptOfFragment(fragment) {
  if (!/^[!-~]+$/.test(fragment)) return undefined;
  return utf8(fragment.replace(/~/g, "\n").replace(/\$/g, "— ").replace(/!/g, " "));
}

/** A promise, a note of the key `vkey`: {ok: true, origin, commitment, before} or {ok: false, step, reason}. */
export const checkPromise = (bytes, vkey, crypto) =>
  answered(async () => {
    const key = await parseVkey(vkey, 1, crypto);
    const note = parseNote(bytes);
    const [title, origin, promised, before, ...more] = note.text.slice(0, -1).split("\n");
    const moment = /^before (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)$/.exec(before);
    if (title !== "pumasi/promise/v1" || more.length || !moment || !isMoment(moment[1])) refuse("form", "not a promise");
    fromBase64(promised, "form", 32);
    if (key.name !== `${origin}/promise`) refuse("signed", "an unknown log");
    if (!(await signers(note, [key], crypto)).has(key)) refuse("signed", "not signed by the log");
    return { origin, commitment: promised, before: moment[1] };
  });

/** Whether the day and the time exist: what does not comes back in another spelling, or not at all. */
function isMoment(text) {
  const moment = new Date(text);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === text.replace("Z", ".000Z");
}

/**
 * A whole record: `files` maps paths (`checkpoint`, `tile/entries/000`) to bytes. Every entry is read, the root is
 * computed from them alone, and the totals are added up anew. `progress(done, size)` is awaited once a bundle.
 */
export const checkLog = (files, policyBytes, crypto, progress = () => {}) =>
  answered(async () => {
    const policy = await parsePolicy(policyBytes, crypto);
    if (!files.has("checkpoint")) refuse("form", "checkpoint is missing");
    const { note, checkpoint } = parseHead(files.get("checkpoint"));
    const head = await checkHead(note, checkpoint, policy, crypto);
    const size = Number(checkpoint.size);
    for (let n = 0; n < size; n += TILE) fileOfBundle(files, n, size);
    const read = await readEntries(files, size, crypto, progress);
    if (!same(read.root, checkpoint.root)) refuse("included", "the entries give another root");
    if (size && read.origin !== head.origin) refuse("entry", "the rules name another log");
    return { ...head, blocks: read.block + 1, supply: read.supply, published: compared(files, head, read) };
  });

async function readEntries(files, size, crypto, progress) {
  const read = { root: undefined, origin: undefined, block: -1, supply: {} };
  const commitments = new Set();
  const roots = []; // of the perfect subtrees of the entries so far, largest first: RFC 9162 section 2.1.1 bottom up
  for (let n = 0; n < size; ) {
    for (const bytes of bundleOf(files, n, size)) {
      takeEntry(parseEntry(bytes), n, read, commitments);
      let hash = await leafHash(bytes, crypto);
      for (let rest = n; rest % 2; rest = (rest - 1) / 2) hash = await nodeHash(roots.pop(), hash, crypto);
      roots.push(hash);
      n += 1;
    }
    await progress(n, size);
  }
  let root = roots.pop() || (await crypto.sha256(new Uint8Array()));
  while (roots.length) root = await nodeHash(roots.pop(), root, crypto);
  return { ...read, root };
}

/** The bundle with entry `first` (a multiple of 256) as its first: {path, bytes, width} (tlog-tiles, Log entries). */
function fileOfBundle(files, first, size) {
  const digits = String(first / TILE);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, "0").match(/.{3}/g);
  const path = `tile/entries/${groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/")}`;
  const partial = `${path}.p/${size - first}`;
  if (size - first < TILE && files.has(partial)) return { path: partial, bytes: files.get(partial), width: size - first };
  // The full bundle serves as well when the log has grown since the checkpoint.
  return files.has(path) ? { path, bytes: files.get(path), width: TILE } : refuse("files", `${path} is missing`);
}

function bundleOf(files, first, size) {
  const { path, bytes, width } = fileOfBundle(files, first, size);
  const found = [];
  let at = 0;
  while (at < bytes.length) {
    const end = at + 2 + bytes[at] * 256 + bytes[at + 1];
    if (!(end <= bytes.length)) refuse("files", `${path} is cut off`);
    found.push(bytes.subarray(at + 2, end));
    at = end;
  }
  if (found.length !== width) refuse("files", `${path} has another number of entries`);
  return found.slice(0, size - first);
}

function takeEntry(entry, n, read, commitments) {
  if (entry.n !== n) refuse("entry", `entry ${n}: n is not its position`);
  // Entry 0 is alone in block 0.
  const follows = n < 2 ? entry.b === n : entry.b === read.block || entry.b === read.block + 1;
  if (!follows) refuse("entry", `entry ${n}: the block does not follow`);
  read.block = entry.b;
  if (entry.t === "rules") {
    read.origin = entry.o;
    return;
  }
  checkSums(entry);
  for (const posting of entry.p) {
    if (commitments.has(posting.c)) refuse("entry", `entry ${n}: a commitment stands twice`);
    if (posting.c !== undefined) commitments.add(posting.c);
    const unit = unitOf(posting);
    const kind = classOf(posting);
    const totals = (read.supply[unit] = read.supply[unit] || {});
    const sum = Object.values(posting.x).reduce((total, amount) => total + BigInt(amount), 0n);
    totals[kind] = (totals[kind] || 0n) + (kind === "issued" ? -sum : sum);
  }
}

/** What `solvency.json` says of the same checkpoint: "same", "absent" or "other" (of another one); else refused. */
function compared(files, head, read) {
  const bytes = files.get("solvency.json");
  if (bytes === undefined) return "absent";
  const said = canonicalValue(bytes, 2 ** 20, "totals");
  if (said.root !== head.root) return "other";
  const flat = (supply) =>
    Object.keys(supply || {})
      .sort()
      .flatMap((unit) => Object.keys(supply[unit]).sort().map((kind) => `${unit} ${kind} ${supply[unit][kind]}`))
      .filter((line) => !line.endsWith(" 0"))
      .join("\n");
  const good = said.size === Number(head.size) && said.origin === head.origin && flat(said.supply) === flat(read.supply);
  return good ? "same" : refuse("totals", "solvency.json says something else");
}

async function answered(check) {
  try {
    return { ok: true, ...(await check()) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, step: error.step, reason: error.reason };
    // Nothing is known to lead here; still a fault of this page must not look like silence.
    return { ok: false, step: "page", reason: String(error) };
  }
}
