/** Language and large type, kept on the phone; other pages follow by the same cookies. */
import { ask } from "./line";
import { recall, remember } from "./store";
import type { Who } from "./terms";

const YEAR_S = 365 * 24 * 3600;
const LARGE = "linli-large";
// Switched with an account and not told to the office yet: `account:1` or `account:0`.
const UNTOLD = "large-untold";

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

function keepLarge(isOn: boolean): void {
  const value = isOn ? "1" : "";
  keepCookie("large_type", value);
  try {
    localStorage.setItem(LARGE, value);
  } catch {
    // The cookie remembers it.
  }
  showLarge();
}

async function switchLarge(who: Who): Promise<void> {
  keepLarge(!isLarge());
  if (!who.account) return;
  await remember(UNTOLD, `${who.account}:${Number(isLarge())}`);
  await agreeOnLarge(who);
}

/** Let phone and account agree: what was switched here last is told first, else the account says.

    @throws LineFault where it could not be told; it is told with the next asking who is here. */
export async function agreeOnLarge(who: Who): Promise<void> {
  if (!who.account) return;
  const untold = ((await recall(UNTOLD)) ?? "").split(":");
  const isUntold = untold[0] === who.account;
  if (!isUntold && who.large !== null) {
    if (who.large !== isLarge()) keepLarge(who.large);
    return;
  }
  if (!isUntold && !isLarge()) return;
  await tell(who, isUntold ? untold[1]! : "1");
  await remember(UNTOLD, "");
}

async function tell(who: Who, on: string): Promise<void> {
  const token = who.token || (await askToken());
  await ask("/preferences/large-type", {
    method: "POST",
    body: new URLSearchParams({ on, next: "/field/" }),
    headers: { "X-CSRFToken": token },
    redirect: "manual",
  });
  who.large = on === "1";
}

async function askToken(): Promise<string> {
  return ((await (await ask("/field/who")).json()) as Who).token;
}

export function listenToSwitches(whoNow: () => Who): void {
  const large = document.querySelector("[data-large]");
  // Without a line it is told later.
  large?.addEventListener("click", () => void switchLarge(whoNow()).catch(() => undefined));
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
