/* Nothing typed is lost: htmx saves the call on the server; what has not arrived there yet is
   kept with this window until it has. The copy goes when the window closes. */

const AGAIN_MS = 4000;
const OWN = new Set(["csrfmiddlewaretoken", "editor", "version", "back", "files"]);
const PREFIX = "call:";

export function keepSaving(form: HTMLFormElement): void {
  const key = PREFIX + form.dataset.call;
  const said = form.querySelector<HTMLElement>("#saved");
  let isUnsaved = false;
  let changes = 0;
  let sentAt = 0;

  forget(form.dataset.ended);
  if (leadToUnsaved(form, key)) return;
  const note = () => {
    changes += 1;
    isUnsaved = true;
    keepCopy(key, form);
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target === form) sentAt = changes;
  });
  form.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event as CustomEvent;
    if (event.target === said && detail.xhr.status === 422) detail.shouldSwap = true;
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.target !== form) return;
    const { xhr, successful } = (event as CustomEvent).detail as { xhr: XMLHttpRequest; successful: boolean };
    if (successful || xhr.status === 422) {
      if (sentAt !== changes) return;
      isUnsaved = false;
      sessionStorage.removeItem(key);
    } else {
      if (said) said.textContent = form.dataset.wordsLost ?? "";
      said?.classList.add("is-lost");
      window.setTimeout(() => window.htmx.trigger(form, "kept", {}), AGAIN_MS);
    }
    said?.classList.toggle("is-lost", !successful && xhr.status !== 422);
  });
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      if (said) said.textContent = form.dataset.wordsLost ?? "";
      return;
    }
    const button = (event as SubmitEvent).submitter as HTMLButtonElement | null;
    if (button?.value === "drop") sessionStorage.removeItem(key);
    isUnsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved) event.preventDefault();
  });
  begin(form, key, said, note);
}

/* Words of this window that never arrived come back; a caller sent along begins the call. */
function begin(form: HTMLFormElement, key: string, said: HTMLElement | null, note: () => void): void {
  const kept = read(key);
  const caller = form.querySelector<HTMLInputElement>("#id_caller");
  if (!kept && !(form.dataset.new !== undefined && caller?.value)) return;
  if (kept) {
    fill(form, kept);
    note();
    if (said) said.textContent = form.dataset.wordsRestored ?? "";
  }
  window.setTimeout(() => window.htmx.trigger(form, "kept", {}), 0);
}

function leadToUnsaved(form: HTMLFormElement, key: string): boolean {
  if (form.dataset.new === undefined || sessionStorage.getItem(key)) return false;
  const other = Object.keys(sessionStorage).find((name) => name.startsWith(PREFIX));
  if (!other) return false;
  location.replace(form.action.replace(form.dataset.call!, other.slice(PREFIX.length)));
  return true;
}

function keepCopy(key: string, form: HTMLFormElement): void {
  const typed = [...new FormData(form)].filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && !OWN.has(entry[0]),
  );
  try {
    sessionStorage.setItem(key, JSON.stringify(typed));
  } catch {
    // A full or forbidden store costs the copy; the server still has what it heard.
  }
}

function read(key: string): [string, string][] | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") as [string, string][] | null;
  } catch {
    return null;
  }
}

function forget(ended: string | undefined): void {
  if (ended) sessionStorage.removeItem(PREFIX + ended);
}

function fill(form: HTMLFormElement, kept: [string, string][]): void {
  const values = new Map(kept);
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) continue;
    if (!field.name || OWN.has(field.name) || field.type === "file") continue;
    if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) {
      field.checked = field.type === "radio" ? values.get(field.name) === field.value : values.has(field.name);
    } else if (values.has(field.name)) {
      field.value = values.get(field.name)!;
    }
  }
}
