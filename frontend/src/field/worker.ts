/// <reference lib="webworker" />
/** The service worker: keeps the page for when there is no line, and sends when it comes back. */
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from "workbox-precaching";
import { sendAll } from "./sending";
import { recall } from "./store";

interface SyncEvent extends ExtendableEvent {
  tag: string;
}

declare const self: ServiceWorkerGlobalScope & {
  __KEPT: { url: string; revision: string | null }[];
};

// Before the routes of what is kept: the page itself is chosen by language.
self.addEventListener("fetch", (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.mode === "navigate" && pathname === "/field/") event.respondWith(openPage(event.request));
});

async function openPage(request: Request): Promise<Response> {
  const language = await recall("language").catch(() => undefined);
  const kept = language ? await matchPrecache(`/field/shell/${language}`) : undefined;
  return kept ?? fetch(request);
}

cleanupOutdatedCaches();
precacheAndRoute(self.__KEPT, { cleanURLs: false, directoryIndex: undefined });

self.addEventListener("message", (event) => {
  if (event.data === "update") void self.skipWaiting();
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("sync" as "message", (event) => {
  (event as unknown as SyncEvent).waitUntil(sendOrTryAgain());
});

/** What still waits makes the browser call again later. */
async function sendOrTryAgain(): Promise<void> {
  const { left } = await sendAll();
  if (left) throw new Error("still waiting");
}
