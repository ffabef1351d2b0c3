"""A sub-district sets when those who chose nothing are left in peace, on record with who did."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction

from linli.ground.kernel.services import record_event
from linli.ground.notices.errors import QuietRefused
from linli.ground.notices.events import QuietHoursChanged, quiet_subject
from linli.ground.notices.models import StreetQuiet
from linli.ground.notices.queries.quiet import announce_quiet, get_quiet
from linli.ground.notices.sending_rules import check_quiet
from linli.ground.notices.terms import Quiet
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action, Member, Target


@transaction.atomic
def change_quiet(
    *, street_code: str, quiet: Quiet, seen: Quiet, member: Member, at: datetime
) -> None:
    """Set the quiet hours of a sub-district; whoever chose their own keeps them.

    Args:
        quiet: local times; equal ones hold nothing back.
        seen: what the member had before the eyes, so that nobody overwrites another unseen.

    Raises:
        QuietRefused: not this member's, changed meanwhile, too long, or the same.
    """
    target = Target(street_code=street_code, is_complaint=False)
    role = find_role(member, Action.SETTINGS_EDIT, target)
    if role is None:
        raise QuietRefused("quiet.not_yours")
    usual = get_quiet()
    row = _lock(street_code, usual)
    before = Quiet(starts=row.starts, ends=row.ends)
    if before != seen:
        raise QuietRefused("quiet.changed_meanwhile")
    check_quiet(quiet, before=before)
    row.starts, row.ends = quiet.starts, quiet.ends
    row.save(update_fields=["starts", "ends"])
    announce_quiet()
    record_event(
        QuietHoursChanged(
            starts_before=_written(before.starts),
            ends_before=_written(before.ends),
            starts=_written(quiet.starts),
            ends=_written(quiet.ends),
        ),
        subject=quiet_subject(street_code),
        actor=member.actor(role=role),
        at=at,
    )


def _lock(street_code: str, usual: Quiet) -> StreetQuiet:
    times = {"starts": usual.starts, "ends": usual.ends}
    StreetQuiet.objects.get_or_create(street_code=street_code, defaults=times)
    return StreetQuiet.objects.select_for_update().get(street_code=street_code)


def _written(one: time) -> str:
    return f"{one:%H:%M}"
