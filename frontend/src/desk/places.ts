/* A place found by name fills the form's point and address. */

import { pickPoint } from "../map/place";

function inputOf(id: string): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>(`#${id}`);
}

export function takeFoundPlace(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const found = target?.closest<HTMLElement>("[data-lon][data-address]");
    const lon = inputOf("entry_lon");
    const lat = inputOf("entry_lat");
    if (!found || !lon || !lat) return;
    pickPoint({ lon, lat }, Number(found.dataset.lon), Number(found.dataset.lat));
    const address = inputOf("entry_address");
    if (address) address.value = found.dataset.address ?? "";
    const named = inputOf("place");
    if (named) named.value = found.firstChild?.textContent?.trim() ?? "";
    document.querySelector("#places")?.replaceChildren();
  });
}
