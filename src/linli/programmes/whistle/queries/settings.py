"""What each sub-district has set for its whistles; held by the process."""

from __future__ import annotations

from collections.abc import Mapping

from linli.ground.kernel.changes import announce
from linli.ground.kernel.fresh import Fresh
from linli.programmes.whistle.models import WhistleSettings
from linli.programmes.whistle.rules.clocks import DEFAULT_LIMITS, DEFAULT_POLICY
from linli.programmes.whistle.terms import Kind, KindLimits, Policy


def get_policy(street_id: int) -> Policy:
    """Get what a sub-district has set, or the defaults."""
    return _policies.get().get(street_id, DEFAULT_POLICY)


def announce_policies() -> None:
    """Let every process read the settings again."""
    announce(_policies.name)


def _policy(row: WhistleSettings) -> Policy:
    limits = {
        Kind(name): KindLimits(
            answer=answer, least=least, usual=usual, is_always=DEFAULT_LIMITS[Kind(name)].is_always
        )
        for name, (answer, least, usual) in row.limits.items()
    }
    return Policy(
        limits={**DEFAULT_LIMITS, **limits},
        judge_days=row.judge_days,
        reply_days=row.reply_days,
        near_m=row.near_m,
        position_days=row.position_days,
    )


def _read_policies() -> Mapping[int, Policy]:
    return {row.street_id: _policy(row) for row in WhistleSettings.objects.all()}


_policies = Fresh("whistle settings", _read_policies)
