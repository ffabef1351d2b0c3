"""Where an account is signed in."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from linli.ground.people.models import SignIn
from linli.ground.people.terms.sessions import SessionLine, device_labels


def list_sessions(*, account_id: int, session_key: str, at: datetime) -> list[SessionLine]:
    """List the sessions of an account that are not over, this one first, then the last used.

    Args:
        session_key: of the session that asks.
    """
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=at)
    rows = SignIn.objects.filter(Exists(alive), account_id=account_id).order_by("-used_at")
    lines = [_line(row, session_key) for row in rows]
    return sorted(lines, key=lambda line: not line.is_this)


def _line(row: SignIn, session_key: str) -> SessionLine:
    browser, system = device_labels(row.device)
    return SessionLine(
        id=row.pk,
        browser=browser,
        system=system,
        began_at=row.began_at,
        used_at=row.used_at,
        is_this=row.session_key == session_key,
    )
