/* A field that finds as one types: Enter takes the first, arrows walk, Escape goes back. The
   results are plain buttons, fetched by htmx into the element that `data-finder` names. */

type GoOn = (next: string) => void;

interface Finder {
  input: HTMLInputElement;
  results: HTMLElement;
  shownFor: string;
  asked: string;
  isWanted: boolean;
}

export function findByKeys(form: HTMLFormElement, goOn: GoOn): void {
  form.querySelectorAll<HTMLInputElement>("input[data-finder]").forEach((input) => {
    const results = document.querySelector<HTMLElement>(input.dataset.finder!);
    if (results) watch({ input, results, shownFor: input.value, asked: "", isWanted: false }, goOn);
  });
}

function watch(finder: Finder, goOn: GoOn): void {
  const { input, results } = finder;
  const next = input.dataset.next ?? "";
  input.addEventListener("htmx:beforeRequest", () => (finder.asked = input.value));
  results.addEventListener("htmx:afterSwap", () => {
    finder.shownFor = finder.asked;
    if (!finder.isWanted || finder.shownFor !== input.value) return;
    finder.isWanted = false;
    takeFirst(finder, goOn, next);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey) return;
    if (event.key === "ArrowDown" && first(results)) {
      event.preventDefault();
      first(results)!.focus();
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (finder.shownFor === input.value || !input.value.trim()) takeFirst(finder, goOn, next);
    else finder.isWanted = true;
  });
  results.addEventListener("keydown", (event) => walk(event, finder));
  // What was not chosen goes away once the field is left.
  input.closest(".field")?.addEventListener("focusout", (event) => {
    const to = (event as FocusEvent).relatedTarget as Node | null;
    if (to && !input.closest(".field")!.contains(to)) results.replaceChildren();
  });
}

function first(results: HTMLElement): HTMLButtonElement | null {
  return results.querySelector<HTMLButtonElement>("button[type=button]");
}

/* Nothing typed means nothing wanted: suggestions are taken by the arrow keys only. */
function takeFirst(finder: Finder, goOn: GoOn, next: string): void {
  const found = finder.input.value.trim() ? first(finder.results) : null;
  if (found) found.click();
  goOn(next);
}

function walk(event: KeyboardEvent, finder: Finder): void {
  if (event.key === "Escape") finder.input.focus();
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const buttons = [...finder.results.querySelectorAll<HTMLButtonElement>("button[type=button]")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const next = buttons[at + (event.key === "ArrowDown" ? 1 : -1)];
  (next ?? finder.input).focus();
}

export function chooseCategories(form: HTMLFormElement): void {
  const key = form.querySelector<HTMLInputElement>("#id_category");
  const name = form.querySelector<HTMLInputElement>("#id_category_name");
  if (!key || !name) return;
  name.addEventListener("input", () => (key.value = ""));
  form.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const chosen = target?.closest<HTMLElement>("[data-category]");
    if (!chosen) return;
    key.value = chosen.dataset.category ?? "";
    name.value = chosen.dataset.name ?? "";
    const hadFocus = document.activeElement === chosen;
    document.querySelector("#categories")?.replaceChildren();
    key.dispatchEvent(new Event("change", { bubbles: true }));
    window.htmx.trigger(form, "placed", {});
    if (hadFocus) form.querySelector<HTMLElement>("#id_name")?.focus();
  });
}
