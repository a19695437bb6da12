// A tap on the map fills in the two numbers; typing them moves the mark.
import { makeMap, markAt } from "./map.js";

const fields = [document.getElementById("id_latitude"), document.getElementById("id_longitude")];
const box = document.querySelector(".gd-canvas");
const { mark: kind, name } = box.dataset;
const map = await makeMap(box, { names: "below" });
let mark = null;

function show() {
  const [latitude, longitude] = fields.map((field) => Number.parseFloat(field.value));
  mark?.remove();
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return;
  mark = markAt([latitude, longitude], kind, name, false).addTo(map);
  mark.getElement().classList.add("chosen");
}

map.on("click", (event) => {
  fields[0].value = event.latlng.lat.toFixed(5);
  fields[1].value = event.latlng.lng.toFixed(5);
  show();
});
for (const field of fields) field.addEventListener("change", show);
show();
