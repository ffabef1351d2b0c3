"""Several cases dispatched at once: each by itself, nothing lost, nothing twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import OrganisationFactory
from linli.spine.cases.models import Assignment, Case
from linli.spine.cases.queries.waiting import (
    NO_ITEM,
    NOBODY_TO_PROPOSE,
    RULING_NEEDED,
    find_waiting,
    list_waiting,
)
from linli.spine.cases.services.bulk import Answer, Order, dispatch_each
from linli.spine.cases.services.catalogue import touch_catalogue
from linli.spine.cases.terms import ActionName, CaseFilters, Reported, Step

from .factories import CategoryFactory, Office


def order(office: Office, reported: Reported, **changes: object) -> Order:
    version = Case.objects.values_list("version", flat=True).get(id=reported.case_id)
    given = {"case_id": reported.case_id, "seen_version": version, "lead_id": office.lead.pk}
    return Order(**(given | changes))  # type: ignore[arg-type]


def codes(answers: tuple[Answer, ...]) -> list[str]:
    return [one.refusal.code if one.refusal else "" for one in answers]


def test_one_refused_does_not_hold_up_the_others(office: Office) -> None:
    first, second, third = (office.play(to=Step.DISPATCHING) for _ in range(3))
    orders = [order(office, one) for one in (first, second, third)]
    office.step_on(second.case_id, ActionName.DISPATCH)
    answers = dispatch_each(orders=orders, member=office[Role.SHIFT_LEADER], at=office.tick())
    assert codes(answers) == ["", "cases.already_done", ""]
    told = answers[1].refusal
    assert told is not None
    assert office.accounts[Role.DISPATCHER].get_full_name() in told.words()
    assert Assignment.objects.filter(duty="lead").count() == 3


def test_a_proposal_that_changed_since_is_not_followed_blindly(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    seen = order(office, reported, lead_id=office.other.pk)
    member, at = office[Role.DISPATCHER], office.tick()
    assert codes(dispatch_each(orders=[seen], member=member, at=at)) == ["cases.proposal_changed"]
    chosen = order(office, reported, lead_id=office.other.pk, is_chosen=True)
    assert codes(dispatch_each(orders=[chosen], member=member, at=at)) == [""]
    assert Assignment.objects.get(duty="lead").organisation_id == office.other.pk


def test_who_may_not_dispatch_is_refused_each_time(office: Office) -> None:
    orders = [order(office, office.play(to=Step.DISPATCHING)) for _ in range(2)]
    answers = dispatch_each(orders=orders, member=office[Role.VERIFIER], at=office.tick())
    assert codes(answers) == ["cases.not_your_turn"] * 2
    assert not Assignment.objects.filter(duty="lead").exists()


def test_what_has_no_item_or_needs_a_ruling_says_so(office: Office) -> None:
    returned = office.play(to=Step.ACCEPTING)
    office.step_on(returned.case_id, ActionName.RETURN)
    plain = office.play(to=Step.DISPATCHING)
    unlisted = office.play(to=Step.DISPATCHING)
    Case.objects.filter(id=unlisted.case_id).update(category=CategoryFactory(major_code="99"))
    touch_catalogue(at=office.at)
    found = list_waiting(member=office[Role.DISPATCHER], filters=CaseFilters(), at=office.at)
    told = {one.row.number: one.obstacle for one in found.cases}
    assert told[returned.number] == RULING_NEEDED
    assert told[plain.number] == ""
    assert told[unlisted.number] == NOBODY_TO_PROPOSE
    OrganisationFactory(kind="centre")
    [again] = find_waiting(member=office[Role.DISPATCHER], numbers=[unlisted.number], at=office.at)
    assert again.obstacle == NO_ITEM


def test_a_handler_finds_nothing_waiting(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    handler = office[Role.HANDLER]
    assert list_waiting(member=handler, filters=CaseFilters(), at=office.at).total == 0
    assert find_waiting(member=handler, numbers=[reported.number], at=office.at) == ()


@pytest.mark.django_db(transaction=True)
def test_two_dispatchers_with_the_same_cases_share_them_without_loss(office: Office) -> None:
    orders = [order(office, office.play(to=Step.DISPATCHING)) for _ in range(3)]
    members = [office[Role.DISPATCHER], office[Role.SHIFT_LEADER]]
    at, ready = office.tick(), Barrier(2)

    def run(who: int) -> tuple[Answer, ...]:
        ready.wait(timeout=10)
        try:
            return dispatch_each(orders=orders, member=members[who], at=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        one, two = pool.map(run, range(2))
    pairs = [sorted(pair) for pair in zip(codes(one), codes(two), strict=True)]
    assert pairs == [["", "cases.already_done"]] * 3
    assert Assignment.objects.filter(duty="lead").count() == 3
