"""The quiet hours of a sub-district as its page of settings shows them, and as they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.utils.translation import gettext

from linli.ground.notices.errors import QuietRefused
from linli.ground.notices.queries import get_quiet, list_quiet_changes
from linli.ground.notices.terms import Quiet
from linli.ground.people.terms import Role

SEEN_PARTS = 2


@dataclass(frozen=True, kw_only=True)
class TypedQuiet:
    """What was typed, why it is refused, or that it waits for a yes."""

    starts: str
    ends: str
    seen: str
    refused: str = ""
    asked: str = ""


def read_quiet(starts: str, ends: str) -> Quiet:
    """Read two local times.

    Raises:
        QuietRefused: when one is no time of day.
    """
    try:
        return Quiet(starts=_minute(starts), ends=_minute(ends))
    except ValueError:
        raise QuietRefused("quiet.malformed", field="starts") from None


def read_seen(written: str) -> Quiet:
    """Read what the member had before the eyes.

    Raises:
        QuietRefused: when nothing of ours was sent along.
    """
    parts = written.split("-")
    if len(parts) != SEEN_PARTS:
        raise QuietRefused("quiet.changed_meanwhile")
    return read_quiet(*parts)


def quiet_words(quiet: Quiet) -> str:
    """Say quiet hours as people write them: 22:00–07:00, or that there are none."""
    if quiet.starts == quiet.ends:
        return gettext("不设免打扰")
    return f"{quiet.starts:%H:%M}–{quiet.ends:%H:%M}"


def quiet_line(street_code: str, typed: TypedQuiet | None) -> Mapping[str, Any]:
    """Give what the page shows of a sub-district's quiet hours."""
    now = get_quiet([street_code])
    starts, ends = f"{now.starts:%H:%M}", f"{now.ends:%H:%M}"
    return {
        "said": quiet_words(now),
        "starts": typed.starts if typed else starts,
        "ends": typed.ends if typed else ends,
        "seen": typed.seen if typed and typed.asked else f"{starts}-{ends}",
        "typed": typed,
        "changes": [
            {
                "at": one.at,
                "who": one.who,
                "role": Role(one.role).label if one.role in set(Role) else "",
                "before": quiet_words(one.before),
                "after": quiet_words(one.after),
            }
            for one in list_quiet_changes(street_code)
        ],
    }


def _minute(written: str) -> time:
    one = time.fromisoformat(written.strip())
    return time(one.hour, one.minute)
