"""People of a play: each has a browser window, signs in once, and reads pages for faults."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from linli.demonstration.accounts import PASSWORD

CHROMIUM = "/usr/bin/chromium"
# The browser draws its own buttons as pages, three for each window, which nobody sees here.
BUTTONS = ("InitialWebUI", "PreloadTopChromeWebUI", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup")
# Of two such switches the last counts: what Playwright switches off is named again.
USUALLY_OFF = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "AimEnabled"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch"),
)
SWITCHES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join((*USUALLY_OFF, *BUTTONS))}",
)
DESKTOP = (1280, 900)
PHONE = (390, 844)
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ("serious", "critical")
WCAG = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa")


@dataclass
class Stage:
    """Where a play takes place: one instance, many windows."""

    address: str
    browser: Browser
    windows: list[BrowserContext] = field(default_factory=list)
    signed_in: dict[tuple[str, tuple[int, int]], Page] = field(default_factory=dict)

    def window(self, size: tuple[int, int] = DESKTOP, language: str = "zh-hans") -> Page:
        """Open a window of somebody nobody knows."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN"
        )
        context.add_cookies([{"name": "language", "value": language, "url": self.address}])
        self.windows.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        return page

    def person(self, login: str, size: tuple[int, int] = DESKTOP) -> Page:
        """Give the window of somebody of the demonstration, signed in."""
        if (login, size) not in self.signed_in:
            page = self.window(size)
            sign_in(page, self.address, login)
            self.signed_in[login, size] = page
        return self.signed_in[login, size]

    def close(self) -> None:
        """Close all windows."""
        for context in self.windows:
            context.close()


def sign_in(page: Page, address: str, login: str) -> None:
    """Sign in on the sign-in page, wherever one stands."""
    if "/accounts/login/" not in page.url:
        page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def settle(page: Page) -> None:
    """Wait until what the page loads after itself is there: fragments, and what is in sight."""
    page.wait_for_function(_SETTLED)


def photo(colour: tuple[int, int, int] = (120, 130, 110)) -> FilePayload:
    """Make a photo as a browser sends it."""
    sent = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(sent, "JPEG")
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": sent.getvalue()}


def find_barriers(page: Page, *, only: tuple[str, ...] = ()) -> list[str]:
    """List the serious and critical faults that axe finds; `only` names tags of its rules."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if only:
        options["runOnly"] = list(only)
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{fault['id']}: {node['html'][:160]}"
        for fault in found["violations"]
        if fault["impact"] in SERIOUS
        for node in fault["nodes"]
    ]


def look_for_faults(page: Page) -> None:
    """Expect no serious fault of access, nothing wider than the window, no script let in."""
    faults = find_barriers(page)
    assert not faults, f"{page.url}\n" + "\n".join(faults)
    size = page.viewport_size
    assert size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], page.url
    assert page.evaluate("window.canary") is None


def keep_picture(page: Page, name: str) -> None:
    """Keep a picture of the page when `LINLI_PICTURES` names a folder."""
    folder = os.environ.get("LINLI_PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def look_on_both(page: Page, name: str) -> None:
    """Look for faults on the desk and on a phone, and keep a picture of each."""
    before = page.viewport_size
    for width, size in (("1280", DESKTOP), ("390", PHONE)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        look_for_faults(page)
        keep_picture(page, f"{name}-{width}")
    if before is not None:
        page.set_viewport_size(before)


def act(page: Page, name: str) -> None:
    """Press the button of one act's form and see the page say that it is done."""
    form = page.locator(f"#act-{name} form").first
    form.locator("button[type=submit]").click()
    expect(page.locator(".note.is-done").first).to_contain_text("已办好")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab on {page.url}")


_SETTLED = """() => {
  const isInSight = (one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.bottom > 0 && box.top < window.innerHeight;
  };
  const isThere = (one) => one.complete ?? one.dataset.ready !== undefined;
  const late = [...document.querySelectorAll("img, [data-drawn]")];
  return document.readyState === "complete"
    && !document.querySelector(".htmx-request")
    && late.every((one) => isThere(one) || !isInSight(one));
}"""
