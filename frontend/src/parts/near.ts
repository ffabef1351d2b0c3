/** Where the phone is: put into a courier's report, or into the address of a list by distance. */

export function locate(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-locate]");
  if (form) fillIn(form);
  const near = document.querySelector<HTMLElement>("[data-near-me]");
  if (near) offer(near);
}

function fillIn(form: HTMLFormElement): void {
  const told = form.querySelector<HTMLElement>("[data-located]");
  const lon = form.querySelector<HTMLInputElement>("[name=lon]");
  const lat = form.querySelector<HTMLInputElement>("[name=lat]");
  if (!told || !lon || !lat || lon.value) return;
  ask(
    (here) => {
      lon.value = here.longitude.toFixed(6);
      lat.value = here.latitude.toFixed(6);
      told.textContent = told.dataset.located ?? "";
    },
    () => {
      told.textContent = told.dataset.notLocated ?? "";
    },
  );
}

function offer(near: HTMLElement): void {
  const button = near.querySelector("button");
  if (!button || !("geolocation" in navigator)) return;
  near.hidden = false;
  button.addEventListener("click", () => {
    ask(
      (here) => {
        const at = { lon: here.longitude.toFixed(5), lat: here.latitude.toFixed(5) };
        window.location.search = new URLSearchParams(at).toString();
      },
      () => {
        button.textContent = button.dataset.notLocated ?? "";
      },
    );
  });
}

function ask(found: (here: GeolocationCoordinates) => void, missed: () => void): void {
  if (!("geolocation" in navigator)) {
    missed();
    return;
  }
  const patience = { enableHighAccuracy: true, timeout: 10_000, maximumAge: 60_000 };
  navigator.geolocation.getCurrentPosition((here) => found(here.coords), missed, patience);
}
