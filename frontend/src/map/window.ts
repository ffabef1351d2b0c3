/** A map that asks again after each move: for the points of its window alone. */
import type { Map as GlMap } from "maplibre-gl";
import { type Place, readSpots, type Spot, tell } from "./place";

const PAUSE_MS = 250;
const DIGITS = 6;

/** Show what lies in the window whenever the map has come to rest in another place. */
export function followWindow(map: GlMap, place: Place, show: (spots: Spot[]) => void): void {
  let waiting = 0;
  let asked = new AbortController();
  const ask = async () => {
    const { signal } = asked;
    place.element.setAttribute("aria-busy", "true");
    try {
      const { spots, told } = await readSpots(addressOf(map, place), signal);
      show(spots);
      tell(place, told);
    } catch {
      if (!signal.aborted) tell(place, place.words("Nopoints"));
    }
    if (!signal.aborted) place.element.removeAttribute("aria-busy");
  };
  map.on("moveend", () => {
    window.clearTimeout(waiting);
    asked.abort();
    asked = new AbortController();
    if (place.element.isConnected) waiting = window.setTimeout(ask, PAUSE_MS);
  });
}

function addressOf(map: GlMap, place: Place): string {
  const address = new URL(place.element.dataset.points!, window.location.href);
  const [[west, south], [east, north]] = map.getBounds().toArray();
  const sides = [
    Math.max(west, -180),
    Math.max(south, -90),
    Math.min(east, 180),
    Math.min(north, 90),
  ];
  address.searchParams.set("window", sides.map((side) => side.toFixed(DIGITS)).join());
  return address.href;
}
