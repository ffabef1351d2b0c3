"""JSON posted to another server, once, without following it elsewhere."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from .faults import SendAgain, SendRefused

_LONGEST_ANSWER = 65_536
_OK = range(200, 300)
_BUSY = frozenset({408, 425, 429, 503})
_BROKEN = 500


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the other side said, as JSON when it was some."""

    status: int
    said: Mapping[str, Any]


def post_json(
    *, url: str, body: Mapping[str, Any], headers: Mapping[str, str], timeout_s: int
) -> Answer:
    """Post JSON and judge the status.

    Args:
        timeout_s: seconds for each of connecting, writing and reading.

    Raises:
        SendAgain: unreachable, too slow, busy (408, 425, 429, 503) or broken (5xx).
        SendRefused: any other answer but 2xx; a redirect is not followed.
    """
    try:
        answer = _exchange(url, body, headers, timeout_s)
    except TimeoutError as error:
        raise SendAgain("notices.timed_out", seconds=timeout_s) from error
    except (OSError, http.client.HTTPException) as error:
        raise SendAgain("notices.unreachable") from error
    status, text, retry_after = answer
    if status in _OK:
        return Answer(status=status, said=_parse(text))
    if status in _BUSY:
        raise SendAgain("notices.busy", after_s=_seconds(retry_after), status=status)
    if status >= _BROKEN:
        raise SendAgain("notices.broken", status=status)
    raise SendRefused("notices.refused", status=status)


def _exchange(
    url: str, body: Mapping[str, Any], headers: Mapping[str, str], timeout_s: int
) -> tuple[int, bytes, str]:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    line = kind(parts.hostname or "", parts.port, timeout=timeout_s)
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        line.request(
            "POST",
            target,
            body=json.dumps(body, ensure_ascii=False).encode(),
            headers={"Content-Type": "application/json; charset=utf-8", **headers},
        )
        answer = line.getresponse()
        return answer.status, answer.read(_LONGEST_ANSWER), answer.getheader("Retry-After") or ""
    finally:
        line.close()


def _parse(text: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(text or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _seconds(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None
