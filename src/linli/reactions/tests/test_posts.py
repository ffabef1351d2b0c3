"""Who is told when a post is given, prolonged or ended, and when somebody stands in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.ground.notices.models import Notice
from linli.ground.people.models import Account, Appointment
from linli.ground.people.services.posts import end_post, fill_post, prolong_post
from linli.ground.people.services.stand_ins import end_stand_in, name_stand_in
from linli.ground.people.terms import Basis, Role
from linli.ground.people.terms.posts import AwayReason, EndReason, NewPost
from linli.ground.people.tests.factories import NOW, AccountFactory, member_of
from linli.ground.territory.tests.factories import AreaFactory

pytestmark = pytest.mark.django_db
FIRST, BACK = date(2026, 11, 22), date(2026, 11, 29)


def told(account: Account) -> list[str]:
    return list(
        Notice.objects.filter(account=account).order_by("id").values_list("kind", flat=True)
    )


def test_the_holder_is_told_of_the_whole_life_of_a_post() -> None:
    street = AreaFactory()
    grid = AreaFactory(grid=True, code=f"{street.code[:9]}001001")
    keeper, holder = member_of(AccountFactory(keeper=True, street=street)), AccountFactory()
    post = fill_post(
        said=NewPost(
            person_id=holder.person_id or 0,
            role=Role.GRID_LEADER,
            area_id=grid.pk,
            starts_on=FIRST,
            ends_on=date(2028, 1, 1),
            basis=Basis.APPOINTED,
        ),
        member=keeper,
        at=NOW,
    )
    prolong_post(appointment_id=post, ends_on=date(2029, 1, 1), member=keeper, at=NOW)
    end_post(appointment_id=post, reason=EndReason.MOVED, note="", member=keeper, at=NOW)
    assert told(holder) == ["posts.given", "posts.prolonged", "posts.ended"]


def test_both_are_told_of_a_stand_in() -> None:
    street = AreaFactory()
    keeper = member_of(AccountFactory(keeper=True, street=street))
    absent = AccountFactory(shift_leader=True, street=street)
    acting = AccountFactory()
    stand_in = name_stand_in(
        appointment_id=Appointment.objects.get(person=absent.person).pk,
        person_id=acting.person_id or 0,
        starts_on=FIRST,
        ends_on=BACK,
        reason=AwayReason.LEAVE,
        member=keeper,
        at=NOW,
    )
    assert (told(absent), told(acting)) == (["posts.stood_in_for"], ["posts.stand_in"])
    end_stand_in(stand_in_id=stand_in, member=keeper, at=NOW + timedelta(days=1))
    assert told(absent)[1:] == told(acting)[1:] == ["posts.stand_in_ended"]
