// One place on the small map.
import { makeMap, markAt, pointOf } from "./map.js";

const box = document.querySelector(".gd-canvas");
const { at, mark, name } = box.dataset;
const map = await makeMap(box, { names: "below" });
markAt(pointOf(at), mark, name, false).addTo(map).getElement().classList.add("chosen");
if (!map.drawn) map.setView(pointOf(at), 14);
