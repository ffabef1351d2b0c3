/* On a phone the filters that are not in use wait behind one button, so that the list is in sight.
   Without this script all of them stand there. */

export function foldFilters(): void {
  document.querySelectorAll<HTMLFormElement>("form.filters").forEach((form) => {
    const button = form.querySelector<HTMLButtonElement>("[data-unfold]");
    if (!button) return;
    const inUse = [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[name]")].some(
      (field) => field.type !== "hidden" && field.name !== "q" && isSet(field),
    );
    const fold = (isFolded: boolean) => {
      form.classList.toggle("is-folded", isFolded);
      button.setAttribute("aria-expanded", String(!isFolded));
    };
    button.hidden = false;
    fold(!inUse);
    button.addEventListener("click", () => fold(!form.classList.contains("is-folded")));
  });
}

function isSet(field: HTMLInputElement | HTMLSelectElement): boolean {
  return field instanceof HTMLInputElement && field.type === "checkbox" ? field.checked : field.value !== "";
}
