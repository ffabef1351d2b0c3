"""What the phone's page costs an old phone on a slow line: until it can be used, and to report.

Chromium with a processor slowed `cpu` times and a line of `kbit_s` with `latency_ms` (400 and 400
are what is called slow 3G) opens `/field/` with an empty cache. Counted are the bytes that came
over the line until the page could be used (`kb`, compressed as sent) and how long that took
(`usable_ms`); how many taps a report with a photo takes beside the camera's own (`report_taps`),
and how long from the last of them until the office's answer is read (`report_ms`). The median of
`rounds`. What opening a connection costs, the browser does not slow down.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any

CHROMIUM = "/usr/bin/chromium"
SWITCHES = ("--headless", "--no-sandbox", "--disable-gpu")
DEFAULTS: Mapping[str, int] = {
    "rounds": 5,
    "cpu": 4,
    "kbit_s": 400,
    "latency_ms": 400,
    "megapixels": 3,
}
PATIENCE_MS = 120_000


@dataclass(kw_only=True)
class Round:
    """What one opening and one report came to."""

    kb: float
    usable_ms: float
    report_taps: int
    report_ms: float


def run(settings: Mapping[str, Any]) -> dict[str, float]:
    """Measure on a scratch instance.

    Args:
        settings: those of `DEFAULTS` that should differ.
    """
    from playwright.sync_api import sync_playwright

    from linli.config import instance

    from .loads.places import fill_places

    chosen = {**DEFAULTS, **settings}
    with instance.scratch_instance() as running:
        fill_places(running.url)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
            rounds = [measure(browser, running.address, chosen) for _ in range(chosen["rounds"])]
            browser.close()
    names = Round.__dataclass_fields__
    return {name: round(median(getattr(one, name) for one in rounds), 1) for name in names}


def measure(browser: Any, address: str, chosen: Mapping[str, int]) -> Round:
    """Open the page as a phone that never did, and report once."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        is_mobile=True,
        has_touch=True,
        service_workers="block",
    )
    page = context.new_page()
    received = _slow_down(context.new_cdp_session(page), chosen)
    page.goto(f"{address}field/", wait_until="commit", timeout=PATIENCE_MS)
    page.wait_for_selector("html.is-ready", timeout=PATIENCE_MS)
    usable_ms = page.evaluate("performance.getEntriesByName('usable')[0].startTime")
    kb = sum(received) / 1024
    taps, report_ms = report(page, chosen["megapixels"])
    context.close()
    return Round(kb=kb, usable_ms=usable_ms, report_taps=taps, report_ms=report_ms)


def _slow_down(session: Any, chosen: Mapping[str, int]) -> list[int]:
    """Slow down line and processor; give a list that fills with the bytes that come."""
    received: list[int] = []
    session.send("Network.enable")
    session.on(
        "Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"]))
    )
    bytes_s = chosen["kbit_s"] * 1000 / 8
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": chosen["latency_ms"],
            "downloadThroughput": bytes_s,
            "uploadThroughput": bytes_s,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": chosen["cpu"]})
    return received


def report(page: Any, megapixels: int) -> tuple[int, float]:
    """Report with a photo and a place written; give the taps, and the milliseconds of the last.

    Typing is not counted: with the position allowed there is none.
    """
    page.fill("[name=address]", "1")
    with page.expect_file_chooser() as camera:
        page.tap("[data-camera]")
    camera.value.set_files([_photo(megapixels)])
    page.wait_for_selector(".field-files img", timeout=PATIENCE_MS)
    page.evaluate("window.tapped = performance.now()")
    page.tap("[data-send]")
    page.wait_for_selector("[data-answer][data-standing=received]", timeout=PATIENCE_MS)
    return 2, page.evaluate("performance.now() - window.tapped")


def _photo(megapixels: int) -> dict[str, Any]:
    """Make a photo of about that size, as hard to shrink as a real one."""
    from PIL import Image

    height = int((megapixels * 1_000_000 * 3 / 4) ** 0.5)
    noise = Image.effect_noise((height * 4 // 3, height), 40).convert("RGB")
    sent = io.BytesIO()
    noise.save(sent, "JPEG", quality=80)
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": sent.getvalue()}
