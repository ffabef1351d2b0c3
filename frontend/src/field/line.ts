/** The line to the office: whatever is no answer counts as no line. */

const PATIENCE_MS = 60_000;

/** Nothing came back that says whether it arrived; it will be sent again. */
export class LineFault extends Error {
  constructor(
    readonly isBusy = false,
    readonly afterMs = 0,
  ) {
    super(isBusy ? "busy" : "no line");
  }
}

/** Ask, and give the answer when it is one of the office's own.

    @throws LineFault where the line broke, something between answered, or the office is busy. */
export async function ask(address: string, init: RequestInit = {}): Promise<Response> {
  const patience = new AbortController();
  const clock = setTimeout(() => patience.abort(), PATIENCE_MS);
  let response: Response;
  try {
    response = await fetch(address, { ...init, cache: "no-store", signal: patience.signal });
  } catch {
    throw new LineFault();
  } finally {
    clearTimeout(clock);
  }
  if (isPassing(response.status)) throw new LineFault(true, waitOf(response));
  // A page of sign-in of some network in between is no answer of ours.
  if (response.redirected) throw new LineFault();
  return response;
}

function isPassing(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

function waitOf(response: Response): number {
  return Number(response.headers.get("Retry-After") ?? 0) * 1000;
}

/** Read why something was refused, in the office's own words.

    @throws LineFault where the answer is not the office's. */
export async function reasonOf(response: Response): Promise<string> {
  try {
    const said = (await response.json()) as { error?: { message?: string } };
    if (said.error?.message) return said.error.message;
  } catch {
    // Not ours: some device in between made it up.
  }
  throw new LineFault();
}
