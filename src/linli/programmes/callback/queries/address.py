"""Where a call-back belongs, in ids: what notices need to find their readers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from linli.programmes.callback.models import Callback, Exclusion
from linli.programmes.callback.rules.refusals import NoSuchCallback


@dataclass(frozen=True, kw_only=True)
class CallbackAddress:
    """A call-back by the number of its case, its street, and who last asked to leave it out."""

    case_id: UUID
    number: str
    street_code: str
    asked_by_id: int | None


def get_address(callback_id: UUID) -> CallbackAddress:
    """Get where a call-back belongs.

    Raises:
        NoSuchCallback: when there is none.
    """
    rows = Callback.objects.filter(id=callback_id)
    found = rows.values_list("case_id", "case__number", "street__code").first()
    if found is None:
        raise NoSuchCallback("callback.not_found")
    asked = Exclusion.objects.filter(callback_id=callback_id).order_by("-id")
    return CallbackAddress(
        case_id=found[0],
        number=found[1],
        street_code=found[2],
        asked_by_id=asked.values_list("asked_by_id", flat=True).first(),
    )
