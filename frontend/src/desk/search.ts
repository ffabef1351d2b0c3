/* One box over everything: "/" leads to it from every page of the desk, the arrows walk through what
   was found, Escape goes back to the box. Without this script it is a plain form. */

function boxInSight(): HTMLInputElement | null {
  const boxes = [...document.querySelectorAll<HTMLInputElement>("[data-search-box]")];
  return boxes.find((box) => box.offsetParent !== null) ?? null;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}

function goToBox(event: KeyboardEvent): void {
  const box = boxInSight();
  const page = document.querySelector<HTMLAnchorElement>("a[data-search-page]");
  if (!box && !page) return;
  event.preventDefault();
  if (box) {
    box.focus();
    box.select();
  } else {
    page!.click();
  }
}

function walk(event: KeyboardEvent, place: HTMLElement): void {
  const box = place.querySelector<HTMLInputElement>("[data-search-box]");
  const hits = [...place.querySelectorAll<HTMLAnchorElement>("a[data-hit]")];
  const at = hits.indexOf(document.activeElement as HTMLAnchorElement);
  if (at < 0 && document.activeElement !== box) return;
  event.preventDefault();
  const next = at + (event.key === "ArrowDown" ? 1 : -1);
  (next < 0 ? box : hits[Math.min(next, hits.length - 1)])?.focus();
}

export function searchByKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    const isEmptyBox = target instanceof HTMLInputElement && target.matches("[data-search-box]") && !target.value;
    if (event.key === "/" && (isEmptyBox || !isTyping(event.target))) goToBox(event);
    const place = target?.closest<HTMLElement>("[data-look-up]");
    if (!place) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") walk(event, place);
    if (event.key === "Escape" && target?.matches("[data-hit]")) goToBox(event);
  });
}
