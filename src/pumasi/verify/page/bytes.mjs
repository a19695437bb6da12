// Bytes and texts, strictly: one value has one spelling, everything else is refused.

/** An expected no. `step` is the step of the check that failed, `reason` a short stable text for programs and reports. */
export class Refused extends Error {
  constructor(step, reason) {
    super(`${step}: ${reason}`);
    this.step = step;
    this.reason = reason;
  }
}

export function refuse(step, reason) {
  throw new Refused(step, reason);
}

export const utf8 = (text) => new TextEncoder().encode(text);

/** The text of UTF-8 bytes; a byte order mark is a character like any other. */
export function textOf(bytes, step) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse(step, "not UTF-8");
  }
}

export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

/** RFC 4648 section 4, padded and canonical (the unused bits are zero); of `length` bytes when it is given. */
export function fromBase64(text, step, length) {
  if (typeof text !== "string" || !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    refuse(step, "not base64");
  }
  const decoded = atob(text);
  if (btoa(decoded) !== text) refuse(step, "base64 is not canonical");
  if (length !== undefined && decoded.length !== length) refuse(step, `not ${length} bytes`);
  return Uint8Array.from(decoded, (character) => character.charCodeAt(0));
}

/** A decimal without leading zeros below 2^63, as a BigInt: sizes and indexes do not fit a Number. */
export function decimal(text, step) {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text)) refuse(step, "not a decimal number");
  const value = BigInt(text);
  if (value >= 2n ** 63n) refuse(step, "number beyond 2^63-1");
  return value;
}
