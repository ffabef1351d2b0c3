/** The map by MapLibre: our own areas as vectors, names and points as HTML, no other server. */
import {
  GeolocateControl,
  Map as GlMap,
  Marker,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { type Area, picked, pickPoint, PIN, type Place, shapeOf, type Spot, worst } from "./place";
import { followWindow } from "./window";

setWorkerUrl(workerUrl);

const CLUSTER_PX = 44;
const GRID_NAMES_FROM = 0.7;

/** Draw the map; what is promised is that all of it stands. */
export async function drawGl(place: Place): Promise<void> {
  const ground = document.createElement("div");
  place.element.append(ground);
  const map = new GlMap({
    container: ground,
    style: { version: 8, sources: {}, layers: [background()] },
    bounds: place.bounds,
    fitBoundsOptions: { padding: 24 },
    attributionControl: { compact: false, customAttribution: place.words("Source") },
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: false,
    locale: locale(place),
    fadeDuration: 0,
  });
  map.scrollZoom.setWheelZoomRate(1 / 200);
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ unit: "metric" }), "bottom-left");
  map.addControl(new GeolocateControl({ showAccuracyCircle: false }), "top-right");
  // The control names its button only once the browser has answered.
  place.element
    .querySelector(".maplibregl-ctrl-geolocate")
    ?.setAttribute("aria-label", place.words("Here"));
  await map.once("load");
  fill(map, place);
}

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function background() {
  return {
    id: "paper",
    type: "background" as const,
    paint: { "background-color": token("--surface-sunk") },
  };
}

function locale(place: Place): Record<string, string> {
  return {
    "NavigationControl.ZoomIn": place.words("Zoomin"),
    "NavigationControl.ZoomOut": place.words("Zoomout"),
    "GeolocateControl.FindMyLocation": place.words("Here"),
    "GeolocateControl.LocationNotAvailable": place.words("Nohere"),
    "Map.Title": place.element.getAttribute("aria-label") ?? "",
    "Marker.Title": place.words("Pin"),
    "AttributionControl.ToggleAttribution": place.words("Source"),
  };
}

function fill(map: GlMap, place: Place): void {
  drawAreas(map, place);
  const near = map.getZoom() + GRID_NAMES_FROM;
  const names = () => place.element.classList.toggle("is-near", map.getZoom() >= near);
  const fewNames = place.areas.length <= 12;
  if (fewNames) place.element.classList.add("is-near");
  else map.on("zoom", names);
  place.areas.forEach((area) => nameArea(map, area));
  const show = clusterSpots(map, place.spots);
  if (place.element.dataset.told) followWindow(map, place, show);
  if (place.picker) letPick(map, place);
  else if (place.point) pin(map, place.point);
}

function drawAreas(map: GlMap, place: Place): void {
  const features = place.areas.map((area) => ({
    type: "Feature" as const,
    properties: { code: area.code, kind: area.kind },
    geometry: { type: "MultiPolygon" as const, coordinates: area.polygons },
  }));
  map.addSource("areas", { type: "geojson", data: { type: "FeatureCollection", features } });
  map.addLayer({
    id: "ground",
    type: "fill",
    source: "areas",
    paint: { "fill-color": token("--map-fill"), "fill-opacity": 0.9 },
  });
  map.addLayer({
    id: "borders",
    type: "line",
    source: "areas",
    paint: {
      "line-color": token("--map-line"),
      "line-width": ["match", ["get", "kind"], "grid", 1, 2.5],
    },
  });
  if (!place.chosen) return;
  map.addLayer({
    id: "chosen",
    type: "line",
    source: "areas",
    filter: ["==", ["get", "code"], place.chosen],
    paint: { "line-color": token("--jade"), "line-width": 3 },
  });
}

/** Put the name of an area on its label point; it says nothing to a screen reader. */
export function nameArea(map: GlMap, area: Area): void {
  if (!Number.isFinite(area.lon) || !Number.isFinite(area.lat)) return;
  const label = document.createElement("span");
  label.className = `map-name is-${area.kind}`;
  label.textContent = area.name;
  label.setAttribute("aria-hidden", "true");
  new Marker({ element: label }).setLngLat([area.lon, area.lat]).addTo(map);
  label.removeAttribute("role");
  label.removeAttribute("tabindex");
}

function pin(map: GlMap, point: [number, number], draggable = false): Marker {
  const element = document.createElement("div");
  element.className = "map-pin";
  element.innerHTML = PIN;
  return new Marker({ element, anchor: "bottom", draggable }).setLngLat(point).addTo(map);
}

/** Click or drag the pin; or move with the arrow keys and press Enter for the middle. */
function letPick(map: GlMap, place: Place): void {
  const picker = place.picker!;
  let marker: Marker | null = null;
  const put = (lon: number, lat: number, tell: boolean) => {
    if (marker) marker.setLngLat([lon, lat]);
    else {
      marker = pin(map, [lon, lat], true);
      marker.on("dragend", () => {
        const at = marker!.getLngLat();
        pickPoint(picker, at.lng, at.lat);
      });
    }
    if (tell) pickPoint(picker, lon, lat);
  };
  if (place.point) {
    put(...place.point, false);
    map.jumpTo({ center: place.point, zoom: map.getZoom() + 1 });
  }
  map.on("click", (event) => put(event.lngLat.lng, event.lngLat.lat, true));
  map.getCanvas().setAttribute("aria-label", place.words("Keys"));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const middle = map.getCenter();
    put(middle.lng, middle.lat, true);
  });
  picker.lat.addEventListener("change", () => {
    const point = picked(picker);
    if (!point) return;
    put(...point, false);
    if (!map.getBounds().contains(point)) map.easeTo({ center: point });
  });
}

/**
 * Spots closer than a finger's width on the screen become one, counted, of the worst status.
 * Gives what shows others in their place.
 */
function clusterSpots(map: GlMap, first: Spot[]): (spots: Spot[]) => void {
  let spots = first;
  let markers: Marker[] = [];
  const redraw = () => {
    const held = markers.find((marker) => marker.getElement() === document.activeElement);
    markers.forEach((marker) => marker.remove());
    const cells = new Map<string, Spot[]>();
    for (const spot of spots) {
      const at = map.project([spot.lon, spot.lat]);
      const cell = `${Math.floor(at.x / CLUSTER_PX)},${Math.floor(at.y / CLUSTER_PX)}`;
      cells.set(cell, [...(cells.get(cell) ?? []), spot]);
    }
    markers = [...cells.values()].map((group) => spotMarker(map, group));
    if (held) focusAgain(map, markers, held);
  };
  redraw();
  map.on("moveend", redraw);
  return (others) => {
    // The same once more: a press on one of them is not torn in two.
    if (JSON.stringify(others) === JSON.stringify(spots)) return;
    spots = others;
    redraw();
  };
}

/** Whoever stood on a point goes on from the same one, or from the map where it is gone. */
function focusAgain(map: GlMap, markers: Marker[], held: Marker): void {
  const { spots } = held.getElement().dataset;
  const same = markers.find((marker) => marker.getElement().dataset.spots === spots);
  (same?.getElement() ?? map.getCanvas()).focus({ preventScroll: true });
}

function spotMarker(map: GlMap, group: Spot[]): Marker {
  const first = group[0]!;
  const status = worst(group.map((spot) => spot.status));
  const element = document.createElement(group.length === 1 && first.url ? "a" : "button");
  element.className = `map-spot status is-${status}`;
  element.innerHTML = `<svg viewBox="-2 -2 20 20" aria-hidden="true"><path d="${shapeOf(status)}"/></svg>`;
  if (group.length > 1) {
    const number = document.createElement("b");
    number.textContent = String(group.length);
    element.append(number);
    element.addEventListener("click", () =>
      map.easeTo({ center: [first.lon, first.lat], zoom: map.getZoom() + 2 }),
    );
  }
  element.dataset.spots = group.map((spot) => spot.url).join(" ");
  element.title = group.map((spot) => spot.title).slice(0, 6).join("\n");
  if (element instanceof HTMLAnchorElement) element.href = first.url;
  else element.type = "button";
  const count = group.length > 1 ? `${group.length}: ` : "";
  element.setAttribute("aria-label", count + element.title);
  const lon = group.reduce((sum, spot) => sum + spot.lon, 0) / group.length;
  const lat = group.reduce((sum, spot) => sum + spot.lat, 0) / group.length;
  return new Marker({ element }).setLngLat([lon, lat]).addTo(map);
}
