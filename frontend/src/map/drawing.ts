/** A line that cuts a grid, or a new outline for one, drawn with terra-draw into a form's field. */
import { Map as GlMap, NavigationControl, setWorkerUrl } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import {
  type GeoJSONStoreFeatures,
  type HexColor,
  TerraDraw,
  TerraDrawLineStringMode,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
} from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";
import { nameArea } from "./gl";
import { type Area, readAreas } from "./place";

setWorkerUrl(workerUrl);

const DIGITS = 8;

interface Board {
  element: HTMLElement;
  map: GlMap;
  areas: Area[];
  code: HTMLSelectElement;
  into: HTMLTextAreaElement;
  terra: TerraDraw;
  asItWas: string;
}

export async function draw(element: HTMLElement): Promise<void> {
  const areas = await readAreas(element.dataset.areas);
  const frame = element.querySelector<HTMLElement>(".redrawing-map")!;
  const ground = document.createElement("div");
  frame.append(ground);
  const map = new GlMap({
    container: ground,
    style: { version: 8, sources: {}, layers: [paper()] },
    bounds: boundsOf(areas),
    fitBoundsOptions: { padding: 24 },
    attributionControl: { compact: false, customAttribution: element.dataset.wordsSource },
    dragRotate: false,
    fadeDuration: 0,
    locale: {
      "NavigationControl.ZoomIn": element.dataset.wordsZoomin ?? "",
      "NavigationControl.ZoomOut": element.dataset.wordsZoomout ?? "",
      "Map.Title": frame.getAttribute("aria-label") ?? "",
    },
  });
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  await map.once("load");
  showAreas(map, areas);
  frame.classList.add("is-near");
  areas.forEach((area) => nameArea(map, area));
  const board: Board = {
    element,
    map,
    areas,
    code: document.getElementById(element.dataset.code!) as HTMLSelectElement,
    into: document.getElementById(element.dataset.into!) as HTMLTextAreaElement,
    terra: terraOn(map),
    asItWas: "",
  };
  board.terra.start();
  listen(board);
  element.dataset.ready = "";
}

function token(name: string): HexColor {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim() as HexColor;
}

function paper() {
  return {
    id: "paper",
    type: "background" as const,
    paint: { "background-color": token("--surface-sunk") },
  };
}

function showAreas(map: GlMap, areas: Area[]): void {
  const features = areas.map((area) => ({
    type: "Feature" as const,
    properties: { code: area.code },
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
    paint: { "line-color": token("--map-line"), "line-width": 1.5 },
  });
  map.addLayer({
    id: "chosen",
    type: "line",
    source: "areas",
    filter: ["==", ["get", "code"], ""],
    paint: { "line-color": token("--jade"), "line-width": 3 },
  });
}

function terraOn(map: GlMap): TerraDraw {
  const jade = token("--jade");
  const outline = { fillColor: jade, fillOpacity: 0.15, outlineColor: jade, outlineWidth: 2 };
  const corners = { draggable: true, deletable: true, midpoints: true };
  return new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, coordinatePrecision: DIGITS }),
    modes: [
      new TerraDrawLineStringMode({ styles: { lineStringColor: jade, lineStringWidth: 3 } }),
      new TerraDrawPolygonMode({ styles: outline }),
      new TerraDrawSelectMode({
        flags: { polygon: { feature: { coordinates: corners } } },
        styles: {
          selectedPolygonColor: jade,
          selectedPolygonFillOpacity: 0.15,
          selectedPolygonOutlineColor: jade,
          selectionPointColor: jade,
          midPointColor: token("--indigo"),
          selectionPointWidth: 7,
          midPointWidth: 5,
        },
      }),
    ],
  });
}

function listen(board: Board): void {
  const { element, terra, code } = board;
  element.querySelectorAll<HTMLButtonElement>("[data-mode]").forEach((button) =>
    button.addEventListener("click", () => turnTo(board, button.dataset.mode!)),
  );
  code.addEventListener("change", () => {
    showChosen(board);
    clear(board);
  });
  terra.on("finish", () => keep(board));
  // A dragged corner is told while it is dragged, too; the last one counts.
  terra.on("change", (_ids, kind) => {
    if (kind === "update" && terra.getMode() === "select") keep(board);
  });
  showChosen(board);
}

function turnTo(board: Board, mode: string): void {
  clear(board);
  if (mode === "clear") return;
  const buttons = board.element.querySelectorAll<HTMLButtonElement>("[data-mode]");
  buttons.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.mode === mode)));
  board.terra.setMode(mode);
  if (mode === "select") takeUp(board);
}

/** Put the outline of the chosen grid into the hand, its corners ready to be dragged. */
function takeUp(board: Board): void {
  const area = board.areas.find((one) => one.code === board.code.value);
  if (!area) return board.code.focus();
  const largest = [...area.polygons].sort((one, other) => size(other) - size(one))[0];
  if (!largest) return;
  const feature: GeoJSONStoreFeatures = {
    type: "Feature",
    properties: { mode: "polygon" },
    geometry: {
      type: "Polygon",
      coordinates: [largest[0]!.map(([lon, lat]) => [round(lon), round(lat)])],
    },
  };
  board.asItWas = JSON.stringify(feature.geometry);
  const [added] = board.terra.addFeatures([feature]);
  if (added?.id !== undefined && added.valid) board.terra.selectFeature(added.id);
}

function size(rings: [number, number][][]): number {
  const ring = rings[0] ?? [];
  return Math.abs(
    ring.reduce((sum, [x, y], at) => {
      const [nextX, nextY] = ring[(at + 1) % ring.length]!;
      return sum + x * nextY - nextX * y;
    }, 0),
  );
}

function round(degrees: number): number {
  return Number(degrees.toFixed(DIGITS));
}

function clear(board: Board): void {
  board.terra.clear();
  board.into.value = board.asItWas = "";
  tell(board, "");
}

function keep(board: Board): void {
  const wanted = board.element.dataset.redrawing === "split" ? "LineString" : "Polygon";
  const drawn = board.terra
    .getSnapshot()
    .filter((one) => one.geometry.type === wanted && one.properties.mode !== "select")
    .pop();
  const shape = drawn ? JSON.stringify(drawn.geometry) : "";
  if (!shape || shape === board.asItWas) return;
  board.into.value = shape;
  tell(board, board.element.dataset.wordsDone ?? "");
}

function tell(board: Board, words: string): void {
  const told = board.element.querySelector(".redrawing-told");
  if (told && told.textContent !== words) told.textContent = words;
}

function showChosen(board: Board): void {
  board.map.setFilter("chosen", ["==", ["get", "code"], board.code.value]);
  const area = board.areas.find((one) => one.code === board.code.value);
  if (area) board.map.fitBounds(boundsOf([area]), { padding: 60, duration: 0 });
}

function boundsOf(areas: Area[]): [number, number, number, number] {
  const corners = areas.flatMap((area) => area.polygons.flatMap((rings) => rings[0] ?? []));
  const lons = corners.map(([lon]) => lon);
  const lats = corners.map(([, lat]) => lat);
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
