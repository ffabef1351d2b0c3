/** A map is drawn when it comes into view: MapLibre where the device can, else plain SVG. */
import { readPlace, type Place } from "./map/place";

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
  let place: Place;
  try {
    place = await readPlace(element);
  } catch {
    element.append(apology(element));
    return;
  }
  if (hasWebGL()) {
    try {
      const { drawGl } = await import("./map/gl");
      drawGl(place);
      return;
    } catch {
      element.querySelector(".maplibregl-map")?.remove();
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
