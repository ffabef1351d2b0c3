/* Small comforts of the case page: a form is sent once, and the link in the address opens the
   folded act it names. */

export function sendOnce(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-send-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    form.querySelector("button[type=submit]")?.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll<HTMLFormElement>("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelector("button[type=submit]")?.removeAttribute("aria-busy");
    });
  });
}

export function openNamedAct(): void {
  const named = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  if (named instanceof HTMLDetailsElement) {
    // Whoever has gone on to something else while the form was coming is left there.
    const before = document.activeElement;
    named.addEventListener("htmx:afterSwap", () => {
      if (document.activeElement === before) focusFirstField(named);
    }, { once: true });
    named.open = true;
    focusFirstField(named);
  }
}

/* A folded act fetches its form when it is opened. When that fails it says so, and tries again:
   by its link, when it is opened once more, or as soon as the line is back. */
export function fetchActsAgain(): void {
  const lost = (act: Element, isLost: boolean) => {
    act.classList.toggle("is-lost", isLost);
    act.querySelector(".act-lost")?.toggleAttribute("hidden", !isLost);
  };
  const again = (act: Element) => window.htmx.trigger(act, "again", {});
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isToCome(event.target)) lost(event.target, false);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!isToCome(event.target)) return;
    if ((event as CustomEvent).detail.successful) event.target.classList.remove("act-to-come");
    else lost(event.target, true);
  });
  document.addEventListener("toggle", (event) => {
    if (isToCome(event.target) && event.target.matches(".is-lost[open]")) again(event.target);
  }, true);
  document.addEventListener("click", (event) => {
    const act = (event.target as Element).closest("a.btn")?.closest(".act-to-come");
    if (!act) return;
    event.preventDefault();
    again(act);
  });
  window.addEventListener("online", () => {
    document.querySelectorAll(".act-to-come.is-lost[open]").forEach(again);
  });
}

function isToCome(target: EventTarget | null): target is HTMLDetailsElement {
  return target instanceof HTMLDetailsElement && target.matches(".act-to-come");
}

function focusFirstField(act: HTMLElement): void {
  act.querySelector<HTMLElement>("textarea, input:not([type=hidden]), select")?.focus();
}

/* On a phone the way to the act stays at the bottom until the act itself is in sight. */
export function hideWayWhenThere(): void {
  const way = document.querySelector<HTMLElement>(".to-act");
  const act = document.querySelector(".now-you");
  if (!way || !act) return;
  new IntersectionObserver(([seen]) => {
    way.classList.toggle("is-there", seen?.isIntersecting ?? false);
  }).observe(act);
}
