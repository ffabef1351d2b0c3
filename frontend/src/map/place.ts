/** What a map shows, read from the element's data attributes and the GeoJSON they name. */

export type Ring = [number, number][];

export interface Area {
  code: string;
  kind: string;
  name: string;
  lon: number;
  lat: number;
  polygons: Ring[][];
}

export interface Spot {
  lon: number;
  lat: number;
  status: string;
  title: string;
  url: string;
}

export interface Picker {
  lon: HTMLInputElement;
  lat: HTMLInputElement;
}

export interface Place {
  element: HTMLElement;
  areas: Area[];
  spots: Spot[];
  /** What the server says of the points; where it is to be shown, the map follows its window. */
  told: string;
  chosen: string;
  point: [number, number] | null;
  picker: Picker | null;
  bounds: [number, number, number, number];
  words(name: string): string;
}

interface Feature {
  geometry: { type: string; coordinates: unknown };
  properties: Record<string, unknown>;
}

interface Answer {
  features: Feature[];
  told?: string;
}

export async function readPlace(element: HTMLElement): Promise<Place> {
  const { areas: areasUrl, points: pointsUrl, chosen, pick } = element.dataset;
  const areas = (await read(areasUrl)).features.map(area);
  const { spots, told } = await readSpots(pointsUrl);
  const picker = pick ? findPicker(pick) : null;
  const point = picker ? picked(picker) : fixedPoint(element);
  return {
    element,
    areas,
    spots,
    told,
    chosen: chosen ?? "",
    point,
    picker,
    bounds: boundsOf(areas, spots, point, chosen, picker !== null),
    words: (name) => element.dataset[`words${name}`] ?? "",
  };
}

export function picked(picker: Picker): [number, number] | null {
  return picker.lon.value && picker.lat.value
    ? [Number(picker.lon.value), Number(picker.lat.value)]
    : null;
}

/** Write the chosen point into the form; whoever listens to the inputs hears of it. */
export function pickPoint(picker: Picker, lon: number, lat: number): void {
  picker.lon.value = lon.toFixed(6);
  picker.lat.value = lat.toFixed(6);
  picker.lat.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The worst status names a cluster. */
export function worst(statuses: string[]): string {
  const order = ["overdue", "today", "sent-back", "in-hand", "done", "ended"];
  return order.find((status) => statuses.includes(status)) ?? "in-hand";
}

export function shapeOf(status: string): string {
  const shapes: Record<string, string> = {
    "in-hand": "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z",
    today: "M8 1 15.5 15H.5z",
    overdue: "M8 0l8 8-8 8-8-8z",
    done: "M6.2 14 .7 8.5l2.1-2.1 3.4 3.4 7-7 2.1 2.1z",
    "sent-back": "M7 3v3h3.5a4.5 4.5 0 0 1 0 9H4v-2.5h6.5a2 2 0 0 0 0-4H7V12L.5 7.5z",
    ended: "M1.5 6.5h13v3h-13z",
  };
  return shapes[status] ?? shapes["in-hand"]!;
}

const NEAR_DEGREES = 0.003;

export const PIN =
  '<svg viewBox="0 0 32 40" aria-hidden="true"><path d="M16 1C8 1 2 7 2 15c0 9 14 24 14 24s14-15 14-24C30 7 24 1 16 1z" fill="currentColor" stroke="#fff" stroke-width="2"/><circle cx="16" cy="15" r="5" fill="#fff"/></svg>';

/** Read the areas of a GeoJSON document. */
export async function readAreas(url: string | undefined): Promise<Area[]> {
  return (await read(url)).features.map(area);
}

/** Read points, and what there is to say of them. */
export async function readSpots(
  url: string | undefined,
  signal?: AbortSignal,
): Promise<{ spots: Spot[]; told: string }> {
  const answer = await read(url, signal);
  return { spots: answer.features.map(spot), told: answer.told ?? "" };
}

/** Say something beside the map, where it has a place for it. */
export function tell(place: Place, words: string): void {
  const said = document.getElementById(place.element.dataset.told ?? "");
  if (said && said.textContent !== words) said.textContent = words;
}

async function read(url: string | undefined, signal?: AbortSignal): Promise<Answer> {
  if (!url) return { features: [] };
  const answer = await fetch(url, { headers: { Accept: "application/geo+json" }, signal });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Answer;
}

function area(feature: Feature): Area {
  const { type, coordinates } = feature.geometry;
  const own = feature.properties;
  const english = document.documentElement.lang === "en";
  return {
    code: String(own.code),
    kind: String(own.kind),
    name: String((english && own.name_en) || own.name),
    lon: Number(own.lon),
    lat: Number(own.lat),
    polygons: (type === "MultiPolygon" ? coordinates : [coordinates]) as Ring[][],
  };
}

function spot(feature: Feature): Spot {
  const [lon, lat] = feature.geometry.coordinates as [number, number];
  const own = feature.properties;
  return {
    lon,
    lat,
    status: String(own.status ?? "in-hand"),
    title: String(own.title ?? ""),
    url: String(own.url ?? ""),
  };
}

function findPicker(name: string): Picker {
  return {
    lon: document.getElementById(`${name}_lon`) as HTMLInputElement,
    lat: document.getElementById(`${name}_lat`) as HTMLInputElement,
  };
}

function fixedPoint(element: HTMLElement): [number, number] | null {
  const { lon, lat } = element.dataset;
  return lon && lat ? [Number(lon), Number(lat)] : null;
}

function around([lon, lat]: [number, number]): [number, number, number, number] {
  return [lon - NEAR_DEGREES, lat - NEAR_DEGREES, lon + NEAR_DEGREES, lat + NEAR_DEGREES];
}

function boundsOf(
  areas: Area[],
  spots: Spot[],
  point: [number, number] | null,
  chosen: string | undefined,
  isPicked: boolean,
): [number, number, number, number] {
  const near = areas.filter((each) => chosen && each.code === chosen);
  if (point && !near.length && !spots.length && !isPicked) return around(point);
  const corners: [number, number][] = (near.length ? near : areas).flatMap((each) =>
    each.polygons.flatMap((rings) => rings[0] ?? []),
  );
  if (!near.length) corners.push(...spots.map((each): [number, number] => [each.lon, each.lat]));
  if (point && near.length) corners.push(point);
  if (!corners.length) return around([125.307, 43.878]);
  const lons = corners.map(([lon]) => lon);
  const lats = corners.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
