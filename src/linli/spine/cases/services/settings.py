"""What a sub-district sets for its cases."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypedDict, Unpack

from django.db import transaction

from linli.ground.kernel.calendars import Limit
from linli.spine.cases.models import CaseSettings
from linli.spine.cases.queries.settings import announce_policies
from linli.spine.cases.rules.clocks import (
    DEFAULT_ASKING_DAYS,
    DEFAULT_EXTENSION_DAYS,
    DEFAULT_LEADER_EXTENSION_DAYS,
    DEFAULT_PENDING_DAYS,
    DEFAULT_SAMPLE_DAYS,
    DEFAULT_SAMPLE_SHARE,
)
from linli.spine.cases.rules.ladder import DEFAULT_SILENT_DAYS
from linli.spine.cases.services.climbing import plan_anew_later
from linli.spine.cases.terms import NEARBY_HOURS, NEARBY_M, ClockName
from linli.spine.cases.terms.supervision import Rung, RungAt


class Numbers(TypedDict, total=False):
    """Plain numbers of a sub-district.

    Args:
        return_limit: returns after which the centre's ruling binds.
        suspicious_repeats: reports at one point within a week that make it one that says nothing.
        silent_days: working days without a word after which a case is silent.
        extension_days: working days of an extension at most.
        leader_extension_days: the same where a leader decides.
        pending_days: calendar days on the register before it must be approved anew.
        duplicate_radius_m: metres within which matters of one kind are likely the same.
        duplicate_hours: hours within which they are.
        sample_share: per cent of what was settled at once that others check.
        sample_days: working days to check a sample.
        asking_days: working days in which a reporter who is asked answers.
    """

    return_limit: int
    suspicious_repeats: int
    silent_days: int
    extension_days: int
    leader_extension_days: int
    pending_days: int
    duplicate_radius_m: int
    duplicate_hours: int
    sample_share: int
    sample_days: int
    asking_days: int


DEFAULTS = Numbers(
    return_limit=1,
    suspicious_repeats=20,
    silent_days=DEFAULT_SILENT_DAYS,
    extension_days=DEFAULT_EXTENSION_DAYS,
    leader_extension_days=DEFAULT_LEADER_EXTENSION_DAYS,
    pending_days=DEFAULT_PENDING_DAYS,
    duplicate_radius_m=NEARBY_M,
    duplicate_hours=NEARBY_HOURS,
    sample_share=DEFAULT_SAMPLE_SHARE,
    sample_days=DEFAULT_SAMPLE_DAYS,
    asking_days=DEFAULT_ASKING_DAYS,
)


@transaction.atomic
def set_case_settings(
    *,
    street_id: int,
    limits: Mapping[ClockName, Limit] | None = None,
    reopen_days: int | None = None,
    suspicious_points: Collection[tuple[float, float]] = (),
    ladder: Mapping[Rung, RungAt | None] | None = None,
    **numbers: Unpack[Numbers],
) -> None:
    """Set limits, windows and default points of a sub-district; what is left out is the default.

    Args:
        reopen_days: calendar days in which the reporter may reopen.
        suspicious_points: (lon, lat) in degrees WGS-84 that say nothing about the place.
        ladder: when each rung is reached, None for one that is left out. The plans of what runs
            are made anew by a job.
        numbers: see `Numbers`.
    """
    rungs = {rung.value: at and [at.base.value, at.amount] for rung, at in (ladder or {}).items()}
    before = CaseSettings.objects.filter(street_id=street_id).values_list("ladder", flat=True)
    is_other = (before.first() or {}) != rungs
    named = (limits or {}).items()
    CaseSettings.objects.update_or_create(
        street_id=street_id,
        defaults={
            "limits": {name.value: [limit.amount, limit.unit.value] for name, limit in named},
            "reopen_days": reopen_days,
            "suspicious_points": [list(point) for point in suspicious_points],
            "ladder": rungs,
            **DEFAULTS,
            **numbers,
        },
    )
    announce_policies()
    if is_other:
        plan_anew_later(street_id=street_id)
