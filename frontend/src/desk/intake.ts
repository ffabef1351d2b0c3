/* The intake desk by keyboard: Enter goes on, one key names the kind, Ctrl Enter files. Without
   this script the page is an ordinary form. */

import { chooseCategories, findByKeys } from "./finding";
import { takeFiles } from "./intake_files";
import { keepSaving } from "./intake_saving";

const WHOLE_NUMBER = 11;

export function takeCalls(): void {
  openByShortcut();
  fileByKeys();
  takeFiles();
  const form = document.querySelector<HTMLFormElement>("form[data-call]");
  if (!form) return;
  keepSaving(form);
  showByKind(form);
  namePlaceAndKind(form);
  goOnByEnter(form);
  hearTheNumber(form);
  findByKeys(form, (next) => focusNamed(form, next));
  chooseCategories(form);
  answerByEnter(form);
  remindByNumber(form);
  playByKeys();
}

/* --- what is shown for which kind ------------------------------------------------------------ */

function kindOf(form: HTMLFormElement): string {
  return form.querySelector<HTMLInputElement>("input[name=kind]:checked")?.value ?? "";
}

function showByKind(form: HTMLFormElement): void {
  const show = () => {
    form.dataset.kind = kindOf(form);
    if (form.dataset.kind === "question") window.htmx.trigger(form, "asked", {});
  };
  form.addEventListener("change", (event) => {
    if ((event.target as HTMLInputElement).name === "kind") show();
  });
  form.dataset.kind = kindOf(form);
  const text = form.querySelector<HTMLTextAreaElement>("#id_text");
  text?.addEventListener("input", () => {
    if (kindOf(form) === "question") window.htmx.trigger(form, "asked", {});
  });
}

/* --- going on ---------------------------------------------------------------------------------- */

function focusNamed(form: HTMLFormElement, name: string): void {
  const wanted: Record<string, string> = {
    kind: "input[name=kind]:checked",
    place: "#place",
    text: "#id_text",
    category: "#id_category_name",
    name: "#id_name",
    end: "[data-file]",
  };
  form.querySelector<HTMLElement>(wanted[name] ?? "")?.focus();
}

function afterKind(form: HTMLFormElement): void {
  focusNamed(form, kindOf(form) === "question" ? "text" : "place");
}

function goOnByEnter(form: HTMLFormElement): void {
  form.addEventListener("keydown", (event) => {
    const field = event.target as HTMLElement;
    if (!(field instanceof HTMLInputElement) || event.ctrlKey || event.isComposing) return;
    const kind = field.name === "kind" ? form.querySelector<HTMLInputElement>(`[data-key="${event.key}"]`) : null;
    if (kind) {
      event.preventDefault();
      kind.checked = true;
      kind.dispatchEvent(new Event("change", { bubbles: true }));
      afterKind(form);
    } else if (event.key === "Enter" && !field.dataset.finder) {
      event.preventDefault();
      if (field.name === "kind") afterKind(form);
      else if (field.dataset.next) focusNamed(form, field.dataset.next);
      else focusNamed(form, field.name === "name" ? "end" : "text");
    }
  });
}

/* Looked up once a number: as soon as it is whole, or when the field is left. */
function hearTheNumber(form: HTMLFormElement): void {
  const caller = form.querySelector<HTMLInputElement>("#id_caller");
  if (!caller) return;
  const digits = () => caller.value.replace(/\D/g, "");
  let heard = digits();
  const look = () => {
    if (digits() === heard) return;
    heard = digits();
    window.htmx.trigger(caller, "known", {});
  };
  caller.addEventListener("input", () => {
    if (digits().length >= WHOLE_NUMBER) look();
  });
  caller.addEventListener("change", look);
}

/* A place typed anew is no longer the place that was chosen. */
function namePlaceAndKind(form: HTMLFormElement): void {
  const field = (id: string) => form.querySelector<HTMLInputElement>(`#${id}`);
  field("place")?.addEventListener("input", () => {
    for (const id of ["entry_lon", "entry_lat", "entry_address"]) field(id)!.value = "";
  });
  field("entry_lat")?.addEventListener("change", () => {
    window.htmx.trigger(form, "placed", {});
    if (document.activeElement?.closest("#places, #place")) focusNamed(form, "text");
  });
}

/* --- answers ------------------------------------------------------------------------------------- */

function answerByEnter(form: HTMLFormElement): void {
  const text = form.querySelector<HTMLTextAreaElement>("#id_text");
  const answers = form.querySelector<HTMLElement>("#answers");
  if (!text || !answers) return;
  let shownFor = text.value;
  let asked = "";
  let isWanted = false;
  const readFirst = () => {
    isWanted = false;
    answers.querySelector<HTMLElement>("details[open] [data-answered]")?.focus();
  };
  answers.addEventListener("htmx:beforeRequest", () => (asked = text.value));
  answers.addEventListener("htmx:afterSwap", () => {
    shownFor = asked;
    if (isWanted && shownFor === text.value) readFirst();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.isComposing) return;
    if (kindOf(form) !== "question") return;
    event.preventDefault();
    if (shownFor === text.value) readFirst();
    else isWanted = true;
  });
  answers.addEventListener("keydown", (event) => walkAnswers(event, answers, text));
}

function walkAnswers(event: KeyboardEvent, answers: HTMLElement, text: HTMLElement): void {
  if (event.key === "Escape") text.focus();
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const entries = [...answers.querySelectorAll("details")];
  const at = entries.findIndex((entry) => entry.contains(document.activeElement));
  const next = entries[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  entries.forEach((entry) => (entry.open = entry === next));
  next.querySelector<HTMLElement>("[data-answered]")?.focus();
}

/* --- an earlier number, and voices ---------------------------------------------------------------- */

function remindByNumber(form: HTMLFormElement): void {
  form.addEventListener("keydown", (event) => {
    const field = event.target as HTMLElement;
    if (event.key !== "Enter" || !field.matches("[data-by-number]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.querySelector<HTMLButtonElement>("[data-remind-by-number]")?.click();
  }, true);
}

function playByKeys(): void {
  document.addEventListener("keydown", (event) => {
    const voice = document.querySelector<HTMLAudioElement>("[data-voice]");
    if (!voice || (event.key !== "F8" && event.key !== "F9")) return;
    event.preventDefault();
    if (event.key === "F9") voice.currentTime = Math.max(0, voice.currentTime - 3);
    else if (voice.paused) void voice.play();
    else voice.pause();
  });
}

/* --- shortcuts -------------------------------------------------------------------------------------- */

function openByShortcut(): void {
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey) return;
    const wanted = document.querySelector<HTMLElement>(`[data-shortcut="${event.key.toLowerCase()}"]`);
    if (!wanted) return;
    event.preventDefault();
    wanted.click();
  });
}

function fileByKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const file = document.querySelector<HTMLButtonElement>("button[data-file]");
    if (!file) return;
    event.preventDefault();
    file.click();
  });
}
