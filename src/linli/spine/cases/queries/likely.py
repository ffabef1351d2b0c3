"""Cases that may tell of the same matter: near by in place and time, or alike in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from math import cos, hypot, radians
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from linli.ground.kernel.compiled import Compiled
from linli.ground.people.rules import reach
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member, Scope
from linli.ground.territory.locator import serial_now
from linli.spine.cases.models import Case
from linli.spine.cases.queries.gathering import first_photos
from linli.spine.cases.queries.scope import within
from linli.spine.cases.queries.settings import get_policy
from linli.spine.cases.queries.words import name_of, shown_title
from linli.spine.cases.rules.cells import METRES_PER_DEGREE
from linli.spine.cases.rules.clocks import Policy
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.rules.similarity import ALIKE, bigrams, likeness
from linli.spine.cases.terms import (
    CHANNEL_LABELS,
    OPEN_STEPS,
    STEP_LABELS,
    Channel,
    Step,
)

DAYS_ALIKE = 3
MOST_LOOKED_AT = 300
MOST_SHOWN = 4
MOST_KEPT = 256


@dataclass(frozen=True, kw_only=True)
class LikelyDuplicate:
    """An open case that may be the same matter; `percent` says how alike the words are.

    `distance_m` is empty where one of the two has no place.
    """

    id: UUID
    number: str
    title: str
    text: str
    category_name: str
    step_label: str
    channel_label: str
    original_number: str
    address: str
    reported_at: datetime
    distance_m: int | None
    percent: int
    is_first: bool
    photo_ids: tuple[UUID, ...]


def list_likely_duplicates(*, case_id: UUID, member: Member) -> list[LikelyDuplicate]:
    """List open cases that may be the same matter as this one, the likeliest first.

    Same kind and category, as near in place and time as the sub-district sets; or, within three
    days in the same community or where one has no place, words alike by pairs of characters. Three
    statements and photos.
    """
    case = _OWN.rows(case_id=case_id)[0]
    if Step(case.step) not in OPEN_STEPS:
        return []
    own = bigrams(f"{case.title} {case.text}")
    compared = (
        (one, _metres(case, one), likeness(own, bigrams(f"{one.title} {one.text}")))
        for one in _candidates(case, member)
    )
    policy = get_policy(case.street_id)
    found = [three for three in compared if three[2] >= ALIKE or _is_near(case, *three[:2], policy)]
    radius_m = policy.duplicate_radius_m
    found.sort(key=lambda three: -three[2] - (three[1] is not None and three[1] <= radius_m))
    shown = found[:MOST_SHOWN]
    ids = [one.id for one, _, _ in shown]
    rows = {row.id: row for row in _FOUND.rows(ids=ids)} if ids else {}
    photos = first_photos(ids)
    return [
        _view(case, rows[one.id], metres, alike, photos)
        for one, metres, alike in shown
        if one.id in rows
    ]


_COMPARED = (
    "step",
    "kind",
    "title",
    "text",
    "category",
    "street",
    "community",
    "lon",
    "lat",
    "reported_at",
    "about_organisation",
)

_SHOWN = (
    *("number", "title", "text", "step", "channel", "original_number", "address", "reported_at"),
    *("category__name", "category__name_en"),
)


_OWN = Compiled(lambda case_id: Case.objects.only(*_COMPARED).filter(id=case_id))
_FOUND = Compiled(
    lambda ids: Case.objects.select_related("category").only(*_SHOWN).filter(id__among_ids=ids)
)


class _Candidate(NamedTuple):
    """What of each case near by is compared; hundreds are, and few are shown."""

    id: UUID
    title: str
    text: str
    category_id: int | None
    lon: float | None
    lat: float | None
    reported_at: datetime


def _candidates(case: Case, member: Member) -> Iterator[_Candidate]:
    span = timedelta(days=DAYS_ALIKE)
    alike = {
        "street_id": case.street_id,
        "kind": case.kind,
        "about_organisation_id": case.about_organisation_id,
        "community_id": case.community_id,
    }
    given = {name: value for name, value in alike.items() if value is not None}
    rows = _near_by(reach(member, Right.CASE_READ), serial_now(), tuple(given)).rows(
        **given,
        case_id=case.id,
        since=case.reported_at - span,
        until=case.reported_at + span,
    )
    yield from map(_Candidate._make, rows)


@lru_cache(maxsize=MOST_KEPT)
def _near_by(scope: Scope, _serial: int, given: tuple[str, ...]) -> Compiled[tuple[object, ...]]:
    return Compiled(lambda **values: _alike(scope, **values))


def _alike(
    scope: Scope,
    *,
    case_id: UUID,
    since: datetime,
    until: datetime,
    community_id: int | None = None,
    about_organisation_id: int | None = None,
    **same: object,
) -> QuerySet[Case, tuple[object, ...]]:
    rows = Case.objects.filter(
        within(scope),
        **same,
        about_organisation_id=about_organisation_id,
        step__in=[step.value for step in OPEN_STEPS],
        reported_at__gt=since,
        reported_at__lt=until,
    ).exclude(id=case_id)
    if community_id is not None:
        rows = rows.filter(Q(community_id=community_id) | Q(community=None))
    listed = rows.order_by("-reported_at").values_list(*_Candidate._fields)
    return listed[:MOST_LOOKED_AT]


def _is_near(case: Case, other: _Candidate, metres: float | None, policy: Policy) -> bool:
    same = case.category_id == other.category_id or None in (case.category_id, other.category_id)
    apart = abs(case.reported_at - other.reported_at)
    near = metres is not None and metres <= policy.duplicate_radius_m
    return near and same and apart <= timedelta(hours=policy.duplicate_hours)


def _metres(case: Case, other: _Candidate) -> float | None:
    if case.lon is None or case.lat is None or other.lon is None or other.lat is None:
        return None
    east = (case.lon - other.lon) * cos(radians(case.lat))
    return hypot(east, case.lat - other.lat) * METRES_PER_DEGREE


def _view(
    case: Case,
    other: Case,
    metres: float | None,
    alike: float,
    photos: dict[UUID, tuple[UUID, ...]],
) -> LikelyDuplicate:
    return LikelyDuplicate(
        id=other.id,
        number=other.number,
        title=shown_title(other.title, category=name_of(other.category)),
        text=mask_numbers(other.text),
        category_name=name_of(other.category),
        step_label=gettext(STEP_LABELS[Step(other.step)]),
        channel_label=gettext(CHANNEL_LABELS[Channel(other.channel)]),
        original_number=other.original_number,
        address=mask_numbers(other.address),
        reported_at=other.reported_at,
        distance_m=round(metres) if metres is not None else None,
        percent=round(alike * 100),
        is_first=other.reported_at < case.reported_at,
        photo_ids=photos.get(other.id, ()),
    )
