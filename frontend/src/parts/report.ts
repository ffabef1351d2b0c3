/** The report form with a script: photos go up while one writes, the device tells the place,
    the draft stays on this device until it is sent. Without a script the plain form does it all. */
import { keepDraft } from "./draft";
import { uploadPhotos } from "./uploads";

export function enhance(form: HTMLFormElement): void {
  const words = (name: string) => form.dataset[`words${name}`] ?? "";
  keepDraft(form, words("Restored"));
  const photos = uploadPhotos(form, words);
  locateDevice(form, words);
  takeSuggestions(form);
  hintNearby(form);
  watchForDanger(form);
  sendOnce(form, words, photos.settled);
}

function field(form: HTMLFormElement, name: string): HTMLInputElement {
  return form.elements.namedItem(name) as HTMLInputElement;
}

function setPlace(form: HTMLFormElement, lon: number, lat: number): void {
  field(form, "lon").value = lon.toFixed(6);
  field(form, "lat").value = lat.toFixed(6);
  field(form, "lat").dispatchEvent(new Event("change", { bubbles: true }));
}

function locateDevice(form: HTMLFormElement, words: (name: string) => string): void {
  const button = form.querySelector<HTMLButtonElement>("[data-here]");
  const said = form.querySelector<HTMLElement>("[data-here-said]");
  if (!button || !said || !("geolocation" in navigator)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = words("Locating");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field(form, "device_lon").value = coords.longitude.toFixed(6);
        field(form, "device_lat").value = coords.latitude.toFixed(6);
        setPlace(form, coords.longitude, coords.latitude);
        said.textContent = words("Located");
      },
      (error) => {
        said.textContent = words(error.code === error.PERMISSION_DENIED ? "Denied" : "Nowhere");
      },
      { enableHighAccuracy: true, timeout: 12_000, maximumAge: 30_000 },
    );
  });
}

function takeSuggestions(form: HTMLFormElement): void {
  form.addEventListener("click", (event) => {
    const chosen = (event.target as Element).closest<HTMLElement>("[data-place]");
    if (!chosen) return;
    const address = field(form, "address");
    address.value = chosen.dataset.words ?? "";
    if (chosen.dataset.lon && chosen.dataset.lat)
      setPlace(form, Number(chosen.dataset.lon), Number(chosen.dataset.lat));
    chosen.closest("ul")?.remove();
    address.focus();
  });
}

/** Ask what is near when the place or the category changes. */
function hintNearby(form: HTMLFormElement): void {
  const near = form.querySelector("#near");
  const ask = () => {
    if (field(form, "lon").value) near?.dispatchEvent(new Event("linli:near"));
  };
  form.addEventListener("change", (event) => {
    const name = (event.target as HTMLInputElement).name;
    if (name === "lat" || name === "category") ask();
  });
  ask();
}

function watchForDanger(form: HTMLFormElement): void {
  const note = form.querySelector<HTMLElement>("[data-danger-note]");
  const text = field(form, "text");
  if (!note || !form.dataset.danger) return;
  const danger = new RegExp(form.dataset.danger, "i");
  const look = () => {
    note.hidden = !danger.test(text.value);
  };
  text.addEventListener("input", look);
  look();
}

/** One press sends once; photos still on their way are waited for. */
function sendOnce(
  form: HTMLFormElement,
  words: (name: string) => string,
  settled: () => Promise<unknown>,
): void {
  const button = form.querySelector<HTMLButtonElement>("[data-send]");
  const said = form.querySelector<HTMLElement>("[data-send-said]");
  let sending = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending || !button || !said) return;
    sending = true;
    button.setAttribute("aria-disabled", "true");
    said.textContent = words("Waiting");
    void settled().then(() => {
      said.textContent = words("Sending");
      form.submit();
    });
  });
  window.addEventListener("pageshow", () => {
    sending = false;
    button?.removeAttribute("aria-disabled");
    if (said) said.textContent = "";
  });
}
