/** Whose account is signed in on this phone, and leaving it without losing what was not sent. */
import { ask } from "./line";
import { listReports, recall, remember } from "./store";
import { agreeOnLarge } from "./switches";
import { NOBODY, type Who } from "./terms";
import { say } from "./words";

let who: Who = NOBODY;

export function whoNow(): Who {
  return who;
}

export function accountNow(): string {
  return who.account;
}

/** Give who was signed in the last time: what a page begins with, before any line is asked. */
export async function recallWho(): Promise<Who> {
  who = { ...NOBODY, ...(JSON.parse((await recall("account")) ?? "{}") as Partial<Who>) };
  return who;
}

/** Ask who is signed in; without a line it is who was the last time. */
export async function learnWho(): Promise<Who> {
  try {
    const response = await ask("/field/who", { headers: { Accept: "application/json" } });
    who = (await response.json()) as Who;
    await remember("account", JSON.stringify({ ...who, token: "" }));
  } catch {
    return recallWho();
  }
  // Without a line it is told the next time.
  await agreeOnLarge(who).catch(() => undefined);
  return who;
}

export function showWho(): void {
  const find = <T extends HTMLElement>(name: string) => document.querySelector<T>(`[data-${name}]`)!;
  const isIn = Boolean(who.account);
  find("who").textContent = isIn ? who.name : "";
  find("sign-in").hidden = isIn;
  find("sign-out").hidden = !isIn;
  find("courier-page").hidden = !who.courier;
  find("as-line").hidden = !isIn;
  find("as-word").textContent = say("as", { name: who.name });
  const as = find<HTMLInputElement>("as");
  as.defaultChecked = isIn;
  as.checked = isIn;
}

/** Sign out; what was not sent stays here and goes when the same account is back. */
export async function signOut(): Promise<void> {
  const own = (await listReports()).filter((one) => one.account === who.account);
  const unsent = own.filter((one) => one.state === "waiting" || one.state === "draft").length;
  if (unsent && !confirm(say("signOutWarning", { n: unsent }))) return;
  const fresh = await learnWho();
  const response = await ask("/accounts/logout/", {
    method: "POST",
    headers: { "X-CSRFToken": fresh.token },
    redirect: "manual",
  });
  if (response.type === "opaqueredirect" || response.ok) {
    await learnWho();
    location.reload();
  }
}
