"""When a sub-district wants quiet for those who chose nothing themselves, and who changed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from linli.ground.kernel.changes import announce
from linli.ground.kernel.fresh import Fresh
from linli.ground.kernel.queries import list_occurrences
from linli.ground.notices.configuration import configured
from linli.ground.notices.events import QuietHoursChanged, quiet_subject
from linli.ground.notices.models import StreetQuiet
from linli.ground.notices.terms import Quiet
from linli.ground.people.queries import list_account_names


@dataclass(frozen=True, kw_only=True)
class QuietChange:
    """One change of a sub-district's quiet hours: from what to what, by whom in which role."""

    at: datetime
    who: str
    role: str
    before: Quiet
    after: Quiet


def get_quiet(street_codes: Iterable[str] = ()) -> Quiet:
    """Get the quiet hours of the first of these sub-districts that set some, else the house's.

    Equal times mean that nothing is held back.
    """
    by_street = _quiet_hours.get()
    found = (by_street[code] for code in street_codes if code in by_street)
    return next(found, configured().quiet)


def list_quiet_changes(street_code: str) -> list[QuietChange]:
    """List the changes of a sub-district's quiet hours, newest first; the right is asked before."""
    happened = list_occurrences(quiet_subject(street_code))
    names = list_account_names({one.actor.account_id or 0 for one in happened})
    return [
        QuietChange(
            at=one.at,
            who=names.get(one.actor.account_id or 0, ""),
            role=one.actor.role,
            before=_read_quiet(one.event.starts_before, one.event.ends_before),
            after=_read_quiet(one.event.starts, one.event.ends),
        )
        for one in reversed(happened)
        if isinstance(one.event, QuietHoursChanged)
    ]


def announce_quiet() -> None:
    """Let every process read the quiet hours again."""
    announce(_quiet_hours.name)


def _read_quiet(starts: str, ends: str) -> Quiet:
    return Quiet(starts=time.fromisoformat(starts), ends=time.fromisoformat(ends))


def _read() -> Mapping[str, Quiet]:
    return {
        row.street_code: Quiet(starts=row.starts, ends=row.ends)
        for row in StreetQuiet.objects.all()
    }


_quiet_hours = Fresh("quiet hours", _read)
