// An officer's signing key lives in this browser alone: made here, never taken out, used on the text in the field.
// What is signed is the text of `order` in the file, byte for byte; the server only ever sees signatures.
const box = document.querySelector("[data-signing]");
const field = document.getElementById("id_order");
const say = (name) => { box.querySelector("[data-said]").textContent = name ? box.dataset[name] : ""; };
const hex = (bytes) => Array.from(new Uint8Array(bytes), (each) => each.toString(16).padStart(2, "0")).join("");

function store() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open("pumasi-officer", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("keys");
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function keep(pair) {
  const database = await store();
  return new Promise((done, failed) => {
    const asked = database.transaction("keys", pair ? "readwrite" : "readonly").objectStore("keys");
    const answer = pair ? asked.put(pair, "signing") : asked.get("signing");
    answer.onsuccess = () => done(pair ?? answer.result);
    answer.onerror = () => failed(answer.error);
  });
}

async function show(pair) {
  const shown = box.querySelector("[data-public]");
  shown.textContent = hex(await crypto.subtle.exportKey("raw", pair.publicKey));
  for (const each of box.querySelectorAll("[data-with-key]")) each.hidden = false;
  box.querySelector("[data-make]").hidden = true;
}

async function make() {
  if (await keep()) return; // another window of this browser was first
  // Not extractable: not even this page can read the secret half.
  const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, false, ["sign", "verify"]);
  await show(await keep(pair));
}

async function sign() {
  const pair = await keep();
  let file;
  try { file = JSON.parse(field.value); } catch { say("unreadable"); return; }
  if (typeof file?.order !== "string" || !Array.isArray(file.signatures)) { say("unreadable"); return; }
  const key = hex(await crypto.subtle.exportKey("raw", pair.publicKey));
  const signature = hex(await crypto.subtle.sign("Ed25519", pair.privateKey, new TextEncoder().encode(file.order)));
  file.signatures = [...file.signatures.filter((each) => each?.key !== key), { key, signature }];
  field.value = JSON.stringify(file, null, 1);
  say("signed");
}

async function begin() {
  const pair = await keep();
  if (pair) await show(pair);
  else box.querySelector("[data-make]").hidden = false;
}

const safely = (work) => work().catch(() => say("failed"));
box.querySelector("[data-make]").addEventListener("click", () => safely(make));
box.querySelector("[data-sign]").addEventListener("click", () => safely(sign));
safely(begin);
