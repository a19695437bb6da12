// The map of the district without tiles: outlines of its dongs, their names, and marks. Shared by the guide's pages.
const L = window.L;
const NEAR_ZOOM = 13;
const KOREA = [[33.1, 125.5], [38.6, 129.6]];

// Show the map of this page; `map.drawn` says whether there were outlines to draw; every part of it is beside something that says the same in words.
export async function makeMap(box, options = {}) {
  box.closest(".gd-map").hidden = false;
  const map = L.map(box, {
    attributionControl: false, zoomControl: false, scrollWheelZoom: false, fadeAnimation: false, zoomAnimation: false,
    markerZoomAnimation: false, inertia: false, zoomSnap: 0.25, minZoom: 9, maxZoom: 17, names: "tooltipPane", ...options,
  });
  // Where there is one mark only, names lie below it.
  map.createPane("below").style.zIndex = 450;
  map.fitBounds(KOREA);
  map.on("zoomend", () => box.classList.toggle("far", map.getZoom() < NEAR_ZOOM));
  const { nearer, farther } = box.dataset;
  L.control.zoom({ position: "topright", zoomInTitle: nearer, zoomOutTitle: farther }).addTo(map);
  try {
    drawOutlines(map, box, await (await fetch(box.dataset.outlines)).json());
  } catch {
    // Without outlines the marks alone still show where places lie to each other.
  }
  return map;
}

function drawOutlines(map, box, told) {
  map.drawn = told.features.length > 0;
  if (!map.drawn) return;
  const layer = L.geoJSON(told, { interactive: false, style: { className: "gd-dong" } }).addTo(map);
  layer.eachLayer((each) => {
    const { name, name_en: english } = each.feature.properties;
    const said = box.dataset.language === "en" ? english : name;
    each.bindTooltip(said, { permanent: true, direction: "center", className: "gd-label", pane: map.options.names });
  });
  const clear = () => keepClear(map, layer.getLayers());
  map.on("zoomend", clear);
  map.fitBounds(layer.getBounds(), { padding: [8, 8] });
  clear();
}

// A name that is wider than its dong, or would lie over another one, is left out until the map is larger.
function keepClear(map, dongs) {
  const wide = (each) => map.latLngToLayerPoint(each.getBounds().getNorthEast()).x - map.latLngToLayerPoint(each.getBounds().getSouthWest()).x;
  const kept = [];
  for (const each of [...dongs].sort((one, other) => wide(other) - wide(one))) {
    const label = each.getTooltip().getElement();
    const lies = label.getBoundingClientRect();
    const over = kept.some((other) => lies.left < other.right && other.left < lies.right && lies.top < other.bottom && other.top < lies.bottom);
    label.classList.toggle("away", over || lies.width > wide(each));
    if (!label.classList.contains("away")) kept.push(lies);
  }
}

export function pointOf(text) {
  const [latitude, longitude] = text.split(",").map(Number);
  return L.latLng(latitude, longitude);
}

// A mark of a kind at a point; a button for pointer and keyboard when it has something to say.
export function markAt(at, kind, title, interactive = true) {
  const icon = L.divIcon({ className: "gd-mark", iconSize: [24, 24] });
  const mark = L.marker(at, { icon, title, interactive, keyboard: false });
  mark.on("add", () => {
    const button = mark.getElement();
    button.dataset.mark = kind;
    button.setAttribute("role", interactive ? "button" : "img");
    button.setAttribute("aria-label", title);
  });
  return mark;
}
