"""What the sender of a report is shown once, kept in the session until then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from linli.faces.frame import standing
from linli.faces.frame.qr import draw_qr
from linli.spine.cases.queries import public_case
from linli.spine.cases.terms import Reported

SENT = "sent"


def remember_sent(request: HttpRequest, reported: Reported) -> None:
    """Keep what the next page shows; the code itself is stored nowhere else in plain."""
    request.session[SENT] = {
        "code": reported.tracking_code,
        "is_outside": reported.is_outside,
        "duplicates": len(reported.duplicates),
    }


def show_sent(request: HttpRequest, *, at: datetime) -> dict[str, Any] | None:
    """Give what was sent last in this session, ready to show, or None."""
    sent: dict[str, Any] | None = request.session.get(SENT)
    if sent is None:
        return None
    code = sent["code"]
    case = public_case(code=code, at=at)
    address = request.build_absolute_uri(reverse("track", args=[code]))
    return sent | {
        "number": case.number,
        "place": " · ".join(part for part in (case.community_name, case.grid_name) if part),
        "answer": standing.answer(case),
        "code_spaced": space_code(code),
        "qr": draw_qr(address),
    }


def space_code(code: str) -> str:
    """Write a code in groups of four, as people read it aloud."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
