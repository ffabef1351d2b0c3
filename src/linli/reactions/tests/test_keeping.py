"""Who is told of a revision, each once."""

from __future__ import annotations

import pytest

from linli.ground.kernel.errors import Refusal
from linli.ground.notices.models import Notice
from linli.ground.people.terms import Member
from linli.programmes.keeping.models import Draft
from linli.programmes.keeping.services.applying import apply_due_drafts
from linli.programmes.keeping.services.drafting import ask_approval, withdraw_draft
from linli.programmes.keeping.terms import DraftView, Matter
from linli.programmes.keeping.tests.keeping_places import AT, ON_THE_DAY, Desk, make_desk


@pytest.fixture
def desk(db: None) -> Desk:
    """Give two keepers, a leader and a clerk."""
    return make_desk()


def told(desk: Desk) -> dict[str, list[str]]:
    """List what each was told, oldest first."""
    return {
        name: list(
            Notice.objects.filter(account=account).order_by("id").values_list("kind", flat=True)
        )
        for name, account in desk.accounts.items()
    }


def drafted(desk: Desk) -> DraftView:
    return desk.revise(desk.begin(Matter.LIST), "1", lead="team")


def ask(draft: DraftView, member: Member) -> DraftView:
    return ask_approval(draft_id=draft.id, member=member, at=AT)


def test_those_who_may_approve_are_asked_once_for_each_state(desk: Desk) -> None:
    draft = ask(drafted(desk), desk.keeper)
    with pytest.raises(Refusal) as refused:
        ask(draft, desk.keeper)
    assert refused.value.code == "keeping.asked_already"
    asked = ["keeping.approval_asked"]
    assert told(desk) == {"keeper": [], "other": asked, "leader": asked, "clerk": []}
    ask(desk.revise(draft, "1", seen=1, helpers=("centre",)), desk.keeper)
    assert told(desk)["leader"] == asked * 2
    params = Notice.objects.filter(account=desk.accounts["leader"]).latest("id").params
    assert params == {"draft": draft.id, "day": "2026-12-01"}


def test_a_draft_that_can_not_be_is_not_put_before_anybody(desk: Desk) -> None:
    with pytest.raises(Refusal) as refused:
        ask(desk.begin(Matter.LIST), desk.keeper)
    assert refused.value.code == "keeping.nothing_in_it"
    assert not Notice.objects.exists()


def test_what_becomes_of_it_reaches_drafter_and_approver_once(desk: Desk) -> None:
    desk.approve(drafted(desk))
    assert told(desk)["keeper"] == ["keeping.approved"]
    assert told(desk)["leader"] == []
    assert apply_due_drafts(at=ON_THE_DAY) == 1
    assert apply_due_drafts(at=ON_THE_DAY) == 0
    assert told(desk)["keeper"] == ["keeping.approved", "keeping.applied"]
    assert told(desk)["leader"] == ["keeping.applied"]
    assert told(desk)["clerk"] == []


def test_what_could_not_take_effect_reaches_both(desk: Desk) -> None:
    draft = desk.approve(drafted(desk))
    Draft.objects.filter(id=draft.id).update(version="2026-1")
    assert apply_due_drafts(at=ON_THE_DAY) == 0
    assert apply_due_drafts(at=ON_THE_DAY) == 0
    assert told(desk)["keeper"] == ["keeping.approved", "keeping.stopped"]
    assert told(desk)["leader"] == ["keeping.stopped"]


def test_the_drafter_hears_of_a_draft_another_took_back_not_of_the_own(desk: Desk) -> None:
    withdraw_draft(draft_id=drafted(desk).id, member=desk.other, at=AT)
    withdraw_draft(draft_id=drafted(desk).id, member=desk.keeper, at=AT)
    assert told(desk)["keeper"] == ["keeping.withdrawn"]
    assert told(desk)["other"] == []
