"""Lists of whistles, and the year by organisation: each figure is the length of its list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext

from linli.ground.kernel.compiled import Compiled
from linli.ground.people.terms import Member
from linli.programmes.whistle.models import Call, Whistle
from linli.programmes.whistle.queries.facts import calls_visible_to, visible_to
from linli.programmes.whistle.terms import (
    KIND_LABELS,
    RUNNING,
    STEP_LABELS,
    Kind,
    Shown,
    Step,
    WhistleFilters,
    WhistlePage,
    WhistleRow,
    YearLine,
)
from linli.spine.cases.queries.words import is_english, name_of

PAGE_SIZE = 20
MOST_OF_A_CASE = 10
_RELATED = ("case", "caller_organisation", "caller_area", "street")
_SHAPES = ("caller_area__geometry", "street__geometry")
_RUNNING = Q(whistle__step__in=[step.value for step in RUNNING])
_CAME = Q(sign_in__isnull=False)
_JUDGED = Q(judgement__isnull=False)
_CHANGED = Q(judgement__settled_at__isnull=False) & (
    ~Q(judgement__responded=F("judgement__final_responded"))
    | ~Q(judgement__did_part=F("judgement__final_did_part"))
    | Q(judgement__in_time=True, judgement__final_in_time=False)
    | Q(judgement__in_time=False, judgement__final_in_time=True)
)
# Which calls each figure counts; its list is filtered by the very same condition.
COUNTED: Mapping[Shown, Q] = MappingProxyType(
    {
        Shown.CALLED: Q(),
        Shown.UNDER_WAY: _RUNNING & ~_CAME,
        Shown.CAME: _CAME,
        Shown.ABSENT: ~_CAME & ~_RUNNING,
        Shown.TIMED: _CAME & Q(is_timed=True),
        Shown.IN_TIME: _CAME & Q(is_late=False),
        Shown.LATE: _CAME & Q(is_late=True),
        Shown.JUDGED: _JUDGED,
        Shown.RESPONDED: Q(judgement__final_responded=True),
        Shown.JUDGED_TIMED: _JUDGED & Q(judgement__final_in_time__isnull=False),
        Shown.JUDGED_IN_TIME: Q(judgement__final_in_time=True),
        Shown.DID_PART: Q(judgement__final_did_part=True),
        Shown.DISPUTED: Q(disputes=True),
        Shown.CHANGED: _CHANGED,
    }
)


def list_whistles(*, member: Member, filters: WhistleFilters) -> WhistlePage:
    """List the whistles a member may read, newest first."""
    rows = _filtered(member, filters)
    total, page = rows.count(), max(1, min(filters.page, 10_000))
    return WhistlePage(
        rows=tuple(_rows(rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])),
        total=total,
        page=page,
        page_size=PAGE_SIZE,
    )


def all_whistles(*, member: Member, filters: WhistleFilters, most: int) -> list[WhistleRow]:
    """List at most so many of the whistles that fit the filters, without pages."""
    return _rows(_filtered(member, filters)[:most])


def count_whistles(*, member: Member, filters: WhistleFilters) -> int:
    """Count the whistles that fit the filters."""
    return _filtered(member, filters).count()


def list_whistles_of_case(*, case_id: UUID, member: Member) -> list[WhistleRow]:
    """List the whistles blown for a case that the member may read, newest first."""
    ids = _OF_CASE.rows(case_id=case_id)
    if not ids:
        return []
    rows = _ordered(Whistle.objects.filter(visible_to(member), id__in=ids))
    return _rows(rows[:MOST_OF_A_CASE])


_OF_CASE = Compiled(
    lambda case_id: Whistle.objects.filter(case_id=case_id).values_list("id", flat=True)
)


def list_years(*, member: Member) -> list[int]:
    """List the years in which somebody was called, newest first."""
    rows = Call.objects.filter(calls_visible_to(member))
    zone = ZoneInfo(settings.TIME_ZONE)
    found = rows.datetimes("whistle__blown_at", "year", order="DESC", tzinfo=zone)
    return [one.year for one in found]


def list_year(*, member: Member, year: int) -> list[YearLine]:
    """Count a year by organisation, by name; cancelled whistles count nowhere.

    Those who are called see only their own line.
    """
    rows = Call.objects.filter(calls_visible_to(member), _counted_in(year))
    named = rows.values("organisation_id", "organisation__name", "organisation__name_en")
    counts = {
        f"n_{shown.value}": Count("pk", filter=wanted) if wanted else Count("pk")
        for shown, wanted in COUNTED.items()
    }
    found = named.annotate(n_untimed=Count("pk", filter=Q(is_timed=False)), **counts)
    by_name = "organisation__name_en" if is_english() else "organisation__name"
    return [_line(one) for one in found.order_by(by_name, "organisation_id")]


def year_of(at: datetime) -> int:
    """Say which year it is on the clock of the house."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).year


def _line(one: Mapping[str, object]) -> YearLine:
    def count(shown: Shown) -> int:
        return int(str(one[f"n_{shown.value}"]))

    is_timed = count(Shown.CALLED) > int(str(one["n_untimed"]))
    english = str(one["organisation__name_en"]) if is_english() else ""
    return YearLine(
        organisation_id=int(str(one["organisation_id"])),
        name=english or str(one["organisation__name"]),
        is_timed=is_timed,
        called=count(Shown.CALLED),
        under_way=count(Shown.UNDER_WAY),
        came=count(Shown.CAME),
        absent=count(Shown.ABSENT),
        timed=count(Shown.TIMED) if is_timed else None,
        in_time=count(Shown.IN_TIME) if is_timed else None,
        late=count(Shown.LATE) if is_timed else None,
        judged=count(Shown.JUDGED),
        responded=count(Shown.RESPONDED),
        judged_timed=count(Shown.JUDGED_TIMED) if is_timed else None,
        judged_in_time=count(Shown.JUDGED_IN_TIME) if is_timed else None,
        did_part=count(Shown.DID_PART),
        disputed=count(Shown.DISPUTED),
        changed=count(Shown.CHANGED),
    )


def _counted_in(year: int) -> Q:
    zone = ZoneInfo(settings.TIME_ZONE)
    starts, ends = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    inside = Q(whistle__blown_at__gte=starts, whistle__blown_at__lt=ends)
    return inside & ~Q(whistle__step=Step.CANCELLED.value)


def _filtered(member: Member, filters: WhistleFilters) -> QuerySet[Whistle]:
    rows = Whistle.objects.filter(visible_to(member))
    if filters.kind is not None:
        rows = rows.filter(kind=filters.kind.value)
    if filters.step is not None:
        rows = rows.filter(step=filters.step.value)
    if filters.year is not None or filters.organisation_id is not None or filters.shown is not None:
        rows = rows.filter(pk__in=_calls(member, filters).values("whistle_id"))
    return _ordered(rows)


def _calls(member: Member, filters: WhistleFilters) -> QuerySet[Call]:
    calls = Call.objects.filter(calls_visible_to(member))
    if filters.year is not None:
        calls = calls.filter(_counted_in(filters.year))
    if filters.organisation_id is not None:
        calls = calls.filter(organisation_id=filters.organisation_id)
    if filters.shown is not None:
        calls = calls.filter(COUNTED[filters.shown])
    return calls


def _ordered(rows: QuerySet[Whistle]) -> QuerySet[Whistle]:
    counted = rows.select_related(*_RELATED).defer(*_SHAPES)
    return counted.order_by("-blown_at", "-id")


def _rows(rows: QuerySet[Whistle]) -> list[WhistleRow]:
    found = list(rows)
    if not found:
        return []
    calls: dict[UUID, list[Call]] = {one.id: [] for one in found}
    for call in Call.objects.filter(whistle_id__in=calls).select_related("organisation", "sign_in"):
        calls[call.whistle_id].append(call)
    return [_row(one, calls[one.id]) for one in found]


def _row(one: Whistle, calls: list[Call]) -> WhistleRow:
    kind, step = Kind(one.kind), Step(one.step)
    lead = next((call.organisation for call in calls if call.is_lead), None)
    return WhistleRow(
        number=one.number,
        kind=kind,
        kind_label=gettext(KIND_LABELS[kind]),
        step=step,
        step_label=gettext(STEP_LABELS[step]),
        title=one.title,
        address=one.address,
        caller_name=name_of(one.caller_organisation or one.caller_area or one.street),
        blown_at=one.blown_at,
        arrive_by=one.arrive_by,
        due_at=one.due_at,
        case_number=one.case.number if one.case else "",
        called=len(calls),
        came=sum(getattr(call, "sign_in", None) is not None for call in calls),
        late=sum(call.is_late is True for call in calls),
        lead_name=name_of(lead),
    )
