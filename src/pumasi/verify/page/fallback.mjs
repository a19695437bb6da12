// SHA-2 (FIPS 180-4), HMAC (RFC 2104) and Ed25519 verification (RFC 8032) in plain JavaScript: for phones whose
// browser has no WebCrypto (pages over http) or one without Ed25519. It verifies public things only, so nothing here
// needs to run in constant time.
import { joined, same } from "./bytes.mjs";

const primes = [];
for (let n = 2n; primes.length < 80; n++) if (primes.every((prime) => n % prime)) primes.push(n);

/** The largest r with r^k <= n. */
function root(n, k) {
  let [low, high] = [0n, 1n << 128n];
  while (high - low > 1n) {
    const middle = (low + high) >> 1n;
    if (middle ** k <= n) low = middle;
    else high = middle;
  }
  return low;
}

// The constants are the first 64 bits of the fractions of cube and square roots; SHA-256 takes their upper halves.
const word = (value) => BigInt.asUintN(64, value);
const K64 = primes.map((prime) => word(root(prime << 192n, 3n)));
const H64 = primes.slice(0, 8).map((prime) => word(root(prime << 128n, 2n)));
const upper = (words) => Int32Array.from(words, (each) => Number(BigInt.asIntN(32, each >> 32n)));
const K32 = upper(K64.slice(0, 64));
const H32 = upper(H64);

/** The message, 0x80, zeros, and its length in bits: a multiple of `block` bytes (FIPS 180-4 section 5.1). */
function padded(bytes, block, lengthBytes) {
  const whole = new Uint8Array(Math.ceil((bytes.length + 1 + lengthBytes) / block) * block);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(whole.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(whole.length - 4, bytes.length * 8);
  return view;
}

export function sha256(bytes) {
  const view = padded(bytes, 64, 8);
  const state = H32.slice();
  const w = new Int32Array(64);
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(block + 4 * i);
    for (let i = 16; i < 64; i++) {
      const s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
      const s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const t1 = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K32[i] + w[i]) | 0;
      const t2 = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    [a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] += value));
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((value, i) => digest.setInt32(4 * i, value));
  return new Uint8Array(digest.buffer);
}

export function sha512(bytes) {
  const view = padded(bytes, 128, 16);
  let state = H64;
  const turn = (x, n) => (x >> n) | word(x << (64n - n));
  for (let block = 0; block < view.byteLength; block += 128) {
    const w = [];
    for (let i = 0; i < 16; i++) w.push(view.getBigUint64(block + 8 * i));
    for (let i = 16; i < 80; i++) {
      const s0 = turn(w[i - 15], 1n) ^ turn(w[i - 15], 8n) ^ (w[i - 15] >> 7n);
      const s1 = turn(w[i - 2], 19n) ^ turn(w[i - 2], 61n) ^ (w[i - 2] >> 6n);
      w.push(word(w[i - 16] + s0 + w[i - 7] + s1));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 80; i++) {
      const t1 = h + (turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)) + ((e & f) ^ (word(~e) & g)) + K64[i] + w[i];
      const t2 = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c));
      [h, g, f, e, d, c, b, a] = [g, f, e, word(d + t1), c, b, a, word(t1 + t2)];
    }
    state = [a, b, c, d, e, f, g, h].map((value, i) => word(state[i] + value));
  }
  const digest = new DataView(new ArrayBuffer(64));
  state.forEach((value, i) => digest.setBigUint64(8 * i, value));
  return new Uint8Array(digest.buffer);
}

export function hmacSha256(key, bytes) {
  const block = new Uint8Array(64);
  block.set(key.length > 64 ? sha256(key) : key);
  const inner = sha256(joined(block.map((byte) => byte ^ 0x36), bytes));
  return sha256(joined(block.map((byte) => byte ^ 0x5c), inner));
}

// Edwards25519: -x^2 + y^2 = 1 + d x^2 y^2 modulo P. Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, T = XY/Z.
const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const littleEndian = (bytes) => bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
const mod = (value) => ((value % P) + P) % P;

function power(base, exponent) {
  let result = 1n;
  for (let square = base; exponent; exponent >>= 1n, square = (square * square) % P) {
    if (exponent & 1n) result = (result * square) % P;
  }
  return result;
}

const D = mod(-121665n * power(121666n, P - 2n));
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n);
const ZERO = [0n, 1n, 1n, 0n];
const BASE = decodePoint(numberBytes(mod(4n * power(5n, P - 2n))));

function numberBytes(value) {
  return Uint8Array.from({ length: 32 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

/** RFC 8032 section 5.1.3; undefined for what encodes no point, and for y not below P. */
function decodePoint(bytes) {
  const encoded = littleEndian(bytes);
  const sign = encoded >> 255n;
  const y = encoded & (2n ** 255n - 1n);
  if (y >= P) return undefined;
  const u = mod(y * y - 1n);
  const v = mod(D * y * y + 1n);
  let x = mod(u * v ** 3n * power(mod(u * v ** 7n), (P - 5n) / 8n));
  if (mod(v * x * x) === mod(-u)) x = mod(x * ROOT_OF_MINUS_ONE);
  if (mod(v * x * x) !== u || (x === 0n && sign)) return undefined;
  if ((x & 1n) !== sign) x = P - x;
  return [x, y, 1n, mod(x * y)];
}

function encodePoint([x, y, z]) {
  const inverse = power(mod(z), P - 2n);
  return numberBytes(mod(y * inverse) | ((mod(x * inverse) & 1n) << 255n));
}

/** RFC 8032 section 5.1.4; intermediate values may be negative, `%` keeps them small. */
function sum([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = ((y1 - x1) * (y2 - x2)) % P;
  const b = ((y1 + x1) * (y2 + x2)) % P;
  const c = (((2n * t1 * t2) % P) * D) % P;
  const d = (2n * z1 * z2) % P;
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return [(e * f) % P, (g * h) % P, (f * g) % P, (e * h) % P];
}

function twice([x, y, z]) {
  const a = (x * x) % P;
  const b = (y * y) % P;
  const h = a + b;
  const e = h - ((x + y) * (x + y)) % P;
  const g = a - b;
  const f = ((2n * z * z) % P) + g;
  return [(e * f) % P, (g * h) % P, (f * g) % P, (e * h) % P];
}

/** RFC 8032 section 5.1.7 without the cofactor: R must be, byte for byte, the encoding of [S]B - [k]A. */
export function verifyEd25519(key, message, signature) {
  const point = key.length === 32 && signature.length === 64 && decodePoint(key);
  const s = littleEndian(signature.slice(32));
  if (!point || s >= L) return false;
  const [x, y, z, t] = point;
  const minus = [P - x, y, z, P - t];
  const both = sum(BASE, minus);
  const r = signature.slice(0, 32);
  const k = littleEndian(sha512(joined(r, key, message))) % L;
  let result = ZERO;
  for (let bit = 252n; bit >= 0n; bit--) {
    result = twice(result);
    const [ofS, ofK] = [(s >> bit) & 1n, (k >> bit) & 1n];
    if (ofS || ofK) result = sum(result, ofS && ofK ? both : ofS ? BASE : minus);
  }
  return same(encodePoint(result), r);
}

export const pure = { name: "JavaScript", sha256, hmacSha256, verifyEd25519 };
