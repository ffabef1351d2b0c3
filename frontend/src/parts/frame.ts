/** What every page does: htmx, and maps loaded only where a page has one. */
import htmx from "htmx.org";

document.documentElement.classList.add("has-script");

declare global {
  interface Window {
    htmx: typeof htmx;
  }
}
window.htmx = htmx;

async function drawMaps(root: ParentNode): Promise<void> {
  const places = root.querySelectorAll<HTMLElement>("[data-map]:not([data-drawn])");
  if (places.length === 0) return;
  const { draw } = await import("../map");
  places.forEach(draw);
}

void drawMaps(document);
document.addEventListener("htmx:load", (event) => void drawMaps((event as CustomEvent).detail.elt));

// A form that came back with errors is announced at once.
document.getElementById("errors")?.focus();
