/* Nothing typed is lost: htmx saves the call on the server; what has not arrived there yet is
   kept with this window until it has. The copy goes when the window closes. */

const AGAIN_MS = 4000;
const OWN = new Set(["csrfmiddlewaretoken", "editor", "version", "back", "files", "photo"]);
const PREFIX = "call:";
const WINDOW = "call-window";

export function keepSaving(form: HTMLFormElement): void {
  const key = PREFIX + form.dataset.call;
  const said = form.querySelector<HTMLElement>("#saved");
  let isUnsaved = false;
  let isLeaving = false;
  let isEnding = false;
  let changes = 0;
  let sentAt = 0;

  forget(form.dataset.ended);
  if (leadToUnsaved(form, key)) return;
  staySameWindow(form);
  const note = () => {
    changes += 1;
    isUnsaved = true;
    isLeaving = isEnding = false;
    keepCopy(key, form);
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target !== form) return;
    if (isEnding) event.preventDefault();
    else sentAt = changes;
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
      // The page that comes may have been written before this was saved.
      if (!isLeaving) sessionStorage.removeItem(key);
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
    // What is typed goes with the form: no save may come after the call has ended.
    isEnding = true;
  });
  window.addEventListener("beforeunload", (event) => {
    isLeaving = true;
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
    const isOther = fill(form, kept);
    note();
    if (said && isOther) said.textContent = form.dataset.wordsRestored ?? "";
  }
  window.setTimeout(() => window.htmx.trigger(form, "kept", {}), 0);
}

/* Loaded again, this is the same window for the server: a save that was under way when it was left
   is nobody else's. A second window has a name of its own. */
function staySameWindow(form: HTMLFormElement): void {
  const editor = form.elements.namedItem("editor") as HTMLInputElement;
  const [call, name] = (sessionStorage.getItem(WINDOW) ?? "").split(" ");
  if (call === form.dataset.call && name) editor.value = name;
  sessionStorage.removeItem(WINDOW);
  for (const left of ["beforeunload", "pagehide"])
    window.addEventListener(left, () => write(WINDOW, `${form.dataset.call} ${editor.value}`));
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
  write(key, JSON.stringify(typed));
}

function write(key: string, words: string): void {
  try {
    sessionStorage.setItem(key, words);
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

/* Put words back, and say whether any was not there. */
function fill(form: HTMLFormElement, kept: [string, string][]): boolean {
  const values = new Map(kept);
  let isOther = false;
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) continue;
    if (!field.name || OWN.has(field.name) || field.type === "file") continue;
    if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) {
      const was = field.checked;
      field.checked = field.type === "radio" ? values.get(field.name) === field.value : values.has(field.name);
      isOther ||= field.checked !== was;
    } else if (values.has(field.name)) {
      isOther ||= field.value !== values.get(field.name);
      field.value = values.get(field.name)!;
    }
  }
  return isOther;
}
