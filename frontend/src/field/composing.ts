/** The form: everything typed, taken or said is in the store before anything else happens. */
import { v7 as uuidv7 } from "uuid";
import { findDoor } from "./body";
import { adoptDraft, holdDraft } from "./drafts";
import { fileTile } from "./tiles";
import { finishPhoto, keepPhoto } from "./photos";
import { describe, locate } from "./place";
import { askToStay, isFull } from "./pressure";
import { Riding } from "./riding";
import { changeReport, findReport, listFiles, putReport, readBytes, removeFile } from "./store";
import { canTalk, keepVoiceFile, recoverTalk, Talking } from "./talking";
import { type FileItem, type Kind, MOST_PHOTOS, MOST_RECORDINGS, type Report, SINCE_SECOND } from "./terms";
import { say } from "./words";

export interface Composing {
  /** Called with the id of a report that was just put among those to be sent. */
  sent: (id: string) => void;
  /** Called with the id of a report that was put aside, to be gone on with later. */
  aside: (id: string) => void;
  /** Account the next report belongs to unless the person says otherwise. */
  account: () => string;
  /** Shows what went wrong with the store. */
  trouble: (fault: unknown) => void;
}

type Fields = "text" | "address" | "phone";

export class Composer {
  private report: Report | null = null;
  private writing: Promise<unknown> = Promise.resolve();
  private files: FileItem[] = [];
  private talking: Talking | null = null;
  private isLocating = false;
  private readonly riding: Riding;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly hooks: Composing,
  ) {
    this.riding = new Riding(form);
  }

  /** Open the courier's door to whom the office says so; close it for everybody else. */
  offerRiding(kinds: Kind[] | null): void {
    this.riding.offer(kinds, this.report);
  }

  /** Go on with what was left unfinished, and listen. */
  async begin(): Promise<void> {
    this.listen();
    this.report = (await adoptDraft()) ?? null;
    const own = this.report?.id;
    if (own && (await recoverTalk((id) => id === own))) this.say("talk", say("talkRecovered"));
    if (this.report) this.fill(this.report);
    await this.takeDoor();
    await this.show();
    await this.finishPhotos();
  }

  get isBusy(): boolean {
    return this.report !== null || (this.talking?.isOn ?? false);
  }

  /** Take over another unfinished report, such as a refused one that is changed. */
  async resume(id: string): Promise<void> {
    // What was being written waits in the list instead.
    if (this.report && this.report.id !== id) await this.layAside();
    await changeReport(id, (one) => (one.isAside = false));
    this.report = (await findReport(id)) ?? null;
    if (!this.report) return;
    void holdDraft(id);
    this.fill(this.report);
    await this.show();
    this.form.scrollIntoView();
  }

  private listen(): void {
    this.form.addEventListener("input", (event) => {
      // A door or a kind alone is nothing to be kept yet.
      const isChoice = (event.target as HTMLInputElement).type === "radio";
      if (this.report || !isChoice) void this.keepWords();
    });
    this.one("[data-aside]").addEventListener("click", () => void this.putAside());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
    for (const input of this.all<HTMLInputElement>("[data-camera], [data-gallery]"))
      input.addEventListener("change", () => void this.addPhotos(input));
    this.one("[data-here]").addEventListener("click", () => void this.locate());
    this.listenToTalk();
  }

  private listenToTalk(): void {
    const button = this.one<HTMLButtonElement>("[data-talk]");
    const choose = this.one("[data-voice-file]");
    const input = this.one<HTMLInputElement>("[data-voice]");
    input.addEventListener("change", () => void this.addVoice(input));
    const failed = () => {
      choose.hidden = false;
    };
    if (!canTalk()) {
      button.hidden = true;
      failed();
      return;
    }
    this.talking = new Talking({
      button,
      word: this.one("[data-talk-word]"),
      said: this.one("[data-talk-said]"),
      report: async () => (await this.ensure()).id,
      hasRoom: () => this.count("recording") < MOST_RECORDINGS,
      kept: () => void this.show().then(() => this.locateOnce()),
      failed,
    });
  }

  /** Give the report being written; it is in the store from the first sign on. */
  private async ensure(): Promise<Report> {
    this.report ??= newReport(this.hooks.account());
    const report = this.report;
    await this.write(() => putUnlessThere(report));
    void holdDraft(report.id);
    void askToStay();
    return report;
  }

  /** Writes follow one another, so that the last one typed stands. */
  private write(work: () => Promise<unknown>): Promise<unknown> {
    this.writing = this.writing.then(work).catch((fault: unknown) => this.hooks.trouble(fault));
    return this.writing;
  }

  private async keepWords(): Promise<void> {
    this.one("[data-missing]").hidden = true;
    const { id } = await this.ensure();
    await this.write(() => changeReport(id, (one) => Object.assign(one, this.typed())));
  }

  private typed(): Pick<Report, Fields | "account" | "isCourier" | "category"> {
    const value = (name: string) =>
      (this.form.elements.namedItem(name) as HTMLInputElement).value;
    const as = this.form.elements.namedItem("as") as HTMLInputElement;
    const isCourier = this.riding.isOn && Boolean(this.hooks.account());
    const isOwn = isCourier || (as.checked && Boolean(this.hooks.account()));
    return {
      text: value("text"),
      address: value("address"),
      phone: value("phone"),
      account: isOwn ? this.hooks.account() : "",
      isCourier,
      category: this.riding.kind,
    };
  }

  private fill(report: Report): void {
    for (const name of ["text", "address", "phone"] as const)
      (this.form.elements.namedItem(name) as HTMLInputElement).value = report[name];
    this.riding.fill(report);
    this.say("place", report.placeWords);
  }

  private async addPhotos(input: HTMLInputElement): Promise<void> {
    const chosen = [...(input.files ?? [])];
    input.value = "";
    if (!chosen.length) return;
    const { id } = await this.ensure();
    this.say("files", say("keeping"));
    let said = "";
    for (const photo of chosen) {
      if (this.count("photo") >= MOST_PHOTOS) said = say("tooMany", { n: MOST_PHOTOS });
      else said = (await this.keepPhoto(photo, id)) || said;
      await this.show();
    }
    this.say("files", said);
    this.locateOnce();
  }

  /** Keep one photo; say what is wrong with it, or nothing. */
  private async keepPhoto(photo: File, id: string): Promise<string> {
    try {
      const kept = await keepPhoto(photo, id);
      return kept === "kept" ? "" : say(kept === "full" ? "full" : "tooLarge");
    } catch (fault) {
      this.hooks.trouble(fault);
      return isFull(fault) ? say("full") : say("fault");
    }
  }

  private async addVoice(input: HTMLInputElement): Promise<void> {
    const voice = input.files?.[0];
    input.value = "";
    if (!voice || this.count("recording") >= MOST_RECORDINGS) return;
    const { id } = await this.ensure();
    await this.write(() => keepVoiceFile(voice, id));
    await this.show();
    this.locateOnce();
  }

  /** Ask for the position by itself once there is something to place. */
  private locateOnce(): void {
    if (this.report && !this.report.device && !this.report.door && !this.report.address)
      void this.locate();
  }

  private async locate(): Promise<void> {
    if (this.isLocating) return;
    this.isLocating = true;
    this.say("place", say("locating"));
    const found = await locate();
    this.isLocating = false;
    if (typeof found === "string") {
      this.say("place", say(found === "denied" ? "placeDenied" : "placeFailed"));
      return;
    }
    const { id } = await this.ensure();
    await this.change(id, (one) => (one.device = found));
    this.say("place", say("located", { n: found.accuracy }));
    const words = await describe(found);
    if (this.report?.id === id) this.say("place", words);
    await this.change(id, (one) => (one.placeWords = words));
  }

  /** Begin at the building whose notice was scanned (`?at=` its code). */
  private async takeDoor(): Promise<void> {
    const code = new URLSearchParams(location.search).get("at") ?? "";
    if (!/^\d{1,20}$/.test(code) || this.report?.door === code) return;
    const { id } = await this.ensure();
    await this.change(id, (one) => (one.door = code));
    this.say("place", say("atDoorLater"));
    try {
      const place = await findDoor(code);
      const words = place ? say("atDoor", { place: place.name }) : "";
      this.say("place", words);
      await this.change(id, (one) => {
        one.doorPlace = place;
        one.placeWords = words;
        if (!place) one.door = "";
      });
    } catch {
      // Asked for again when there is a line.
    }
  }

  private async change(id: string, change: (report: Report) => void): Promise<void> {
    await this.write(async () => {
      const changed = await changeReport(id, change);
      if (changed && this.report?.id === id) this.report = changed;
    });
  }

  /** Make small the photos that an earlier page could not finish. */
  private async finishPhotos(): Promise<void> {
    for (const file of this.files.filter((one) => one.kind === "photo" && !one.thumb)) {
      const bytes = await readBytes(file.id);
      if (bytes) await finishPhoto(file, bytes);
    }
    await this.show();
  }

  private async send(): Promise<void> {
    this.talking?.stop();
    await this.writing;
    const missing = await this.findMissing();
    this.tellMissing(missing);
    if (missing || !this.report) return;
    const { id } = this.report;
    const wordless = this.wordless();
    const typed = this.typed();
    await this.change(id, (one) => Object.assign(one, typed, { wordless, state: "waiting" }));
    if ((await findReport(id))?.state !== "waiting") return;
    this.clear();
    this.hooks.sent(id);
  }

  /** Keep a photo taken on the way for when there is time for the rest. */
  private async putAside(): Promise<void> {
    this.talking?.stop();
    await this.writing;
    if (!this.report || !this.files.length) {
      this.tellMissing(say("photoMissing"));
      return;
    }
    const { id } = this.report;
    await this.layAside();
    this.clear();
    this.hooks.aside(id);
  }

  private async layAside(): Promise<void> {
    const typed = this.typed();
    await this.change(this.report!.id, (one) => Object.assign(one, typed, { isAside: true }));
  }

  private tellMissing(missing: string): void {
    const note = this.one("[data-missing]");
    note.textContent = missing;
    note.hidden = !missing;
  }

  private async findMissing(): Promise<string> {
    const { text, address, isCourier, category } = this.typed();
    if (isCourier && !this.count("photo")) return say("photoMissing");
    if (isCourier && !category) return say("kindMissing");
    if (!text.trim() && !this.files.length) return say("missing");
    const isPlaced = address.trim() || this.report?.device || this.report?.door;
    if (isPlaced) return "";
    this.one<HTMLInputElement>("#field-address").focus();
    return say("missingPlace");
  }

  private wordless(): string {
    if (this.riding.isOn && this.riding.kindName) return this.riding.kindName;
    if (this.count("photo") && this.count("recording")) return say("seeBoth");
    return say(this.count("recording") ? "hearVoice" : "seePhoto");
  }

  private clear(): void {
    this.report = null;
    this.files = [];
    this.form.reset();
    this.riding.show();
    history.replaceState(null, "", location.pathname);
    for (const name of ["files", "talk", "place"] as const) this.say(name, "");
    this.one("[data-files]").replaceChildren();
  }

  async show(): Promise<void> {
    this.files = this.report ? await listFiles(this.report.id) : [];
    const tiles = this.files.map((file) =>
      fileTile(file, { remove: () => void removeFile(file.id).then(() => this.show()) }),
    );
    this.one("[data-files]").replaceChildren(...tiles);
  }

  private count(kind: FileItem["kind"]): number {
    return this.files.filter((file) => file.kind === kind).length;
  }

  private say(where: "files" | "talk" | "place", words: string): void {
    this.one(`[data-${where}-said]`).textContent = words;
  }

  private one<T extends HTMLElement = HTMLElement>(selector: string): T {
    return this.form.querySelector<T>(selector)!;
  }

  private all<T extends HTMLElement>(selector: string): NodeListOf<T> {
    return this.form.querySelectorAll<T>(selector);
  }
}

async function putUnlessThere(report: Report): Promise<void> {
  if (!(await findReport(report.id))) await putReport(report);
}

function newReport(account: string): Report {
  return {
    id: uuidv7(),
    state: "draft",
    madeAt: new Date().toISOString(),
    account,
    text: "",
    wordless: "",
    address: "",
    phone: "",
    device: null,
    door: "",
    doorPlace: null,
    placeWords: "",
    body: "",
    answer: null,
    refusal: "",
    wait: "",
    ...SINCE_SECOND,
  };
}
