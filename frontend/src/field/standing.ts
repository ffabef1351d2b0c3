/** What became of what the office has: asked when there is a line, kept for when there is none. */
import { ask, LineFault } from "./line";
import { tellChange } from "./news";
import { changeReport, listReports } from "./store";
import type { Report, Standing } from "./terms";

const FRESH_MS = 5 * 60_000;
const MOST_ASKED = 12;

/** Ask for the newest ones that may have gone on since. */
export async function refreshStandings(): Promise<void> {
  const due = (await listReports()).filter(isDue).slice(0, MOST_ASKED);
  try {
    for (const report of due) await refresh(report);
  } catch (fault) {
    // What was known stays, with when it was known.
    if (!(fault instanceof LineFault)) throw fault;
  }
}

function isDue({ state, answer, standing }: Report): boolean {
  if (state !== "received" || !answer) return false;
  if (!standing) return true;
  return !standing.isOver && Date.now() - Date.parse(standing.knownAt) > FRESH_MS;
}

interface Told {
  headline: string;
  answer: string;
  closed_at: string | null;
  can_answer: boolean;
  can_rate: boolean;
  can_reopen: boolean;
  photos: { stage: string }[];
}

async function refresh(report: Report): Promise<void> {
  const response = await ask(`/api/v1/reports/${report.answer!.code}`, {
    credentials: "omit",
    headers: { "Accept-Language": document.documentElement.lang },
  });
  if (!response.ok) return;
  const standing = standingOf((await response.json()) as Told);
  await changeReport(report.id, (one) => (one.standing = standing));
  tellChange();
}

function standingOf(told: Told): Standing {
  return {
    headline: told.headline,
    answer: told.answer,
    canAnswer: told.can_answer,
    canRate: told.can_rate,
    canReopen: told.can_reopen,
    hasAfterPhotos: told.photos.some((photo) => photo.stage !== "report"),
    isOver: Boolean(told.closed_at) && !told.can_rate && !told.can_reopen,
    knownAt: new Date().toISOString(),
  };
}
