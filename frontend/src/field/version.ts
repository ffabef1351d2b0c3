/** The service worker: the page opens without a line; a new version is told and taken when it suits. */

export interface Suits {
  /** Whether something is being written; then the person decides. */
  isBusy: () => boolean;
  tell: (update: () => void) => void;
}

export async function keepForOffline(suits: Suits): Promise<void> {
  // In-app views of iOS have none; everything else works there all the same.
  if (!("serviceWorker" in navigator)) return;
  const isFirst = !navigator.serviceWorker.controller;
  const registration = await navigator.serviceWorker.register("/field/worker.js", {
    scope: "/field/",
    updateViaCache: "none",
  });
  let isReloading = false;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (isFirst || isReloading) return;
    isReloading = true;
    location.reload();
  });
  const offer = () => {
    const waiting = registration.waiting;
    if (!waiting || isFirst) return;
    const update = () => waiting.postMessage("update");
    if (suits.isBusy()) suits.tell(update);
    else update();
  };
  offer();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offer);
  });
}
