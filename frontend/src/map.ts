/** A map is drawn when it comes into view: MapLibre where the device can, else plain SVG. */
import { readPlace, tell, type Place } from "./map/place";

export function draw(element: HTMLElement): void {
  if (element.dataset.drawn !== undefined) return;
  element.dataset.drawn = "";
  const watcher = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    void show(element);
  });
  watcher.observe(element);
}

async function show(element: HTMLElement): Promise<void> {
  try {
    const place = await readPlace(element);
    await drawPlace(place);
    tell(place, place.told);
  } catch {
    element.append(apology(element));
  }
  element.dataset.ready = "";
}

async function drawPlace(place: Place): Promise<void> {
  if (hasWebGL()) {
    try {
      const { drawGl } = await import("./map/gl");
      await drawGl(place);
      return;
    } catch {
      place.element.querySelector(".maplibregl-map")?.remove();
    }
  }
  const { drawSvg } = await import("./map/svg");
  drawSvg(place);
}

function hasWebGL(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    return false;
  }
}

function apology(element: HTMLElement): HTMLElement {
  const text = document.createElement("p");
  text.className = "map-apology";
  text.textContent = element.dataset.wordsNomap ?? "";
  return text;
}
