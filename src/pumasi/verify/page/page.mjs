// The page itself: takes a receipt from the link, a file or pasted text, checks it, and says the answer in words.
import { hex, textOf, utf8 } from "./bytes.mjs";
import { checkLog, checkPromise, checkReceipt, LOG_STEPS, PROMISE_STEPS, RECEIPT_STEPS, receiptOfFragment } from "./check.mjs";
import { pure } from "./fallback.mjs";
import { chosen } from "./native.mjs";
import { CLASSES, KINDS, STEPS, STEPS_OF, WORDS } from "./words.mjs";

const pins = JSON.parse(document.getElementById("pins").textContent);
const policy = utf8(pins.policy);
const byId = (id) => document.getElementById(id);
let language = /^ko\b/.test(navigator.language) ? 0 : 1; // index into every pair of words
let shown; // {of: "receipt" | "promise" | "log", answer}, to say it again in the other language
let checks = 0; // the newest check wins

const say = (word, ...parts) => WORDS[word][language].replace(/\{(\d)\}/g, (_, i) => parts[i]);

function element(name, text, ...children) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

// Words

function number(digits) {
  return String(digits).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Minor units in words; `sign` shows a plus as well. */
function amountOf(minor, unit, sign) {
  const places = unit === "SC" ? 2 : 0;
  const digits = String(minor < 0 ? -minor : minor).padStart(places + 1, "0");
  const rest = places ? digits.slice(-places).replace(/0+$/, "") : "";
  const name = { SC: ["코인", " coins"], KRW: ["원", " won"] }[unit] || [` ${unit}`, ` ${unit}`];
  const before = minor < 0 ? "−" : sign && minor > 0 ? "+" : "";
  return before + number(digits.slice(0, digits.length - places)) + (rest && `.${rest}`) + name[language];
}

/** A moment (seconds since 1970) in Seoul's time. */
function moment(seconds) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return String(seconds);
  const options = { year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" };
  return date.toLocaleString(["ko-KR", "en-GB"][language], { ...options, timeZone: "Asia/Seoul", hourCycle: "h23" });
}

function headFacts({ origin, witnesses, witnessed_at, profile, least, of }) {
  const facts = [];
  if (witnesses.length) facts.push(["witnesses", `${say("witnessesOf", witnesses.length, least)}: ${witnesses.join(", ")}`]);
  else facts.push(["witnesses", say("none")]);
  if (witnessed_at !== undefined) facts.push(["witnessedAt", moment(witnessed_at)]);
  return [...facts, ["profile", say(profile, least, of)], ["origin", origin]];
}

function receiptFacts(answer) {
  const { at, kind, type, amount, unit, won, block, index, size } = answer;
  const word = KINDS[kind] || KINDS[type];
  const facts = [
    ["amount", `${amountOf(amount, unit, true)} (${say(amount < 0 ? "out" : "in")})`],
    ["kind", word[language]],
    ["at", moment(at)],
  ];
  if (won) facts.push([won < 0 ? "wonBack" : "won", amountOf(Math.abs(won), "KRW")]);
  return [...facts, ["block", number(block)], ["index", say("indexOf", number(index), number(size))], ...headFacts(answer)];
}

const promiseFacts = ({ before, origin }) => [["before", moment(Date.parse(before) / 1000)], ["origin", origin]];

function logFacts(answer) {
  const published = say({ same: "same", absent: "absent", other: "otherTotals" }[answer.published]);
  return [["lines", number(answer.size)], ["blocks", number(answer.blocks)], ["published", published], ...headFacts(answer)];
}

function totals(supply) {
  return Object.keys(supply).sort().map((unit) => {
    const rows = Object.keys(CLASSES).filter((name) => name in supply[unit]).map((name) => {
      const head = element("th", CLASSES[name][language]);
      head.scope = "row";
      return element("tr", undefined, head, element("td", amountOf(supply[unit][name], unit)));
    });
    return element("table", undefined, element("caption", say("totals", unit)), ...rows);
  });
}

// The answer

const wordsOfStep = (of, step) => STEPS_OF[of][step] || STEPS[step];

function stepsOf(of, answer) {
  const names = { receipt: RECEIPT_STEPS, promise: PROMISE_STEPS, log: LOG_STEPS }[of];
  const failed = answer.ok ? names.length : names.indexOf(answer.step);
  return names.map((name, i) => {
    // With no witnesses to ask and no totals to compare, nothing was.
    const alone = name === "witnessed" && answer.least === 0;
    const idle = alone || (name === "totals" && answer.published !== "same");
    const mark = i === failed ? "no" : i < failed && !idle ? "ok" : "not";
    const words = alone ? say("alone") : wordsOfStep(of, name)[mark === "no" ? 1 : 0][language];
    const item = element("li", undefined, element("b", say(mark)), ` ${words}`);
    item.className = mark;
    return item;
  });
}

function unknown(of, answer) {
  const witnesses = answer.profile && `cannot${answer.profile === "S" ? "S" : "W"}`;
  const words = {
    receipt: [witnesses, "cannotWho", "cannotLeft", "cannotPage"],
    promise: ["cannotWho", "cannotPage"],
    log: [witnesses, "cannotRules", "cannotPage"],
  };
  return words[of].filter(Boolean).map((word) => element("li", say(word)));
}

function headline(of, answer) {
  if (!answer.ok) {
    const advice = answer.step === "form" && of !== "log" ? "badFormSay" : "badSay";
    return [say("bad", wordsOfStep(of, answer.step)[1][language]), say(advice)];
  }
  const word = { receipt: "good", promise: "goodPromise", log: "goodLog" }[of];
  return [say(word), say(`${word}Say`)];
}

function render() {
  document.documentElement.lang = ["ko", "en"][language];
  for (const place of document.querySelectorAll("[data-t]")) place.textContent = say(place.dataset.t);
  const district = [pins.ko, pins.en][language];
  byId("district").textContent = district;
  document.title = [say("title"), district].filter(Boolean).join(" · ");
  byId("other").lang = ["en", "ko"][language];
  byId("result").hidden = shown === undefined;
  byId("chooser").dataset.t = shown ? "next" : "yours";
  byId("chooser").textContent = say(byId("chooser").dataset.t);
  if (shown) renderAnswer(shown.of, shown.answer);
}

function renderAnswer(of, answer) {
  const [line, advice] = headline(of, answer);
  byId("verdict").className = answer.ok ? "good" : "bad";
  byId("mark").textContent = answer.ok ? "✓" : "✗";
  // Seen in the verdict below; here it is heard.
  byId("status").textContent = `${line}. ${advice}`;
  byId("status").className = "heard";
  byId("headline").textContent = line;
  byId("advice").textContent = advice;
  byId("code").textContent = answer.ok ? "" : say("code", `${answer.step}: ${answer.reason}`);
  const facts = answer.ok ? { receipt: receiptFacts, promise: promiseFacts, log: logFacts }[of](answer) : [];
  for (const id of ["facts", "limits"]) byId(id).hidden = !answer.ok;
  byId("list").replaceChildren(...facts.flatMap(([word, text]) => [element("dt", say(word)), element("dd", text)]));
  byId("totals").replaceChildren(...(answer.supply ? totals(answer.supply) : []));
  byId("steps").replaceChildren(...stepsOf(of, answer));
  byId("unknown").replaceChildren(...unknown(of, answer));
}

// Checking

function busy(text) {
  byId("status").textContent = text;
  byId("status").className = "";
}

async function check(of, run) {
  const mine = ++checks;
  busy(say("checking"));
  const answer = await run();
  if (mine !== checks) return;
  shown = { of, answer };
  render();
  byId("verdict").scrollIntoView({ block: "nearest" });
}

const cryptography = chosen(globalThis.crypto && globalThis.crypto.subtle, pure);

const isPromise = (bytes) => pins.promise_key && textOf(bytes.slice(0, 17), "form") === "pumasi/promise/v1";

async function checkBytes(bytes) {
  const crypto = await cryptography;
  let promised = false;
  try {
    promised = isPromise(bytes);
  } catch {
    // Not even text: the check of a receipt says so.
  }
  if (promised) await check("promise", () => checkPromise(bytes, pins.promise_key, crypto));
  else await check("receipt", () => checkReceipt(bytes, policy, crypto));
}

async function checkFile(file) {
  if (file) await checkBytes(new Uint8Array(await file.arrayBuffer()));
}

/** Pasted text may be a link; and what surrounds a text on its way through a messenger is not part of it. */
async function checkText(text) {
  const [, fragment] = /#(\S+)/.exec(text) || [];
  await checkBytes((fragment && receiptOfFragment(fragment)) || utf8(`${text.trim()}\n`));
}

async function checkLink() {
  const fragment = location.hash.slice(1);
  if (fragment) await checkBytes(receiptOfFragment(fragment) || utf8(fragment));
}

async function checkFolder(chosenFiles) {
  const files = new Map();
  for (const file of chosenFiles) {
    const path = file.webkitRelativePath.split("/").slice(1).join("/");
    const wanted = path === "checkpoint" || path === "solvency.json" || path.startsWith("tile/entries/");
    if (wanted) files.set(path, new Uint8Array(await file.arrayBuffer()));
  }
  const progress = async (done, size) => {
    busy(say("reading", number(size), number(done)));
    await new Promise((resume) => setTimeout(resume)); // lets the page draw and answer
  };
  // Millions of short hashes: the plain function is faster than a call into WebCrypto for each.
  const crypto = { ...(await cryptography), sha256: pure.sha256 };
  await check("log", () => checkLog(files, policy, crypto, progress));
}

async function start() {
  byId("old").remove();
  byId("page").hidden = false;
  byId("policy").textContent = pins.policy;
  byId("fingerprint").textContent = hex(pure.sha256(policy)).match(/.{4}/g).join(" ");
  byId("other").addEventListener("click", () => {
    language = 1 - language;
    render();
  });
  byId("file").addEventListener("change", (event) => checkFile(event.target.files[0]));
  byId("folder").addEventListener("change", (event) => checkFolder([...event.target.files]));
  byId("paste").addEventListener("submit", (event) => {
    event.preventDefault();
    checkText(byId("text").value);
  });
  byId("print").addEventListener("click", () => print());
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    checkFile(event.dataTransfer.files[0]);
  });
  addEventListener("hashchange", checkLink);
  render();
  await checkLink();
}

start();
