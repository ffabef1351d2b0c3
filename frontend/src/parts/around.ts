/** What is under way near by: the device's position is taken at the press and asked about. */
export function aroundHere(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-near]");
  const button = form?.querySelector<HTMLButtonElement>("[data-near-here]");
  const said = form?.querySelector<HTMLElement>("[data-near-said]");
  if (!form || !button || !said || !("geolocation" in navigator)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = form.dataset.wordsLocating ?? "";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        put(form, "lon", coords.longitude);
        put(form, "lat", coords.latitude);
        form.requestSubmit();
      },
      () => {
        said.textContent = form.dataset.wordsNowhere ?? "";
      },
      { enableHighAccuracy: true, timeout: 12_000, maximumAge: 30_000 },
    );
  });
}

/** Four digits, some ten metres: the address shows no door. */
function put(form: HTMLFormElement, name: string, degrees: number): void {
  const field = form.elements.namedItem(name);
  if (!(field instanceof HTMLInputElement)) return;
  field.value = degrees.toFixed(4);
  field.disabled = false;
}
