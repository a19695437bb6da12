// The browser's own cryptography (WebCrypto), and the choice between it and the one in plain JavaScript.
import { fromBase64 } from "./bytes.mjs";

const HMAC = { name: "HMAC", hash: "SHA-256" };

/** WebCrypto as {sha256, hmacSha256, verifyEd25519}. */
export const native = (subtle) => ({
  name: "WebCrypto",
  sha256: async (bytes) => new Uint8Array(await subtle.digest("SHA-256", bytes)),
  hmacSha256: async (key, bytes) =>
    new Uint8Array(await subtle.sign("HMAC", await subtle.importKey("raw", key, HMAC, false, ["sign"]), bytes)),
  verifyEd25519: async (key, message, signature) => {
    try {
      const known = await subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
      return await subtle.verify({ name: "Ed25519" }, known, signature, message);
    } catch {
      return false; // a key that is no point of the curve
    }
  },
});

/** WebCrypto when it is there and verifies the first signature of RFC 8032 section 7.1; otherwise `pure`. */
export async function chosen(subtle, pure) {
  if (subtle === undefined) return pure;
  const key = fromBase64("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "page");
  const signature = "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkKM7rMYeOXAc+bRr0lv18FlbviRlUUFDjnoQCw==";
  const works = await native(subtle).verifyEd25519(key, new Uint8Array(), fromBase64(signature, "page"));
  return works ? native(subtle) : pure;
}
