// The list and its map. Where the visitor is, is asked of this device and used here alone: no request carries it.
import { makeMap, markAt, pointOf } from "./map.js";

const L = window.L;
const STEP = 30;
const NEAREST = 10;
const LATE_MS = 10_000;
const guide = document.getElementById("guide");
const words = guide.dataset;
const list = document.getElementById("places");
const panel = guide.querySelector(".gd-panel");
const said = document.getElementById("near-said");
const near = document.getElementById("near");
const more = document.getElementById("more");
let map = null;
let me = null;
let chosen = null;
let marks = [];
let waiting = [];

const rows = await wholeList();
if (rows.length) {
  map = await makeMap(guide.querySelector(".gd-canvas"));
  drawMarks();
}
near.hidden = !("geolocation" in navigator);
near.addEventListener("click", askWhere);
more.addEventListener("click", () => show(STEP, true));

async function wholeList() {
  try {
    const answer = await fetch(words.all, { cache: "no-cache" });
    const box = document.createElement("template");
    box.innerHTML = answer.ok ? await answer.text() : "";
    return [...box.content.querySelectorAll("li")];
  } catch {
    return [];
  }
}

function drawMarks() {
  marks = rows.filter((row) => row.dataset.at).map((row) => {
    const title = `${row.querySelector("a").textContent}, ${row.querySelector(".when").textContent.trim()}`;
    const mark = markAt(pointOf(row.dataset.at), row.dataset.mark, title).addTo(map);
    mark.on("click", () => choose(mark, row));
    mark.row = row;
    return mark;
  });
  if (!map.drawn && marks.length) map.fitBounds(L.latLngBounds(marks.map((mark) => mark.getLatLng())));
  marks.forEach((mark, at) => {
    const button = mark.getElement();
    button.dataset.number = mark.row.dataset.number;
    button.tabIndex = at === 0 ? 0 : -1;
    button.addEventListener("keydown", (event) => step(event, mark));
  });
}

// One stop for Tab; arrows, Home and End go from place to place in the order of the list, Enter opens, Escape closes.
function step(event, mark) {
  const at = marks.indexOf(mark);
  const ways = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 };
  if (event.key in ways) {
    const next = marks[(ways[event.key] + marks.length) % marks.length];
    mark.getElement().tabIndex = -1;
    next.getElement().tabIndex = 0;
    map.panInside(next.getLatLng(), { padding: [40, 40], animate: false });
    next.getElement().focus({ preventScroll: true });
  } else if (event.key === "Enter" || event.key === " ") {
    choose(mark, mark.row);
  } else if (event.key === "Escape") {
    choose(null);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

function choose(mark, row) {
  chosen?.getElement()?.classList.remove("chosen");
  chosen = mark;
  panel.hidden = !mark;
  if (!mark) return;
  mark.getElement().classList.add("chosen");
  const copy = document.createElement("ul");
  copy.className = "pm-list";
  copy.append(row.cloneNode(true));
  panel.replaceChildren(copy);
}

function askWhere() {
  said.textContent = words.finding;
  const late = setTimeout(() => { said.textContent = words.late; }, LATE_MS);
  navigator.geolocation.getCurrentPosition(
    (found) => { clearTimeout(late); sortFrom(L.latLng(found.coords.latitude, found.coords.longitude)); },
    (error) => { clearTimeout(late); said.textContent = [words.unavailable, words.denied, words.unavailable, words.late][error.code]; },
    { enableHighAccuracy: false, maximumAge: 60_000, timeout: 3 * LATE_MS },
  );
}

function sortFrom(here) {
  if (!rows.length) { said.textContent = words.unloaded; return; }
  const far = new Map(rows.map((row) => [row, row.dataset.at ? here.distanceTo(pointOf(row.dataset.at)) : Infinity]));
  for (const [row, metres] of far) row.querySelector(".gd-far").textContent = metres < Infinity ? ` · ${inWords(metres)}` : "";
  rows.sort((one, other) => far.get(one) - far.get(other) || 0);
  marks.sort((one, other) => far.get(one.row) - far.get(other.row));
  marks.forEach((mark, at) => { mark.getElement().tabIndex = at === 0 ? 0 : -1; });
  waiting = [...rows];
  list.replaceChildren();
  document.getElementById("pages")?.remove();
  show(STEP, false);
  said.textContent = words.sorted;
  if (!map) return;
  choose(null);
  me?.remove();
  me = L.marker(here, { icon: L.divIcon({ className: "gd-me", iconSize: [24, 24] }), interactive: false, keyboard: false, title: words.you }).addTo(map);
  map.fitBounds(L.latLngBounds([here, ...marks.slice(0, NEAREST).map((mark) => mark.getLatLng())]), { padding: [30, 30], maxZoom: 15 });
}

function show(count, focus) {
  const next = waiting.splice(0, count);
  list.append(...next);
  more.hidden = !waiting.length;
  if (focus) next[0]?.querySelector("a").focus();
}

function inWords(metres) {
  return metres < 995 ? words.m.replace("{n}", Math.round(metres / 10) * 10) : words.km.replace("{n}", (metres / 1000).toFixed(1));
}
