/** Language and large type, kept on the phone; other pages follow by the same cookies. */
import { remember } from "./store";

const YEAR_S = 365 * 24 * 3600;
const LARGE = "linli-large";

function keepCookie(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${value ? YEAR_S : 0}; samesite=lax`;
}

function isLarge(): boolean {
  try {
    return localStorage.getItem(LARGE) === "1";
  } catch {
    return /(^|; )large_type=1/.test(document.cookie);
  }
}

export function showLarge(): void {
  const button = document.querySelector<HTMLElement>("[data-large]");
  const isOn = isLarge();
  document.documentElement.classList.toggle("large-type", isOn);
  button?.setAttribute("aria-pressed", String(isOn));
}

function switchLarge(): void {
  const value = isLarge() ? "" : "1";
  keepCookie("large_type", value);
  try {
    localStorage.setItem(LARGE, value);
  } catch {
    // The cookie remembers it.
  }
  showLarge();
}

export function listenToSwitches(): void {
  document.querySelector("[data-large]")?.addEventListener("click", switchLarge);
  const say = document.querySelector<HTMLElement>("[data-say]");
  say?.addEventListener("click", () => void speak(say.dataset.say ?? ""));
}

async function speak(language: string): Promise<void> {
  keepCookie("language", language);
  await remember("language", language).catch(() => undefined);
  location.reload();
}

/** What the page is in now is what it opens in without a line, and what answers come in. */
export async function rememberLanguage(): Promise<void> {
  await remember("language", document.documentElement.dataset.language ?? "zh-hans");
}
