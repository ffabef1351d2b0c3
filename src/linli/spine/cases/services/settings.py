"""What a sub-district sets for its cases."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction

from linli.ground.kernel.calendars import Limit
from linli.spine.cases.models import CaseSettings
from linli.spine.cases.queries.settings import announce_policies
from linli.spine.cases.terms import ClockName


@transaction.atomic
def set_case_settings(
    *,
    street_id: int,
    limits: Mapping[ClockName, Limit] | None = None,
    reopen_days: int | None = None,
    return_limit: int = 1,
    suspicious_points: Collection[tuple[float, float]] = (),
    suspicious_repeats: int = 20,
) -> None:
    """Set limits, windows and default points of a sub-district; what is left out is the default.

    Args:
        reopen_days: calendar days in which the reporter may reopen.
        return_limit: returns after which the centre's ruling binds.
        suspicious_points: (lon, lat) in degrees WGS-84 that say nothing about the place.
        suspicious_repeats: reports at one point within a week that make it such a point.
    """
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
        },
    )
    announce_policies()
