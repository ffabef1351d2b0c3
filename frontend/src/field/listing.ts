/** What was reported from this phone, each with how it stands; never shown as sent before it is. */
import { v7 as uuidv7 } from "uuid";
import { listFiles, listReports, removeReport, renewReport } from "./store";
import type { Report } from "./terms";
import { fileTile } from "./tiles";
import { say } from "./words";

export interface Acts {
  /** Go on writing a report that was refused. */
  resume: (id: string) => void;
  retry: () => void;
  /** A refused report was put among those to be sent once more, under this id. */
  resent: (id: string) => void;
}

const MOST_SHOWN = 30;
const SHAPES = { draft: "▲", waiting: "▲", received: "✓", refused: "◆" } as const;
const COLOURS = {
  draft: "is-today",
  waiting: "is-today",
  received: "is-done",
  refused: "is-overdue",
} as const;

export class Listing {
  private turn = 0;

  constructor(
    private readonly part: HTMLElement,
    private readonly acts: Acts,
  ) {}

  async show(account: string): Promise<void> {
    const turn = ++this.turn;
    const all = (await listReports()).filter((one) => one.state !== "draft" || one.isAside);
    const own = all.filter((one) => !one.account || one.account === account).slice(0, MOST_SHOWN);
    const items = await Promise.all(own.map((one) => this.item(one)));
    // Another call began later and knows more.
    if (turn !== this.turn) return;
    const list = this.part.querySelector<HTMLElement>("[data-list]")!;
    list.replaceChildren(...items);
    const foreign = all.filter((one) => one.account && one.account !== account);
    const others = foreign.filter((one) => one.state === "waiting").length;
    const note = this.part.querySelector<HTMLElement>("[data-others]")!;
    note.hidden = others === 0;
    note.textContent = say("others", { n: others });
    this.part.hidden = items.length === 0 && others === 0;
  }

  private async item(report: Report): Promise<HTMLElement> {
    const template = document.getElementById("item") as HTMLTemplateElement;
    const item = template.content.firstElementChild!.cloneNode(true) as HTMLElement;
    const find = (name: string) => item.querySelector<HTMLElement>(`[data-${name}]`)!;
    item.dataset.id = report.id;
    item.dataset.standing = report.state;
    find("state").textContent = `${SHAPES[report.state]} ${say(report.state)}`;
    find("state").classList.add(COLOURS[report.state]);
    find("when").textContent = whenOf(report.madeAt);
    fill(find("text"), report.text.trim() || report.wordless);
    fill(find("standing"), report.standing?.headline ?? "");
    fill(find("words"), report.standing?.answer ?? report.answer?.words ?? "");
    fill(find("why"), whyOf(report));
    const files = await listFiles(report.id);
    find("item-files").replaceChildren(...files.map((file) => fileTile(file)));
    find("actions").replaceChildren(...this.buttons(report));
    return item;
  }

  private buttons(report: Report): HTMLElement[] {
    if (report.answer) return waysOn(report, `/t/${report.answer.code}`);
    const discard = button(say("discard"), () => {
      if (confirm(say("sureDiscard"))) void removeReport(report.id).then(this.acts.retry);
    });
    if (report.state === "waiting") return [button(say("retry"), this.acts.retry), discard];
    if (report.state === "draft")
      return [button(say("goOn"), () => this.acts.resume(report.id)), discard];
    const again = button(say("again"), () => void this.renew(report));
    if (!report.isCourier) return [again, discard];
    return [button(say("plainly"), () => void this.sendPlainly(report)), again, discard];
  }

  /** Send a courier's report that was refused as anybody's; words, kind and photos go along. */
  private async sendPlainly(report: Report): Promise<void> {
    const id = uuidv7();
    await renewReport(report.id, id, uuidv7, { state: "waiting", isCourier: false });
    this.acts.resent(id);
  }

  private async renew(report: Report): Promise<void> {
    const id = uuidv7();
    await renewReport(report.id, id, uuidv7);
    this.acts.resume(id);
  }
}

function whyOf(report: Report): string {
  if (report.state === "refused") return say("refusedWhy", { why: report.refusal });
  if (report.state === "draft") return say("draftWhy");
  const { answer, standing } = report;
  if (answer && standing)
    return say("knownAt", { number: answer.number, when: whenOf(standing.knownAt) });
  if (answer) return say("number", { number: answer.number });
  if (report.wait === "account") return say("waitingAccount");
  return say(report.wait === "busy" ? "waitingLater" : "waitingWhy");
}

function whenOf(at: string): string {
  const format = { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(document.documentElement.lang, format).format(new Date(at));
}

function fill(place: HTMLElement, words: string): void {
  place.textContent = words;
  place.hidden = !words;
}

/** What there is to do about a report the office has, each by one tap. */
function waysOn({ standing }: Report, page: string): HTMLElement[] {
  const ways = [link(say("follow"), page)];
  if (standing?.canAnswer) ways.unshift(link(say("answer"), `${page}#answer`));
  if (standing?.hasAfterPhotos) ways.push(link(say("afterPhotos"), `${page}#photos`));
  if (standing?.canRate) ways.push(link(say("rate"), `${page}#rate`));
  if (standing?.canReopen) ways.push(link(say("reopen"), `${page}#reopen-form`));
  return ways;
}

function button(words: string, act: () => void): HTMLElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function link(words: string, address: string): HTMLElement {
  const made = document.createElement("a");
  made.className = "btn";
  made.textContent = words;
  made.href = address;
  return made;
}
