/** Copy buttons, and drafts forgotten once what they held has been received. */

export function listenForCopying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy ?? "");
      button.textContent = button.dataset.copied ?? "";
    });
  }
  const sent = document.querySelector<HTMLElement>("[data-forget]");
  if (sent?.dataset.forget) localStorage.removeItem(sent.dataset.forget);
}
