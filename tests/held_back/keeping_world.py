"""What keeping leaves to be seen: drafts of list and calendar, a parent list, a return."""

from __future__ import annotations

from datetime import timedelta

from linli.ground.people.terms import Role
from linli.programmes.keeping.models import ParentStance, ParentVersion
from linli.programmes.keeping.services.drafting import begin_draft, put_change
from linli.programmes.keeping.services.parents import enter_parent_items
from linli.programmes.keeping.terms import (
    HOURS_KEY,
    Change,
    Decision,
    DraftView,
    Matter,
    Op,
    ParentItem,
)
from linli.programmes.returns.models import Mapping, ReturnFigure
from linli.programmes.returns.tests.factories import Returning

from .world import World


def plant_drafts(world: World) -> None:
    """Leave drafts, a change in one of them, and something said about the parent list."""
    at, keeper = world.office.at, world.office[Role.KEEPER]
    world.ids["revision_id"] = _begin(world, Matter.LIST, version="2027-1").id
    calendar = _begin(world, Matter.CALENDAR)
    world.ids["calendar_draft_id"] = calendar.id
    hours = Change(key=HOURS_KEY, op=Op.REVISE, fields={"hours": ("09:00-17:00",)})
    put_change(draft_id=calendar.id, change=hours, seen=0, member=keeper, at=at)
    enter_parent_items(
        version="2026",
        source="省级母清单",
        effective_from=at.date(),
        items=[ParentItem(parent_no="99", title="共享单车停放秩序")],
        actor=keeper.actor(role=Role.KEEPER),
        at=at,
    )
    ParentStance.objects.create(
        street_code=world.office.place.street.code,
        listed=ParentVersion.objects.get(version="2026"),
        parent_no="99",
        decision=Decision.KEPT.value,
        reason="本街道没有",
        decided_by_id=keeper.account_id,
        decided_at=at,
    )


def plant_returns(world: World) -> None:
    """Leave a form of the office above with its cells mapped, and filled in once."""
    desk = Returning(office=world.office)
    form_id = desk.mapped()
    return_id = desk.fill(form_id, who="shift")
    world.ids |= {
        "form_id": form_id,
        "mapping_id": Mapping.objects.filter(version__form_id=form_id).earliest("id").pk,
        "return_id": return_id,
        "figure_id": ReturnFigure.objects.filter(filled_id=return_id).earliest("id").pk,
    }


def _begin(world: World, matter: Matter, *, version: str = "") -> DraftView:
    return begin_draft(
        matter=matter,
        street_code=world.office.place.street.code,
        title="冬季调整",
        reason="除雪责任要写清",
        version=version,
        effective_on=(world.office.at + timedelta(days=30)).date(),
        member=world.office[Role.KEEPER],
        at=world.office.at,
    )
