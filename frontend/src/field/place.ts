/** Where it is: by the device, or by the door whose notice was scanned. */
import { ask } from "./line";
import type { Point } from "./terms";
import { say } from "./words";

const PATIENCE_MS = 15_000;
const FRESH_MS = 30_000;

export type Found = Point | "denied" | "failed";

export function locate(): Promise<Found> {
  if (!("geolocation" in navigator)) return Promise.resolve("failed");
  return new Promise((done) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        done({
          lon: Number(coords.longitude.toFixed(6)),
          lat: Number(coords.latitude.toFixed(6)),
          accuracy: Math.max(1, Math.round(coords.accuracy)),
        }),
      (fault) => done(fault.code === fault.PERMISSION_DENIED ? "denied" : "failed"),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: FRESH_MS },
    );
  });
}

interface Area {
  kind: string;
  name: string;
  name_en: string;
}

interface Located {
  outside: boolean;
  within: Area[];
}

const SHOWN = ["community", "grid"];

/** Say a position by names where the office can be asked, else by its error alone. */
export async function describe(point: Point): Promise<string> {
  try {
    const response = await ask(`/api/v1/locate?lon=${point.lon}&lat=${point.lat}`, {
      credentials: "omit",
      headers: { "Accept-Language": document.documentElement.lang },
    });
    const found = (await response.json()) as Located;
    if (found.outside) return say("placeOutside");
    const areas = found.within.filter((area) => SHOWN.includes(area.kind));
    const names = areas.map(nameOf).join(" · ");
    if (names) return say("locatedAt", { place: names, n: point.accuracy });
  } catch {
    // Without a line the position is as good.
  }
  return say("located", { n: point.accuracy });
}

function nameOf(area: { name: string; name_en: string }): string {
  return document.documentElement.lang === "en" && area.name_en ? area.name_en : area.name;
}
