/** Sending what waits: first the words of all reports, then their files, each by itself.

    The page and the service worker both run this; one at a time (Web Locks where there are any),
    and what comes twice all the same the office takes once, by its id. */
import { changeReport, listFiles, listReports, recall } from "./store";
import { type Answer, NOBODY, type Report, type Wait, type Who } from "./terms";
import { ask, LineFault, reasonOf } from "./line";
import { freeze } from "./body";
import { sendFile } from "./upload";
import { tellChange } from "./news";

/** What became of one round. */
export interface Outcome {
  /** How many reports and files still wait for the line. */
  left: number;
}

const LOCK = "linli-send";

export async function sendAll(): Promise<Outcome> {
  if (!navigator.locks) return sendRound();
  return navigator.locks.request(LOCK, sendRound);
}

async function sendRound(): Promise<Outcome> {
  const language = (await recall("language")) ?? "zh-hans";
  try {
    const who = await identify();
    await sendReports(who, language);
    await sendFiles(language);
  } catch (fault) {
    if (!(fault instanceof LineFault)) throw fault;
    await noteWait(fault.isBusy ? "busy" : "line");
  }
  return { left: await countLeft() };
}

/** Ask who is signed in only where something waits that was written with an account. */
async function identify(): Promise<Who> {
  const waiting = (await listReports()).filter((one) => one.state === "waiting");
  if (!waiting.some((one) => one.account)) return NOBODY;
  const response = await ask("/field/who", { headers: { Accept: "application/json" } });
  return response.ok ? ((await response.json()) as Who) : NOBODY;
}

async function sendReports(who: Who, language: string): Promise<void> {
  for (const report of (await listReports()).reverse()) {
    if (report.state !== "waiting") continue;
    if (report.account && report.account !== who.account) {
      await changeReport(report.id, (one) => (one.wait = "account"));
      continue;
    }
    await sendReport(report, who, language);
  }
}

async function sendReport(waiting: Report, who: Who, language: string): Promise<void> {
  const report = await freeze(waiting);
  const own = report.account ? { "X-CSRFToken": who.token } : null;
  const response = await ask("/api/v1/reports", {
    method: "POST",
    body: report.body,
    // Without an account no cookie goes along, and nobody can tell who it was.
    credentials: own ? "same-origin" : "omit",
    headers: { "Content-Type": "application/json", "Accept-Language": language, ...own },
  });
  if (response.ok) await noteReceived(report.id, answerOf(await response.json()));
  else await noteRefused(report.id, await reasonOf(response));
  tellChange();
}

interface Told {
  number: string;
  tracking_code: string;
  outside: boolean;
  answerer: { words: string };
}

function answerOf(told: Told): Answer {
  return {
    number: told.number,
    code: told.tracking_code,
    words: told.answerer.words,
    outside: told.outside,
  };
}

async function noteReceived(id: string, answer: Answer): Promise<void> {
  await changeReport(id, (one) => {
    one.state = "received";
    one.answer = answer;
    one.wait = "";
    // What says who reported is not kept once the office has it.
    one.body = "";
    one.phone = "";
  });
}

async function noteRefused(id: string, why: string): Promise<void> {
  await changeReport(id, (one) => {
    one.state = "refused";
    one.refusal = why;
    one.wait = "";
  });
}

async function noteWait(wait: Wait): Promise<void> {
  for (const report of await listReports())
    if (report.state === "waiting" && report.wait !== "account")
      await changeReport(report.id, (one) => (one.wait = wait));
  tellChange();
}

async function sendFiles(language: string): Promise<void> {
  for (const report of (await listReports()).reverse()) {
    if (report.state !== "received" || !report.answer) continue;
    for (const file of await listFiles(report.id))
      if (file.state === "held") await sendFile(file, report.answer.code, language);
  }
}

async function countLeft(): Promise<number> {
  let left = 0;
  for (const report of await listReports()) {
    if (report.state === "waiting" && report.wait !== "account") left += 1;
    if (report.state !== "received") continue;
    left += (await listFiles(report.id)).filter((one) => one.state === "held").length;
  }
  return left;
}
