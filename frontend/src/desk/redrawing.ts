/** Maps to draw borders on: loaded when a form that has one is opened, and on no other page. */

export function redrawOnMap(): void {
  document.querySelectorAll<HTMLElement>("[data-redrawing]").forEach((element) => {
    const form = element.closest("details");
    if (!form) return;
    if (form.open) void start(element);
    else form.addEventListener("toggle", () => void start(element), { once: true });
  });
}

async function start(element: HTMLElement): Promise<void> {
  element.hidden = false;
  try {
    const { draw } = await import("../map/drawing");
    await draw(element);
  } catch {
    element.querySelector(".redrawing-tools")?.remove();
    element.querySelector(".redrawing-map")?.remove();
    const told = element.querySelector(".redrawing-told");
    if (told) told.textContent = element.dataset.wordsNone ?? "";
    element.closest("form")?.querySelector("[data-drawn-text]")?.setAttribute("open", "");
  }
}
