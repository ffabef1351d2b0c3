"""What is left out of the rates, and what somebody asked to leave out: open to all staff.

Nothing here says what was answered. A complaint is named to those who read answers alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from linli.ground.people.queries import list_account_names
from linli.ground.people.rules import may
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Target
from linli.programmes.callback.models import Callback, Exclusion
from linli.programmes.callback.terms import CAUSE_LABELS, Cause, ExclusionView, Step
from linli.spine.cases.terms import CaseKind

_RELATED = ("callback__case", "callback__street")
_SHAPES = ("callback__street__geometry",)


def list_exclusions(
    *, member: Member, is_waiting: bool, most: int | None = None, skip: int = 0
) -> list[ExclusionView]:
    """List wishes of the member's streets, those decided newest first, or those that wait."""
    rows = _visible(member, is_waiting).order_by("asked_at" if is_waiting else "-decided_at", "id")
    found = list(rows[skip : skip + most] if most is not None else rows)
    people = {one.asked_by_id for one in found} | {one.decided_by_id or 0 for one in found}
    names = list_account_names(people - {0})
    return [_shown(one, member, names) for one in found]


def count_exclusions(*, member: Member, is_waiting: bool) -> int:
    """Count them."""
    return _visible(member, is_waiting).count()


def view_of(row: Exclusion, callback: Callback, names: Mapping[int, str]) -> ExclusionView:
    """Freeze one wish; the caller has asked the right."""
    cause = Cause(row.cause)
    return ExclusionView(
        id=row.pk,
        callback_id=callback.id,
        case_number=callback.case.number,
        cause=cause,
        cause_label=gettext(CAUSE_LABELS[cause]),
        note=row.note,
        asked_at=row.asked_at,
        asked_by=names.get(row.asked_by_id, ""),
        asked_by_id=row.asked_by_id,
        is_granted=row.is_granted,
        decided_at=row.decided_at,
        decided_by=names.get(row.decided_by_id or 0, ""),
        decided_note=row.decided_note,
        street_code=callback.street.code,
        is_answered=callback.step == Step.ANSWERED,
    )


def _shown(row: Exclusion, member: Member, names: Mapping[int, str]) -> ExclusionView:
    view = view_of(row, row.callback, names)
    is_complaint = row.callback.case.kind == CaseKind.COMPLAINT
    target = Target(street_code=view.street_code, is_complaint=False)
    if not is_complaint or may(member, Right.CALLBACK_READ, target):
        return view
    return replace(view, case_number="", note="", decided_note="")


def _visible(member: Member, is_waiting: bool) -> QuerySet[Exclusion]:
    rows = Exclusion.objects.filter(_of_streets(member), is_granted__isnull=is_waiting)
    return rows.select_related(*_RELATED).defer(*_SHAPES)


def _of_streets(member: Member) -> Q:
    """Build the filter of the streets where a member holds posts.

    Whoever holds one at an organisation of no street, as a department of the district, sees all.
    """
    found = Q(pk__in=[])
    for post in member.appointments:
        found |= Q(callback__street__code__startswith=post.street_prefix)
    return found
