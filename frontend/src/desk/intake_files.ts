/* Photos and voices pasted or dropped anywhere on the page go into its file field. */

export function takeFiles(): void {
  const input = document.querySelector<HTMLInputElement>("input[type=file][data-files]");
  if (!input) return;
  const isSentAtOnce = input.hasAttribute("hx-post");
  document.addEventListener("paste", (event) => {
    const files = event.clipboardData?.files;
    if (files?.length) add(input, files, isSentAtOnce);
  });
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    event.preventDefault();
    add(input, files, isSentAtOnce);
  });
  input.addEventListener("change", () => say(input));
  input.addEventListener("htmx:afterRequest", () => (input.value = ""));
}

function add(input: HTMLInputElement, files: FileList, isSentAtOnce: boolean): void {
  const all = new DataTransfer();
  for (const file of [...(isSentAtOnce ? [] : (input.files ?? [])), ...files]) all.items.add(file);
  input.files = all.files;
  const fold = input.closest("details");
  if (fold) fold.open = true;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function say(input: HTMLInputElement): void {
  const said = document.querySelector<HTMLElement>("[data-files-said]");
  if (!said) return;
  const names = [...(input.files ?? [])].map((file) => file.name);
  said.textContent = names.length ? `${said.dataset.wordsFiles ?? ""}${names.join("、")}` : "";
}
