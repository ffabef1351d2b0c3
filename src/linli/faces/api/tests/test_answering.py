"""The moment a report arrives it is said who answers for it, and until when."""

from __future__ import annotations

from datetime import date

import pytest

from linli.ground.people.models import Appointment, DutyDesk, Person
from linli.ground.people.terms import Basis, Role
from linli.ground.territory.tests.factories import Street
from linli.spine.cases.models import Case

from .calls import Caller, report

pytestmark = pytest.mark.django_db


def lead(street: Street, *, shows_name: bool) -> None:
    """Let somebody lead the first grid."""
    Appointment.objects.create(
        person=Person.objects.create(name="林秀英"),
        role=Role.GRID_LEADER.value,
        area_id=street.grids[0].pk,
        starts_on=date(2020, 1, 1),
        basis=Basis.ELECTED.value,
        shows_name=shows_name,
    )
    DutyDesk.objects.create(street_code=street.street.code, phone="0431-85000000")


def test_the_leader_of_the_grid_answers_with_a_phone_and_a_time(
    anybody: Caller, street: Street
) -> None:
    lead(street, shows_name=True)

    told = anybody.post("/reports", report()).json()["answerer"]

    assert (told["role"], told["name"], told["phone"]) == ("网格长", "林秀英", "0431-85000000")
    assert told["grid"] == street.grids[0].name
    assert told["until"] is not None
    assert told["words"].endswith("前答复。")
    assert "值班电话是 0431-85000000" in told["words"]
    assert "星期" in told["words"]


def test_a_leader_who_does_not_agree_is_not_named(anybody: Caller, street: Street) -> None:
    lead(street, shows_name=False)

    told = anybody.post("/reports", report()).json()["answerer"]

    assert (told["role"], told["name"]) == ("网格长", "")
    assert "林秀英" not in told["words"]


def test_without_a_leader_or_a_grid_the_centre_answers(anybody: Caller, street: Street) -> None:
    for sent in (report(), report(lon=None, lat=None, address="重庆路 8 号")):
        told = anybody.post("/reports", sent).json()["answerer"]
        assert told["role"] == "街道指挥中心"
        assert told["words"].startswith("街道指挥中心，")


def test_sent_again_later_the_same_time_is_promised(anybody: Caller, street: Street) -> None:
    lead(street, shows_name=True)
    sent = report()
    first = anybody.post("/reports", sent).json()
    Case.objects.update(due_at=None)

    assert anybody.post("/reports", sent).json() == first


def test_it_is_said_in_the_language_of_the_sender(anybody: Caller, street: Street) -> None:
    lead(street, shows_name=True)

    told = anybody.post("/reports", report(), **{"Accept-Language": "en"}).json()["answerer"]

    assert told["role"] == "Grid leader"
    assert "duty phone 0431-85000000" in told["words"]
    assert told["words"].startswith("Grid leader of ")


@pytest.mark.parametrize(("channel", "status"), [("web", 201), ("wechat", 201), ("phone", 403)])
def test_strangers_name_their_own_doors_only(
    anybody: Caller, street: Street, channel: str, status: int
) -> None:
    assert anybody.post("/reports", report(channel=channel)).status_code == status
