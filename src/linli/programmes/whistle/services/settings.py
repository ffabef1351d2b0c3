"""What a sub-district sets for its whistles."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from linli.programmes.whistle.models import WhistleSettings
from linli.programmes.whistle.queries.settings import announce_policies
from linli.programmes.whistle.rules.clocks import DEFAULT_POLICY
from linli.programmes.whistle.terms import Kind, KindLimits


@transaction.atomic
def set_whistle_settings(
    *,
    street_id: int,
    limits: Mapping[Kind, KindLimits] | None = None,
    judge_days: int = DEFAULT_POLICY.judge_days,
    reply_days: int = DEFAULT_POLICY.reply_days,
    near_m: int = DEFAULT_POLICY.near_m,
    position_days: int = DEFAULT_POLICY.position_days,
) -> None:
    """Set the limits of a sub-district; what is left out is the default.

    Args:
        limits: minutes for emergencies, working hours for the other kinds.
        judge_days: working days to judge; `reply_days` to answer the judgement.
        near_m: metres within which a position proves a sign-in.
        position_days: calendar days a position is kept, 30 at most.
    """
    WhistleSettings.objects.update_or_create(
        street_id=street_id,
        defaults={
            "limits": {
                kind.value: [one.answer, one.least, one.usual]
                for kind, one in (limits or {}).items()
            },
            "judge_days": judge_days,
            "reply_days": reply_days,
            "near_m": near_m,
            "position_days": position_days,
        },
    )
    announce_policies()
