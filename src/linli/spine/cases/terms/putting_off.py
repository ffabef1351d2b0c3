"""Words of putting off: why an extension 延期 is asked for, and how one stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from linli.ground.kernel.marking import N_


class Cause(StrEnum):
    """Why a case takes longer than promised; works are decided by a leader at once."""

    WEATHER = "weather"
    WORKS = "works"
    SUPPLIES = "supplies"
    OTHERS = "others"
    SCOPE = "scope"


CAUSE_LABELS: Mapping[Cause, str] = {
    Cause.WEATHER: N_("天气"),
    Cause.WORKS: N_("工程施工"),
    Cause.SUPPLIES: N_("材料或设备未到"),
    Cause.OTHERS: N_("要等别的单位"),
    Cause.SCOPE: N_("情况比反映的复杂"),
}


@dataclass(frozen=True, kw_only=True)
class ExtensionView:
    """One extension that was asked for; `is_granted` is empty until somebody decides."""

    no: int
    cause_label: str
    words: str
    until: datetime
    former_due_at: datetime
    asked_at: datetime
    asked_by: str
    needs_leader: bool
    is_granted: bool | None
    decided_at: datetime | None
    decided_by: str
    decision: str
