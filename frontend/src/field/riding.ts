/** The form as confirmed couriers have it: what it is by one tap, nothing about persons. */
import type { Kind, Report } from "./terms";
import { say } from "./words";

// So many stand at once; the others one tap behind.
const USUAL = 8;

export class Riding {
  private kinds: Kind[] = [];
  private readonly title: HTMLElement;
  private readonly usualTitle: string;

  constructor(private readonly form: HTMLFormElement) {
    this.title = form.querySelector<HTMLElement>("[data-title]")!;
    this.usualTitle = this.title.textContent ?? "";
    form.addEventListener("change", (event) => {
      if ((event.target as HTMLInputElement).name === "door") this.show();
    });
  }

  /** Offer the courier's door to whom the office says it is open, nobody else. */
  offer(kinds: Kind[] | null, report: Report | null): void {
    const chosen = this.kind;
    this.kinds = kinds ?? [];
    const usual = this.kinds.slice(0, USUAL).map(chip);
    const rest = this.kinds.slice(USUAL).map(chip);
    this.one("[data-usual]").replaceChildren(...usual);
    this.one("[data-rest]").replaceChildren(...rest);
    this.one("[data-rest]").closest("details")!.hidden = rest.length === 0;
    const doors = this.form.querySelectorAll<HTMLInputElement>("[name=door]");
    for (const door of doors) door.defaultChecked = this.isOffered === (door.value === "courier");
    this.fill(report, chosen);
  }

  /** Show how a report was begun; a new one begins by the courier's door. */
  fill(report: Report | null, chosen = ""): void {
    const isOn = this.isOffered && (report?.isCourier ?? true);
    for (const door of this.form.querySelectorAll<HTMLInputElement>("[name=door]"))
      door.checked = isOn === (door.value === "courier");
    const kind = report?.category || chosen;
    for (const one of this.form.querySelectorAll<HTMLInputElement>("[name=kind]"))
      one.checked = one.value === kind;
    this.show();
  }

  get isOn(): boolean {
    return this.isOffered && this.form.querySelector<HTMLInputElement>("[name=door]")!.checked;
  }

  get kind(): string {
    return this.form.querySelector<HTMLInputElement>("[name=kind]:checked")?.value ?? "";
  }

  /** Name what it is, as the office does: it stands for the words where there are none. */
  get kindName(): string {
    return this.kinds.find((one) => one.key === this.kind)?.zh ?? "";
  }

  /** Show the parts of the door chosen. */
  show(): void {
    this.one("[data-door]").hidden = !this.isOffered;
    for (const part of this.form.querySelectorAll<HTMLElement>("[data-for-couriers]"))
      part.hidden = !this.isOn;
    for (const part of this.form.querySelectorAll<HTMLElement>("[data-for-all]"))
      part.hidden = this.isOn;
    this.title.textContent = this.isOn ? say("courierTitle") : this.usualTitle;
    this.form.classList.toggle("is-riding", this.isOn);
  }

  private get isOffered(): boolean {
    return this.kinds.length > 0;
  }

  private one(selector: string): HTMLElement {
    return this.form.querySelector<HTMLElement>(selector)!;
  }
}

function chip(kind: Kind): HTMLElement {
  const label = document.createElement("label");
  const radio = document.createElement("input");
  radio.type = "radio";
  radio.name = "kind";
  radio.value = kind.key;
  const words = document.createElement("span");
  words.textContent = document.documentElement.lang === "en" ? kind.en : kind.zh;
  label.append(radio, words);
  return label;
}
