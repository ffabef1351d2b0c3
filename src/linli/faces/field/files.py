"""What a phone keeps of us, so that the page opens without a line: from the build's own list."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.templatetags.static import static

ENTRY = "src/field/index.ts"
WORKER = "field/worker.js"
PICTURES = ("field/icon-192.png", "frame/mark.svg")


def read_worker() -> str | None:
    """Read the service worker as it was built, or give None when it was not."""
    path = settings.BUILT / WORKER
    return path.read_text(encoding="utf-8") if path.exists() else None


def list_files() -> list[dict[str, str | None]]:
    """List script, style and pictures with their revision; built ones bear it in their name."""
    built = json.loads((settings.BUILT / "manifest.json").read_text(encoding="utf-8"))
    names = dict.fromkeys(_needed(built, ENTRY, set()))
    files: list[dict[str, str | None]] = [
        {"url": static(f"built/{name}"), "revision": None} for name in names
    ]
    files += [{"url": static(name), "revision": "1"} for name in PICTURES]
    return files


def _needed(built: Mapping[str, Any], entry: str, seen: set[str]) -> Iterator[str]:
    """Walk from an entry to all it loads, now or later."""
    if entry in seen:
        return
    seen.add(entry)
    chunk = built[entry]
    yield chunk["file"]
    yield from chunk.get("css", [])
    for name in (*chunk.get("imports", []), *chunk.get("dynamicImports", [])):
        yield from _needed(built, name, seen)


def version_of(response: HttpResponse) -> str:
    """Give the version of a page: another one as soon as a letter of it changes."""
    return hashlib.sha256(response.content).hexdigest()[:16]
