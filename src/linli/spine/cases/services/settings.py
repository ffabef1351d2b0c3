"""What a sub-district sets for its cases."""

from __future__ import annotations

from collections.abc import Collection, Mapping

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
from linli.spine.cases.terms import NEARBY_HOURS, NEARBY_M, ClockName
from linli.spine.cases.terms.supervision import Rung, RungAt


@transaction.atomic
def set_case_settings(
    *,
    street_id: int,
    limits: Mapping[ClockName, Limit] | None = None,
    reopen_days: int | None = None,
    return_limit: int = 1,
    suspicious_points: Collection[tuple[float, float]] = (),
    suspicious_repeats: int = 20,
    ladder: Mapping[Rung, RungAt | None] | None = None,
    silent_days: int = DEFAULT_SILENT_DAYS,
    extension_days: int = DEFAULT_EXTENSION_DAYS,
    leader_extension_days: int = DEFAULT_LEADER_EXTENSION_DAYS,
    pending_days: int = DEFAULT_PENDING_DAYS,
    duplicate_radius_m: int = NEARBY_M,
    duplicate_hours: int = NEARBY_HOURS,
    sample_share: int = DEFAULT_SAMPLE_SHARE,
    sample_days: int = DEFAULT_SAMPLE_DAYS,
    asking_days: int = DEFAULT_ASKING_DAYS,
) -> None:
    """Set limits, windows and default points of a sub-district; what is left out is the default.

    Args:
        reopen_days: calendar days in which the reporter may reopen.
        return_limit: returns after which the centre's ruling binds.
        suspicious_points: (lon, lat) in degrees WGS-84 that say nothing about the place.
        suspicious_repeats: reports at one point within a week that make it such a point.
        ladder: when each rung is reached, None for one that is left out. The plans of what runs
            are made anew by a job.
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
    rungs = {rung.value: at and [at.base.value, at.amount] for rung, at in (ladder or {}).items()}
    before = CaseSettings.objects.filter(street_id=street_id).values_list("ladder", flat=True)
    is_other = (before.first() or {}) != rungs
    CaseSettings.objects.update_or_create(
        street_id=street_id,
        defaults={
            "limits": {
                name.value: [limit.amount, limit.unit.value]
                for name, limit in (limits or {}).items()
            },
            "reopen_days": reopen_days,
            "return_limit": return_limit,
            "suspicious_points": [list(point) for point in suspicious_points],
            "suspicious_repeats": suspicious_repeats,
            "ladder": rungs,
            "silent_days": silent_days,
            "extension_days": extension_days,
            "leader_extension_days": leader_extension_days,
            "pending_days": pending_days,
            "duplicate_radius_m": duplicate_radius_m,
            "duplicate_hours": duplicate_hours,
            "sample_share": sample_share,
            "sample_days": sample_days,
            "asking_days": asking_days,
        },
    )
    announce_policies()
    if is_other:
        _plan_anew_later(street_id)


def _plan_anew_later(street_id: int) -> None:
    from linli.spine.cases.jobs import plan_ladder_anew

    plan_ladder_anew.defer(street_id=street_id)
