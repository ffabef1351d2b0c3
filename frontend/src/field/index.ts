/** The phone's page: report with or without a line, and see what became of it. */
import "./field.css";
import { accountNow, learnWho, recallWho, showWho, signOut, whoNow } from "./account";
import { Composer } from "./composing";
import { Listing } from "./listing";
import { whenChanged } from "./news";
import { isFull } from "./pressure";
import { Rounds } from "./rounds";
import { refreshStandings } from "./standing";
import { findReport, whenOutOfDate } from "./store";
import { listenToSwitches, rememberLanguage, showLarge } from "./switches";
import { keepForOffline } from "./version";
import { say } from "./words";

showLarge();
listenToSwitches(whoNow);

const find = <T extends HTMLElement>(selector: string) => document.querySelector<T>(selector)!;
let shown = "";

function tellBar(name: string, words: string): void {
  const bar = find(`[data-bar="${name}"]`);
  (bar.querySelector("span") ?? bar).textContent = words;
  bar.hidden = !words;
}

function trouble(fault: unknown): void {
  const isClosed = fault instanceof DOMException && fault.name === "InvalidStateError";
  if (isFull(fault)) tellBar("store", say("full"));
  else if (!isClosed) tellBar("store", say(typeof indexedDB === "undefined" ? "noStore" : "fault"));
}

whenOutOfDate(() => tellBar("store", say("otherVersion")));

const rounds = new Rounds((left) => {
  void refresh();
  if (!left) tellBar("offline", "");
}, trouble);
const composer = new Composer(find<HTMLFormElement>("[data-form]"), {
  account: accountNow,
  sent: (id) => {
    shown = id;
    tellBar("aside", "");
    void refresh().then(() => find("[data-answer]").focus());
    rounds.now();
  },
  aside: () => {
    tellBar("aside", say("asideThanks"));
    void refresh();
  },
  trouble,
});
const listing = new Listing(find("[data-list-part]"), {
  resume: (id) => {
    shown = "";
    tellBar("aside", "");
    void refresh().then(() => composer.resume(id));
  },
  retry: () => {
    void refresh();
    rounds.now();
  },
  resent: (id) => {
    shown = id;
    void refresh().then(() => find("[data-answer]").focus());
    rounds.now();
  },
});

async function refresh(): Promise<void> {
  await Promise.all([listing.show(accountNow()), showAnswer()]);
}

/** Say at once what became of the report just sent: who answers until when, or that it waits. */
async function showAnswer(): Promise<void> {
  const card = find("[data-answer]");
  const report = shown ? await findReport(shown) : undefined;
  card.hidden = !report;
  // One thing at a time: the next report begins when the answer has been read.
  find("[data-form]").hidden = Boolean(report);
  if (!report) return;
  const { answer } = report;
  card.dataset.standing = report.state;
  find("[data-answer-title]").textContent = titleOf(report.state);
  find("[data-answer-words]").textContent = answer?.words ?? report.refusal;
  const number = answer ? say("number", { number: answer.number }) : "";
  find("[data-answer-more]").textContent = answer?.outside ? say("placeOutside") : number;
  const follow = find<HTMLAnchorElement>("[data-answer-follow]");
  follow.hidden = !answer;
  if (answer) follow.href = `/t/${answer.code}`;
}

function titleOf(state: string): string {
  if (state === "received") return say("sentThanks");
  return say(state === "refused" ? "refused" : "keptThanks");
}

function watchLine(): void {
  const tell = () => tellBar("offline", navigator.onLine ? "" : say("offline"));
  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);
  tell();
}

async function begin(): Promise<void> {
  watchLine();
  watchStandings();
  whenChanged(() => void refresh());
  find("[data-sign-out]").addEventListener("click", () => void signOut().catch(trouble));
  find("[data-answer-next]").addEventListener("click", () => {
    shown = "";
    void refresh();
    find("[data-camera]").focus();
  });
  await recallWho().then(showWhoAndDoor, trouble);
  await composer.begin();
  document.documentElement.classList.add("is-ready");
  performance.mark("usable");
  await refresh();
  await rememberLanguage();
  await learnWho();
  showWhoAndDoor();
  await refresh();
  rounds.now();
  await refreshStandings();
}

function showWhoAndDoor(): void {
  showWho();
  composer.offerRiding(whoNow().courier);
}

function watchStandings(): void {
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void refreshStandings().catch(trouble);
  });
}

void begin().catch(trouble);

void keepForOffline({
  isBusy: () => composer.isBusy,
  tell: (update) => {
    tellBar("version", say("newVersion"));
    find("[data-update]").addEventListener("click", update, { once: true });
  },
}).catch(() => undefined);
