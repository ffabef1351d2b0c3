/** Unfinished reports: each is held by one tab, and taken up again when that tab is gone. */
import { listReports } from "./store";
import type { Report } from "./terms";

const nameOf = (id: string) => `linli-draft-${id}`;

/** Give the newest unfinished report no other tab holds. */
export async function adoptDraft(): Promise<Report | undefined> {
  const drafts = (await listReports()).filter((one) => one.state === "draft" && !one.isAside);
  for (const draft of drafts) if (await holdDraft(draft.id)) return draft;
  return undefined;
}

/** Hold a draft as long as this page lives; tells whether it is free. */
export function holdDraft(id: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((told) => {
    void navigator.locks.request(nameOf(id), { ifAvailable: true }, (lock) => {
      told(lock !== null);
      return lock ? new Promise(() => undefined) : undefined;
    });
  });
}
