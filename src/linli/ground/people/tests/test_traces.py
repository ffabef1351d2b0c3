"""Members see what is kept of their own searches and looks, and for how long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from linli.ground.kernel.searches import forget_searches, record_search
from linli.ground.kernel.services import record_look
from linli.ground.kernel.terms import Subject
from linli.ground.people.models import Account
from linli.ground.people.terms import LookPurpose
from linli.ground.people.traces import list_own_traces

from .factories import AccountFactory, member_of

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
def clerk() -> Account:
    """Give a clerk who searched and opened somebody's contact."""
    account = AccountFactory(intake_clerk=True)
    actor = member_of(account).actor(role=member_of(account).roles[0])
    record_search(actor=actor, street_code="", kinds=["people"], words="王示例", at=AT)
    record_look(
        actor=actor,
        subject=Subject(kind="people.Person", id="1"),
        person_id=None,
        fields=["phone"],
        purpose=LookPurpose.SERVICE.value,
        reason="回电核实",
        at=AT,
    )
    return account


def test_own_searches_and_looks_stand_on_the_page(clerk: Account) -> None:
    client = Client()
    client.force_login(clerk)
    page = client.get("/me").content.decode()
    for word in ("您查询过什么", "王示例", "九十天后清空", "您看过谁的资料", "回电核实"):
        assert word in page


def test_nobody_sees_those_of_another(clerk: Account) -> None:
    other = AccountFactory(intake_clerk=True)
    assert list(list_own_traces(other.pk, None)) == []
    assert len(list(list_own_traces(clerk.pk, None))) == 2


def test_words_are_gone_after_their_term_and_the_line_stays(clerk: Account) -> None:
    forget_searches(at=AT + timedelta(days=91))
    searches, _looks = list_own_traces(clerk.pk, None)
    values = {field.name: field.value for field in searches.rows[0]}
    assert (values["words"], values["at"]) == ("", AT)
