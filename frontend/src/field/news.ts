/** Tabs and the service worker tell each other that the store has changed. */

const NAME = "linli-field";
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(NAME);
const listeners: (() => void)[] = [];

channel?.addEventListener("message", tellHere);

export function whenChanged(listen: () => void): void {
  listeners.push(listen);
}

/** Tell everybody; this page as well. */
export function tellChange(): void {
  channel?.postMessage("changed");
  tellHere();
}

function tellHere(): void {
  for (const listen of listeners) listen();
}
