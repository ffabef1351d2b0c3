/** When it is tried to send: at once, when the line comes back, on opening, and ever more seldom.

    Whether there is a line is found out by trying; what the phone says of it is a hint only. */
import { sendAll } from "./sending";

const WAITS_MS = [3_000, 10_000, 30_000, 60_000, 120_000, 300_000];
const SYNC = "linli-send";

interface SyncRegistration extends ServiceWorkerRegistration {
  sync?: { register(tag: string): Promise<void> };
}

export class Rounds {
  private clock = 0;
  private tries = 0;
  private isUnderWay = false;
  private isWanted = false;

  constructor(
    private readonly ended: (left: number) => void,
    private readonly trouble: (fault: unknown) => void,
  ) {
    window.addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.now();
    });
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.now();
    });
  }

  /** Try now; a try under way is followed by another. */
  now(): void {
    this.tries = 0;
    void this.run();
  }

  private async run(): Promise<void> {
    this.isWanted = true;
    if (this.isUnderWay) return;
    this.isUnderWay = true;
    clearTimeout(this.clock);
    try {
      while (this.isWanted) {
        this.isWanted = false;
        this.plan((await sendAll()).left);
      }
    } catch (fault) {
      this.trouble(fault);
      this.plan(1);
    } finally {
      this.isUnderWay = false;
    }
  }

  private plan(left: number): void {
    clearTimeout(this.clock);
    this.ended(left);
    if (!left) return;
    void askForSync();
    const wait = WAITS_MS[Math.min(this.tries, WAITS_MS.length - 1)];
    this.tries += 1;
    this.clock = window.setTimeout(() => void this.run(), wait);
  }
}

/** Let the phone send when the line is back and this page is closed, where it can. */
async function askForSync(): Promise<void> {
  try {
    const registration = (await navigator.serviceWorker?.getRegistration()) as SyncRegistration;
    await registration?.sync?.register(SYNC);
  } catch {
    // Then it is sent when the page is opened again.
  }
}
