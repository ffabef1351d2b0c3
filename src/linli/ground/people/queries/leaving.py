"""Reads of work that hangs on somebody, of who could take it over, and of the records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.ground.kernel.marking import N_
from linli.ground.people.leaving import keepers
from linli.ground.people.models import Appointment, DutyShift, WorkHandover
from linli.ground.people.terms import HeldField, Holding, Role
from linli.ground.people.terms.leaving import (
    Leaver,
    Work,
    WorkHandoverView,
    WorkKind,
    WorkLine,
)
from linli.ground.people.terms.posts import PostView
from linli.ground.territory.terms import prefix_of

from .posts import post_view

_RELATED = (
    "appointment__person__account",
    "appointment__area",
    "appointment__organisation__area",
    "appointment__recommended_by",
    "appointment__way_in",
    "giver",
    "taker",
    "taken_by",
)


def leaver_of(post: PostView, *, on: date) -> Leaver | None:
    """Say who leaves a post, or None where nobody with an account does."""
    if post.account_id is None:
        return None
    others = in_office(on).filter(person_id=post.person_id).exclude(id=post.id)
    return Leaver(
        account_id=post.account_id,
        organisation_id=post.organisation_id,
        area_prefix=prefix_of(post.area_code) if post.area_code else "",
        is_last=not others.exists(),
    )


def list_work(leaver: Leaver, *, at: datetime) -> list[tuple[str, Work]]:
    """List the open work that hangs on a leaver, with the room that keeps it."""
    return [(room, work) for room, keeper in keepers() for work in keeper.list_work(leaver, at=at)]


def list_successors(post: PostView, *, on: date) -> list[tuple[int, str]]:
    """List who could take over: others in office at the organisation, or in the same area."""
    beside = Q(pk__in=[])
    if post.organisation_id is not None:
        beside |= Q(organisation_id=post.organisation_id)
    if post.area_id is not None:
        beside |= Q(area_id=post.area_id)
    rows = in_office(on).filter(beside, person__account__is_active=True)
    rows = rows.exclude(person_id=post.person_id).select_related("person")
    return sorted({row.person_id: row.person.name for row in rows}.items(), key=lambda one: one[1])


def in_office(on: date) -> QuerySet[Appointment]:
    """Read the posts held on a day; lazy, for this room only."""
    lasting = Q(ends_on=None) | Q(ends_on__gt=on)
    return Appointment.objects.filter(lasting, starts_on__lte=on)


def shifts_of_nobody(at: datetime) -> QuerySet[DutyShift]:
    """Read shifts to come of those who hold no post any more; lazy, for this room only."""
    held = in_office(at.date()).filter(person__account=OuterRef("account_id"))
    return DutyShift.objects.filter(~Exists(held), ends_at__gt=at)


def find_work_handover(handover_id: int) -> WorkHandoverView | None:
    """Find one record; the caller asks the right."""
    rows = WorkHandover.objects.select_related(*_RELATED).prefetch_related("lines")
    rows = rows.defer("appointment__area__geometry", "appointment__organisation__area__geometry")
    row = rows.filter(id=handover_id).first()
    return _view(row) if row else None


def list_handovers_of(appointment_id: int) -> list[int]:
    """List the records of one post, the latest first."""
    rows = WorkHandover.objects.filter(appointment_id=appointment_id)
    return list(rows.order_by("-made_at").values_list("id", flat=True))


def own_work_handovers(account_id: int, person_id: int | None) -> Iterable[Holding]:
    """Declare which work somebody handed over or took over, for `/me`."""
    rows: Iterable[WorkHandover] = ()
    if person_id is not None:
        whose = Q(giver_id=person_id) | Q(taker_id=person_id) | Q(taken_by_id=person_id)
        rows = WorkHandover.objects.filter(whose).select_related("giver", "taker")
    yield Holding(
        room="people",
        part="work_handovers",
        title=N_("工作交接"),
        purpose=N_("离岗时手上的事有人接着办。"),
        retention=N_("长期保留：说明当时由谁接办。"),
        rows=tuple(_held(row) for row in rows),
    )


def _held(row: WorkHandover) -> tuple[HeldField, ...]:
    return (
        HeldField("number", N_("记录"), row.pk),
        HeldField("giver", N_("交出人"), row.giver.name),
        HeldField("taker", N_("接办人"), row.taker.name if row.taker else ""),
        HeldField("made_at", N_("交接时间"), row.made_at),
        HeldField("given_at", N_("交出人确认"), row.given_at),
        HeldField("taken_at", N_("接办人确认"), row.taken_at),
    )


def _view(row: WorkHandover) -> WorkHandoverView:
    post = post_view(row.appointment)
    return WorkHandoverView(
        id=row.pk,
        role=Role(row.appointment.role),
        area_code=post.area_code,
        giver_id=row.giver_id,
        giver=row.giver.name,
        taker_id=row.taker_id,
        taker=row.taker.name if row.taker else "",
        made_at=row.made_at,
        lines=tuple(
            WorkLine(kind=WorkKind(line.kind), number=line.number, to_unit=line.to_unit)
            for line in sorted(row.lines.all(), key=lambda one: one.pk)
        ),
        given_at=row.given_at,
        taken_at=row.taken_at,
        taken_by=row.taken_by.name if row.taken_by else "",
    )
