/** When the phone is full: what the office has goes first, what it has not goes never. */
import { listReports, removeReport } from "./store";

/** Ask the phone not to clear our store by itself; most do so without asking the person. */
export async function askToStay(): Promise<void> {
  try {
    if (navigator.storage?.persist && !(await navigator.storage.persisted()))
      await navigator.storage.persist();
  } catch {
    // Where it is not granted, everything works all the same.
  }
}

export function isFull(fault: unknown): boolean {
  return fault instanceof DOMException && /quota/i.test(`${fault.name} ${fault.message}`);
}

/** Write, and when there is no room make some from what was received long ago, then try again. */
export async function writeInRoom<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (fault) {
    if (!isFull(fault) || !(await makeRoom())) throw fault;
    return write();
  }
}

async function makeRoom(): Promise<boolean> {
  const received = (await listReports()).filter((one) => one.state === "received");
  for (const report of received) await removeReport(report.id);
  return received.length > 0;
}
