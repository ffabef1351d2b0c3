/** Copy buttons, also in what is loaded later; without a clipboard the text is selected instead. */

export function copyOnClick(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("[data-copy]");
    if (button) void copy(button);
  });
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const shown = button.closest(".note")?.querySelector<HTMLInputElement>("input[readonly]");
  shown?.select();
  if (!navigator.clipboard) return;
  await navigator.clipboard.writeText(button.dataset.copy ?? "");
  button.textContent = button.dataset.copied ?? "";
}
