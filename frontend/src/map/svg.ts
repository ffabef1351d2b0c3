/** The same map without WebGL: polygons, names and points as SVG, a point picked by click or keys. */
import { type Area, picked, pickPoint, type Place, shapeOf, type Spot } from "./place";

const NS = "http://www.w3.org/2000/svg";
const WIDTH = 640;
const STEP = 10;

type Project = (lon: number, lat: number) => [number, number];

export function drawSvg(place: Place): void {
  const [west, south, east, north] = place.bounds;
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = WIDTH / ((east - west) * squeeze);
  const height = (north - south) * scale;
  const project: Project = (lon, lat) => [(lon - west) * squeeze * scale, (north - lat) * scale];
  const svg = make("svg", { viewBox: `-8 -8 ${WIDTH + 16} ${height + 16}`, role: "img" });
  svg.setAttribute("aria-label", place.element.getAttribute("aria-label") ?? "");
  place.areas.forEach((area) => svg.append(outline(area, project, area.code === place.chosen)));
  place.areas.filter((area) => area.kind !== "grid").forEach((area) => svg.append(name(area, project)));
  place.spots.forEach((spot) => {
    const [x, y] = project(spot.lon, spot.lat);
    const mark = make("path", { d: shapeOf(spot.status), transform: `translate(${x - 8} ${y - 8})` });
    mark.setAttribute("class", `svg-spot status is-${spot.status}`);
    mark.append(titled(spot.title));
    svg.append(spot.url ? linked(spot, mark) : mark);
  });
  const pin = make("circle", { r: "9", class: "svg-pin", visibility: "hidden" });
  svg.append(pin);
  const put = (lon: number, lat: number) => {
    const [x, y] = project(lon, lat);
    pin.setAttribute("cx", String(x));
    pin.setAttribute("cy", String(y));
    pin.setAttribute("visibility", "visible");
  };
  if (place.point) put(...place.point);
  place.element.append(svg);
  if (place.picker) letPick(place, svg, put, (x, y) => [west + x / (squeeze * scale), north - y / scale]);
}

function letPick(
  place: Place,
  svg: SVGSVGElement,
  put: (lon: number, lat: number) => void,
  unproject: (x: number, y: number) => [number, number],
): void {
  const picker = place.picker!;
  const choose = (x: number, y: number) => {
    const [lon, lat] = unproject(x, y);
    put(lon, lat);
    pickPoint(picker, lon, lat);
  };
  let at: [number, number] = [WIDTH / 2, svg.viewBox.baseVal.height / 2];
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("role", "application");
  svg.setAttribute("aria-label", place.words("Keys"));
  svg.addEventListener("click", (event) => {
    const inside = new DOMPoint(event.clientX, event.clientY).matrixTransform(
      svg.getScreenCTM()!.inverse(),
    );
    at = [inside.x, inside.y];
    choose(...at);
  });
  svg.addEventListener("keydown", (event) => {
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-STEP, 0],
      ArrowRight: [STEP, 0],
      ArrowUp: [0, -STEP],
      ArrowDown: [0, STEP],
      Enter: [0, 0],
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    at = [at[0] + move[0], at[1] + move[1]];
    choose(...at);
  });
  picker.lat.addEventListener("change", () => {
    const point = picked(picker);
    if (point) put(...point);
  });
}

function outline(area: Area, project: Project, chosen: boolean): SVGElement {
  const d = area.polygons
    .flatMap((rings) => rings.map((ring) => `M${ring.map(([x, y]) => project(x, y).join(" ")).join("L")}Z`))
    .join("");
  const path = make("path", { d, class: `svg-area is-${area.kind}${chosen ? " is-chosen" : ""}` });
  path.append(titled(area.name));
  return path;
}

function name(area: Area, project: Project): SVGElement {
  const [x, y] = project(area.lon, area.lat);
  const text = make("text", { x: String(x), y: String(y), class: "svg-name" });
  text.textContent = area.name;
  return text;
}

function linked(spot: Spot, mark: SVGElement): SVGElement {
  const link = make("a", { href: spot.url, class: "svg-link", "aria-label": spot.title });
  link.dataset.spots = spot.url;
  link.append(mark);
  return link;
}

function titled(words: string): SVGElement {
  const title = make("title", {});
  title.textContent = words;
  return title;
}

function make<K extends keyof SVGElementTagNameMap>(
  kind: K,
  attributes: Record<string, string>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(NS, kind);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
