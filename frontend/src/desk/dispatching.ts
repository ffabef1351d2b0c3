/* The page of what waits to be dispatched: j and k walk, x ticks, Enter opens (the link has the
   focus); the row one is at and its point on the map show each other. */

export function dispatchByKeys(): void {
  const page = document.querySelector<HTMLElement>("[data-dispatching]");
  if (!page) return;
  const rows = [...page.querySelectorAll<HTMLElement>(".dispatch-row")];
  page.addEventListener("focusin", (event) => {
    const row = rowOf(event.target);
    if (row) show(page, rows, row);
  });
  page.addEventListener("click", (event) => {
    const spot = event.target instanceof Element ? event.target.closest("a[data-spots]") : null;
    const row = spot && document.getElementById(spot.getAttribute("href")!.slice(1));
    if (row) show(page, rows, row);
  });
  // The map draws its points anew whenever it has moved.
  const map = page.querySelector("[data-map]");
  const drawn = new MutationObserver(() => {
    const row = picked(rows);
    if (row) show(page, rows, row);
  });
  if (map) drawn.observe(map, { childList: true, subtree: true });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      walk(rows, step);
    } else if (event.key === "x") {
      picked(rows)?.querySelector<HTMLInputElement>("input[name=case]")?.click();
    }
  });
}

function walk(rows: HTMLElement[], step: number): void {
  const now = picked(rows);
  const next = rows[now ? rows.indexOf(now) + step : 0];
  next?.querySelector<HTMLElement>(".what-link")?.focus();
}

function picked(rows: HTMLElement[]): HTMLElement | undefined {
  return rows.find((row) => row.classList.contains("is-picked"));
}

function show(page: HTMLElement, rows: HTMLElement[], row: HTMLElement): void {
  rows.forEach((each) => each.classList.toggle("is-picked", each === row));
  page.querySelectorAll<HTMLElement | SVGElement>("[data-spots]").forEach((spot) => {
    const urls = spot.dataset.spots!.split(" ");
    spot.classList.toggle("is-picked", urls.includes(`#${row.id}`));
  });
}

function rowOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(".dispatch-row") : null;
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== "checkbox";
  return target instanceof Element && target.closest("select, textarea, [data-map]") !== null;
}
