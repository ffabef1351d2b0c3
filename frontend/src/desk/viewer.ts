/* A photo opens large over the page; arrows walk through the case's photos, Escape goes back.
   Without this script the link opens the photo itself. */

interface Viewer {
  dialog: HTMLDialogElement;
  image: HTMLImageElement;
  words: HTMLElement;
}

function findViewer(): Viewer | null {
  const dialog = document.querySelector<HTMLDialogElement>("dialog.viewer");
  const image = dialog?.querySelector("img");
  const words = dialog?.querySelector<HTMLElement>(".viewer-words");
  return dialog && image && words ? { dialog, image, words } : null;
}

function listShots(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>("a[data-shot]")];
}

function show(viewer: Viewer, shot: HTMLAnchorElement): void {
  viewer.image.src = shot.href;
  viewer.image.alt = shot.querySelector("img")?.alt ?? "";
  viewer.words.textContent = shot.dataset.shot ?? "";
  viewer.dialog.dataset.at = String(listShots().indexOf(shot));
}

function step(viewer: Viewer, by: number): void {
  const shots = listShots();
  const next = shots[(Number(viewer.dialog.dataset.at) + by + shots.length) % shots.length];
  if (next) show(viewer, next);
}

export function openShotsLarge(): void {
  document.addEventListener("click", (event) => {
    const viewer = findViewer();
    const target = event.target instanceof Element ? event.target : null;
    const shot = target?.closest<HTMLAnchorElement>("a[data-shot]");
    if (!viewer || !target) return;
    if (shot && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      show(viewer, shot);
      viewer.dialog.showModal();
    }
    const move = target.closest<HTMLElement>("[data-viewer-step]");
    if (move) step(viewer, Number(move.dataset.viewerStep));
  });
  document.addEventListener("keydown", (event) => {
    const viewer = findViewer();
    if (!viewer?.dialog.open) return;
    if (event.key === "ArrowRight") step(viewer, 1);
    if (event.key === "ArrowLeft") step(viewer, -1);
  });
}
