"""Who has a case open: seen by those who may read it, and gone after a minute."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from linli.ground.people.terms import Role
from linli.spine.cases.models import Presence
from linli.spine.cases.queries.presence import list_present
from linli.spine.cases.rules.refusals import NoSuchCase
from linli.spine.cases.services.presence import be_here, forget_gone
from linli.spine.cases.terms import Step

from .factories import Office


def test_others_see_who_has_a_case_open_and_nobody_sees_themselves(office: Office) -> None:
    case_id = office.play(to=Step.DISPATCHING).case_id
    clerk, dispatcher = office[Role.INTAKE_CLERK], office[Role.DISPATCHER]
    be_here(case_id=case_id, member=clerk, at=office.at)
    be_here(case_id=case_id, member=clerk, at=office.at + timedelta(seconds=20))
    at = office.at + timedelta(seconds=70)
    [names] = list_present(case_ids=[case_id], member=dispatcher, at=at).values()
    assert names == (office.accounts[Role.INTAKE_CLERK].get_full_name(),)
    assert list_present(case_ids=[case_id], member=clerk, at=at) == {}


def test_a_minute_after_the_last_heartbeat_nobody_is_there(office: Office) -> None:
    case_id = office.play(to=Step.DISPATCHING).case_id
    be_here(case_id=case_id, member=office[Role.INTAKE_CLERK], at=office.at)
    late = office.at + timedelta(seconds=60)
    assert list_present(case_ids=[case_id], member=office[Role.DISPATCHER], at=late) == {}
    assert forget_gone(at=late) == 1
    assert not Presence.objects.exists()


def test_presence_is_neither_shown_to_nor_left_by_those_who_may_not_read(office: Office) -> None:
    case_id = office.play(to=Step.DISPATCHING).case_id
    be_here(case_id=case_id, member=office[Role.INTAKE_CLERK], at=office.at)
    handler = office[Role.HANDLER]
    assert list_present(case_ids=[case_id], member=handler, at=office.at) == {}
    with pytest.raises(NoSuchCase):
        be_here(case_id=case_id, member=handler, at=office.at)
    assert Presence.objects.count() == 1


def test_presence_is_not_written_to_the_log(office: Office) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relpersistence::text FROM pg_class WHERE oid = 'cases_presence'::regclass"
        )
        assert cursor.fetchone() == ("u",)
