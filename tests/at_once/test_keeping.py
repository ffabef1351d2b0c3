"""Two people write into one draft, approve it or withdraw it at the same moment."""

from __future__ import annotations

from datetime import timedelta

from linli.ground.people.terms import Member, Role
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.programmes.keeping.models import Draft, DraftChange
from linli.programmes.keeping.services.applying import apply_draft
from linli.programmes.keeping.services.drafting import (
    approve_draft,
    begin_draft,
    put_change,
    withdraw_draft,
)
from linli.programmes.keeping.terms import Change, DraftView, Matter, Op
from linli.spine.cases.models import ResponsibilityList
from linli.spine.cases.tests.factories import Office

from .meeting import DONE, overlap


def begin(office: Office, version: str = "2027-1") -> DraftView:
    """Begin a draft of the list."""
    return begin_draft(
        matter=Matter.LIST,
        street_code=office.place.street.code,
        title="冬季调整",
        reason="除雪责任要写清",
        version=version,
        effective_on=(office.at + timedelta(days=2)).date(),
        member=office[Role.KEEPER],
        at=office.tick(),
    )


def write(office: Office, draft: DraftView, member: Member, **fields: str) -> None:
    """Write into the first item, never having seen it changed."""
    change = Change(key="37", op=Op.REVISE, fields=fields)
    put_change(draft_id=draft.id, change=change, seen=0, member=member, at=office.at)


def member(office: Office, **post: bool) -> Member:
    """Give somebody else of the street office."""
    account = AccountFactory(street=office.place.street, **post)
    return member_of(account, at=office.at)


def test_two_write_one_item_and_the_later_is_told(office: Office) -> None:
    draft, first, second = begin(office), office[Role.KEEPER], member(office, keeper=True)
    outcome = overlap(
        lambda: write(office, draft, first, title="环境保洁"),
        lambda: write(office, draft, second, basis="条例"),
    )
    assert outcome == (DONE, "keeping.changed_meanwhile")
    assert DraftChange.objects.get().fields == {"title": "环境保洁"}


def test_what_is_approved_while_somebody_writes_is_not_what_was_seen(office: Office) -> None:
    draft, leader = begin(office), member(office, street_leader=True)
    write(office, draft, office[Role.KEEPER], title="环境保洁")
    seen = Draft.objects.get().revision
    change = Change(key="37", op=Op.REVISE, fields={"basis": "条例"})
    at = office.tick()
    _written, outcome = overlap(
        lambda: (
            put_change(
                draft_id=draft.id, change=change, seen=1, member=office[Role.KEEPER], at=at
            ).revision
        ),
        lambda: approve_draft(draft_id=draft.id, seen_revision=seen, member=leader, at=at),
    )
    assert outcome == "keeping.draft_changed_meanwhile"


def test_a_draft_takes_effect_once_or_is_withdrawn_before(office: Office) -> None:
    draft, leader = begin(office), member(office, street_leader=True)
    write(office, draft, office[Role.KEEPER], title="环境保洁")
    seen = Draft.objects.get().revision
    approve_draft(draft_id=draft.id, seen_revision=seen, member=leader, at=office.tick())
    day = office.at + timedelta(days=3)
    assert overlap(
        lambda: apply_draft(draft_id=draft.id, at=day),
        lambda: apply_draft(draft_id=draft.id, at=day),
    ) == (True, False)
    assert ResponsibilityList.objects.filter(version="2027-1").count() == 1


def test_a_withdrawn_draft_does_not_take_effect(office: Office) -> None:
    draft, leader = begin(office), member(office, street_leader=True)
    write(office, draft, office[Role.KEEPER], title="环境保洁")
    seen = Draft.objects.get().revision
    approve_draft(draft_id=draft.id, seen_revision=seen, member=leader, at=office.tick())
    day = office.at + timedelta(days=3)
    outcome = overlap(
        lambda: withdraw_draft(draft_id=draft.id, member=leader, at=office.at),
        lambda: apply_draft(draft_id=draft.id, at=day),
    )
    assert outcome == (DONE, False)
    assert not ResponsibilityList.objects.filter(version="2027-1").exists()
