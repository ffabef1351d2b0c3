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
    named.addEventListener("htmx:afterSwap", () => focusFirstField(named), { once: true });
    named.open = true;
    focusFirstField(named);
  }
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
