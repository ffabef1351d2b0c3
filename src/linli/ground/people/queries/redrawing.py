"""Posts held in areas that are to be re-drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from linli.ground.people.models import Appointment, DutyShift
from linli.ground.people.redrawing_rules import find_vacancies, follow
from linli.ground.people.terms import Role
from linli.ground.people.terms.redrawing import HeldPost, PostFate, PostsAfter
from linli.ground.territory.plan_terms import Heir


def posts_in(codes: Iterable[str], *, on: date) -> QuerySet[Appointment]:
    """List the posts held in these areas on a day or later; lazy, for this room only."""
    lasting = Q(ends_on=None) | Q(ends_on__gt=on)
    rows = Appointment.objects.filter(lasting, area__code__in=set(codes))
    return rows.select_related("person", "area").defer("area__geometry").order_by("id")


def held_post(row: Appointment) -> HeldPost:
    """Turn a row into what the rules know."""
    return HeldPost(
        appointment_id=row.pk,
        person_id=row.person_id,
        person_name=row.person.name,
        role=Role(row.role),
        organisation_id=row.organisation_id,
        area_code=row.area.code if row.area else "",
        starts_on=row.starts_on,
    )


def posts_after(
    *,
    heirs: Iterable[Heir],
    grids: Iterable[str],
    kept: Mapping[str, int],
    on: date,
    at: datetime,
) -> PostsAfter:
    """Say what would become of posts when areas pass their ground on; three statements.

    Args:
        heirs: who takes over from whom.
        grids: codes of the changed grids that are there afterwards.
        kept: appointment named to stay, by grid code.
        on: the day of the change.
        at: aware instant of asking, for shifts still to come.
    """
    handed = list(heirs)
    rows = posts_in((heir.former_code for heir in handed), on=on)
    follows = follow([held_post(row) for row in rows], handed, kept=kept)
    ending = {one.post.person_id for one in follows if one.fate is PostFate.ENDS}
    return PostsAfter(
        posts=tuple(follows),
        vacancies=tuple(find_vacancies(follows, grids)),
        shifts=_shifts_to_come(ending, at),
    )


def _shifts_to_come(person_ids: set[int], at: datetime) -> dict[int, int]:
    if not person_ids:
        return {}
    rows = DutyShift.objects.filter(account__person_id__in=person_ids, ends_at__gt=at)
    counted = rows.values_list("account__person_id").annotate(Count("id"))
    return {person_id: count for person_id, count in counted.order_by() if person_id is not None}
