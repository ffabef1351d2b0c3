/** What was written stays on this device until it is sent; contact details are never kept. */

const KEPT = ["text", "address", "lon", "lat", "id"];

export function keepDraft(form: HTMLFormElement, restored: string): void {
  const key = form.dataset.draft ?? "";
  const fields = KEPT.map((name) => form.elements.namedItem(name) as HTMLInputElement);
  const isFresh = !form.querySelector("[aria-invalid]") && !fields[0]?.value;
  const draft = read(key);
  if (isFresh && draft && (draft.text || draft.address)) {
    fields.forEach((field) => {
      if (draft[field.name]) field.value = draft[field.name]!;
    });
    const note = form.querySelector<HTMLElement>("[data-restored]");
    if (note) {
      note.textContent = restored;
      note.hidden = false;
    }
  }
  const keep = () => {
    const now = Object.fromEntries(fields.map((field) => [field.name, field.value]));
    write(key, now);
  };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
}

function read(key: string): Record<string, string> | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Record<string, string> | null;
  } catch {
    return null;
  }
}

function write(key: string, draft: Record<string, string>): void {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // A full or forbidden store costs the draft, never the report.
  }
}
