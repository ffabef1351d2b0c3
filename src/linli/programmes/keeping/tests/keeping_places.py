"""A small office with a catalogue, a list of three items, two keepers and a leader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from linli.ground.people.models import Account, Organisation
from linli.ground.people.terms import Member
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.ground.territory.models import Area
from linli.programmes.keeping.services.drafting import approve_draft, begin_draft, put_change
from linli.programmes.keeping.terms import Change, DraftView, Matter, Op
from linli.spine.cases.models import Case
from linli.spine.cases.queries.catalogue import get_category
from linli.spine.cases.services.catalogue import load_standard
from linli.spine.cases.tests.catalogue_places import (
    COMMUNITY,
    GRID,
    SINCE,
    STREET,
    item,
    make_areas,
    make_units,
    publish,
)

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
DAY = date(2026, 12, 1)
ON_THE_DAY = datetime(2026, 12, 1, 0, 3, tzinfo=UTC)


@dataclass
class Desk:
    """Who drafts, who approves, and the units of the list."""

    keeper: Member
    other: Member
    leader: Member
    accounts: dict[str, Account]
    units: dict[str, Organisation]

    def begin(self, matter: Matter, *, on: date = DAY, version: str = "2026-2") -> DraftView:
        """Begin a draft."""
        return begin_draft(
            matter=matter,
            street_code=STREET,
            title="冬季调整",
            reason="除雪责任要写清",
            effective_on=on,
            version=version if matter is Matter.LIST else "",
            member=self.keeper,
            at=AT,
        )

    def revise(self, draft: DraftView, key: str, *, seen: int = 0, **fields: Any) -> DraftView:
        """Revise an entry in a draft."""
        change = Change(key=key, op=Op.REVISE, fields=fields)
        return put_change(draft_id=draft.id, change=change, seen=seen, member=self.keeper, at=AT)

    def end(self, draft: DraftView, key: str, *, successor: str = "") -> DraftView:
        """End an entry in a draft."""
        change = Change(key=key, op=Op.END, successor=successor)
        return put_change(draft_id=draft.id, change=change, seen=0, member=self.keeper, at=AT)

    def approve(self, draft: DraftView) -> DraftView:
        """Let the leader approve a draft as it is."""
        return approve_draft(
            draft_id=draft.id, seen_revision=draft.revision, member=self.leader, at=AT
        )


def make_desk() -> Desk:
    """Make the office; the list routes rubbish to the cleansing department."""
    load_standard(at=AT, effective_from=SINCE)
    make_areas()
    units = make_units()
    publish(
        item(1),
        item(2, lead="team", kind="subdistrict", title="占道", categories=("matter:06012",)),
        item(3, kind="whistle", title="联合整治", categories=("local:L01",)),
    )
    street = Area.objects.get(code=STREET)
    accounts: dict[str, Account] = {
        "keeper": AccountFactory(keeper=True, street=street),
        "other": AccountFactory(keeper=True, street=street),
        "leader": AccountFactory(street_leader=True, street=street),
        "clerk": AccountFactory(intake_clerk=True, street=street),
    }
    return Desk(
        keeper=member_of(accounts["keeper"], at=AT),
        other=member_of(accounts["other"], at=AT),
        leader=member_of(accounts["leader"], at=AT),
        accounts=accounts,
        units=units,
    )


def file_case(*, key: str = "matter:06010", days_ago: int = 1, step: str = "filing") -> Case:
    """File a case in the grid."""
    areas = {area.code: area for area in Area.objects.all()}
    at = AT - timedelta(days=days_ago)
    return Case.objects.create(
        number=f"2026-{Case.objects.count() + 1:07}",
        title="垃圾",
        text="垃圾",
        street=areas[STREET],
        community=areas[COMMUNITY],
        grid=areas[GRID],
        category_id=get_category(key).id,
        step=step,
        channel="web",
        reported_at=at,
        changed_at=at,
        due_at=None if step == "void" else at,
        closed_at=at if step == "void" else None,
    )
