// What is ours (docs/formats.md): canonical JSON, the entry, the payload, the commitment.
import { fromBase64, joined, refuse, same, textOf, utf8 } from "./bytes.mjs";

const MAX_DEPTH = 32;
const ENTRY_BYTES = 65535;
const PAYLOAD_BYTES = 1000;
const TYPES = "issue budget earn hold give spend reverse donate expire clear close".split(" ");
const PUBLIC_CODES = Object.fromEntries(
  (
    "1100 issued 1900 conversion 2400 campaigns 2600 due 3100 expired 3300 redeemed 3310 redeemed 3400 donated " +
    "3500 written-off 3900 rounding 4000 wallets B000 appropriated B100 free B110 encumbered B200 encumbered " +
    "B300 executed B400 returned K000 cash K100 deposit K300 payable"
  )
    .match(/\S+ \S+/g)
    .map((pair) => pair.split(" ")),
);
// Of a committed posting: in coins, and in won.
const COIN_CLASSES = "wallets takings dispute guarantee clawed-back".split(" ");
const WON_CLASSES = "reserved payable receivable".split(" ");
const ORIGIN = /^(?=.{1,100}$)[a-z0-9.-]+(?:\/[a-z0-9.-]+)*$/;
const DISTRICT = /^[0-9A-Za-z.-]{1,16}$/;
const UNIT = /^[A-Z0-9][A-Z0-9-]{0,15}$/;
const ACCOUNT = /^([1-9BK][0-9]{3}):([A-Z0-9][A-Z0-9-]{0,15}):[A-Za-z0-9._/@+~#=-]{1,80}$/;
const COIN_VINTAGE = /^(?:(?!0000)[0-9]{4}Q[1-4]|none|plain)$/;
const ORDER_TEXTS = {
  document: /^(?=[^]*[^ ])[^]{1,80}$/u,
  fund: /^[a-z][a-z0-9-]{0,39}\/[0-9]{4}$/,
  kind: /^(?:ORDER|CUT)$/,
  order: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  type: /^pumasi\/budget-order\/v1$/,
  unit: UNIT,
};

/** The value of canonical bytes (RFC 8785, integers only): what was read is written again and compared. */
export function canonicalValue(bytes, limit, step) {
  if (bytes.length > limit) refuse(step, `longer than ${limit} bytes`);
  let value;
  try {
    value = JSON.parse(textOf(bytes, step));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    refuse(step, "not JSON");
  }
  if (!same(utf8(written(value, MAX_DEPTH, step)), bytes)) refuse(step, "not canonical JSON");
  return value;
}

function written(value, depth, step) {
  if (depth === 0) refuse(step, "nested too deeply");
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") {
    // In /u only a lone surrogate matches.
    if (/[\0\p{Surrogate}]/u.test(value) || value.normalize("NFC") !== value) refuse(step, "text has no canonical form");
    return JSON.stringify(value);
  }
  if (Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => written(item, depth - 1, step)).join(",")}]`;
  if (value === null || typeof value !== "object") refuse(step, "a value that canonical JSON does not have");
  const keys = Object.keys(value).sort();
  if (keys.some((key) => /[^\x01-\x7f]/.test(key))) refuse(step, "a key is not ASCII");
  return `{${keys.map((key) => `${JSON.stringify(key)}:${written(value[key], depth - 1, step)}`).join(",")}}`;
}

/** An entry of the log, its grammar checked: what does not fit is refused. */
export function parseEntry(bytes) {
  const entry = canonicalValue(bytes, ENTRY_BYTES, "entry");
  need(isObject(entry) && entry.v === 1 && isCount(entry.n) && isCount(entry.b) && isDay(entry.day), "not an entry");
  if (entry.t === "rules") {
    need(hasOnly(entry, "b d day n o rules t v"), "a member that does not belong");
    need(isText(entry.o, ORIGIN) && isText(entry.d, DISTRICT) && entry.rules === "pumasi-1", "not rules of this version");
    need(entry.n === 0, "rules that are not entry 0");
    return entry;
  }
  need(TYPES.includes(entry.t), "unknown type");
  need(entry.n > 0, "entry 0 holds no rules");
  const ordered = entry.t === "issue" && "auth" in entry;
  need(hasOnly(entry, ordered ? "auth b day f n p t v" : "b day n p t v"), "a member that does not belong");
  if (ordered) checkOrder(entry);
  checkPostings(entry.p);
  return entry;
}

function checkOrder({ f, auth }) {
  const accounts = isObject(f) ? Object.entries(f) : [];
  need(accounts.length === 1 && isAmount(accounts[0][1]), "not a change of one limit");
  need(accounts[0][0].startsWith("1100:") && ACCOUNT.test(accounts[0][0]), "not a limit of issuance");
  need(hasOnly(auth, "k o s") && isPair(auth.k) && isPair(auth.s), "not two signatures");
  for (const key of auth.k) fromBase64(key, "entry", 32);
  for (const signature of auth.s) fromBase64(signature, "entry", 64);
  const order = auth.o;
  need(hasOnly(order, "coins document fund issued_on kind order type unit won"), "not an order");
  need(Object.entries(ORDER_TEXTS).every(([name, form]) => isText(order[name], form)), "not an order");
  need(isDay(order.issued_on) && order.coins > 0 && order.won > 0, "not an order");
}

function checkPostings(postings) {
  need(Array.isArray(postings) && postings.length > 0 && postings.length <= 250, "not 1 to 250 postings");
  let last = "";
  for (const posting of postings) {
    if (hasOnly(posting, "a x")) {
      const parts = typeof posting.a === "string" && ACCOUNT.exec(posting.a);
      need(parts && parts[1] in PUBLIC_CODES, "not a public account");
      need(/^[BK]/.test(parts[1]) === (parts[2] === "KRW"), "an account in another unit's book");
      checkVintages(posting.x, parts[2]);
    } else {
      need(hasOnly(posting, "c k u x"), "not a posting");
      const classes = posting.u === "KRW" ? WON_CLASSES : COIN_CLASSES;
      need(isText(posting.u, UNIT) && classes.includes(posting.k), "not a class of this unit");
      fromBase64(posting.c, "entry", 32);
      checkVintages(posting.x, posting.u);
    }
    // Public accounts first, then commitments, each ascending: "a" sorts before "c".
    const place = "a" in posting ? `a${posting.a}` : `c${posting.c}`;
    need(place > last, "postings out of order");
    last = place;
  }
}

function checkVintages(vintages, unit) {
  const found = isObject(vintages) ? Object.entries(vintages) : [];
  need(found.length > 0 && found.length <= 100, "not 1 to 100 vintages");
  for (const [vintage, amount] of found) {
    need(unit === "KRW" ? vintage === "won" : COIN_VINTAGE.test(vintage), "not a vintage");
    need(isAmount(amount), "an amount is zero or no integer");
  }
}

const need = (holds, reason) => holds || refuse("entry", reason);
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const hasOnly = (value, members) => {
  const wanted = members.split(" ");
  const own = isObject(value) ? Object.keys(value) : [];
  return own.length === wanted.length && wanted.every((member) => own.includes(member));
};
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isAmount = (value) => Number.isSafeInteger(value) && value !== 0;
const isText = (value, form) => typeof value === "string" && form.test(value);
const isPair = (value) => Array.isArray(value) && value.length === 2;

function isDay(text) {
  const [, year, month, day] = (isText(text, /./) && /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)) || [];
  if (!(year > 0 && month > 0 && month < 13 && day > 0)) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
}

export const classOf = (posting) => posting.k || PUBLIC_CODES[posting.a.slice(0, 4)];
export const unitOf = (posting) => posting.u || posting.a.split(":")[1];

/** Refused unless the postings of each unit and vintage sum to zero (BigInt: sums of Numbers would round). */
export function checkSums(entry) {
  const sums = new Map();
  for (const posting of entry.p) {
    for (const [vintage, amount] of Object.entries(posting.x)) {
      const place = `${unitOf(posting)} ${vintage}`;
      sums.set(place, (sums.get(place) || 0n) + BigInt(amount));
    }
  }
  need([...sums.values()].every((sum) => sum === 0n), "postings do not sum to zero");
}

/** The payload of a commitment: {a: account, i: command, k: kind, t: seconds, w: won beside it}. */
export function parsePayload(bytes) {
  const step = "opened";
  const payload = canonicalValue(bytes, PAYLOAD_BYTES, step);
  const members = isObject(payload) && "w" in payload ? "a i k t w" : "a i k t";
  const isId = (value) => isText(value, /^[0-9a-f]{32}$/);
  const good = hasOnly(payload, members) && isId(payload.a) && isId(payload.i) && isCount(payload.t);
  if (!good || !isText(payload.k, /^[A-Z][A-Z_]{0,39}$/) || ("w" in payload && !isAmount(payload.w))) {
    refuse(step, "not a payload");
  }
  return payload;
}

/** The commitment: HMAC-SHA256("pumasi/commit/v1", opening || payload || 0x80 || zeros to a multiple of 256 bytes). */
export function commitment(opening, payload, crypto) {
  const padded = new Uint8Array(Math.ceil((payload.length + 1) / 256) * 256);
  padded.set(payload);
  padded[payload.length] = 0x80;
  return crypto.hmacSha256(utf8("pumasi/commit/v1"), joined(opening, padded));
}
