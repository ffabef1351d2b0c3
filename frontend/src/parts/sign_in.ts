/** Signing in on the spot: the position is taken once, at the press, and sent with it. */
export function signInHere(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-sign-in]");
  if (!form || !("geolocation" in navigator)) return;
  const said = form.querySelector<HTMLElement>("[data-sign-in-said]");
  let state: "idle" | "asking" | "known" = "idle";
  const send = (): void => {
    state = "known";
    form.requestSubmit();
  };
  form.addEventListener(
    "submit",
    (event) => {
      if (state === "known") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      // A second press while the position is being found changes nothing.
      if (state === "asking") return;
      state = "asking";
      if (said) said.textContent = form.dataset.wordsLocating ?? "";
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          put(form, "lon", coords.longitude);
          put(form, "lat", coords.latitude);
          send();
        },
        () => {
          if (said) said.textContent = form.dataset.wordsNowhere ?? "";
          send();
        },
        { enableHighAccuracy: true, timeout: 8_000, maximumAge: 0 },
      );
    },
    { capture: true },
  );
}

function put(form: HTMLFormElement, name: string, degrees: number): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = degrees.toFixed(6);
}
