"""Every address of the desk refuses whoever has no right to it, and says which posts have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from linli.faces.desk import access
from linli.faces.desk.access import rights_for
from linli.ground.people.terms import Member, Post, Role

from .addresses import Address, list_addresses
from .test_addresses import told
from .visitors import Visitor, is_entitled
from .walking import NOT_SO, Said

# Who has no right to these hears that there is nothing, as of any other number.
SAYS_NOTHING = ("desk:recording",)


def at_the_desk(said: list[Said]) -> Iterator[Said]:
    """Give what was answered at the desk to what its addresses take."""
    for one in said:
        if one.address.name.startswith("desk:") and one.status != NOT_SO:
            yield one


def test_every_address_of_the_desk_says_which_right_opens_it() -> None:
    without = {
        one.name
        for one in list_addresses()
        if one.name.startswith("desk:") and not rights_for(one.view)
    }
    assert without == set(SAYS_NOTHING)


def test_strangers_are_led_to_sign_in(said: list[Said]) -> None:
    strangers = [one for one in at_the_desk(said) if one.visitor.role is None]
    wrong = [
        told(one)
        for one in strangers
        if not one.leads_to_sign_in and one.address.name not in SAYS_NOTHING
    ]
    assert wrong == []
    assert {one.address.name for one in strangers} == {
        one.name for one in list_addresses() if one.name.startswith("desk:")
    }


def test_whose_posts_do_not_give_the_right_are_told_which_do(said: list[Said]) -> None:
    wrong = [
        told(one)
        for one in at_the_desk(said)
        if one.visitor.role is not None
        and not is_entitled(one.visitor, one.address)
        and one.address.name not in SAYS_NOTHING
        and (one.status, one.is_refused_page) != (403, True)
    ]
    assert wrong == []


def test_no_page_of_the_desk_is_begun_for_a_post_without_its_rights(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Every post stands at every gate: nothing but the refusal is made, no table is read."""
    monkeypatch.setattr(access, "render", lambda *_, status: HttpResponse(status=status))
    answers = Counter(
        knock(role, address)
        for address in list_addresses()
        if address.name.startswith("desk:") and rights_for(address.view)
        for role in Role
        if not is_entitled(Visitor(role.value, Client(), role), address)
    )
    assert set(answers) == {403}
    assert answers[403] > len(Role)


def knock(role: Role, address: Address) -> int:
    """Come to the gate of an address with one post, by the way it takes."""
    member = Member(account_id=1, person_id=1, login="", name="", language="", appointments=())
    if role is not Role.RESIDENT:
        member = replace(member, appointments=(Post(appointment_id=1, role=role),))
    for made in (RequestFactory().get("/"), RequestFactory().post("/")):
        vars(made)["member"] = member
        answer = address.view(made, **dict.fromkeys(address.gaps, ""))
        if answer.status_code != NOT_SO:
            break
    return int(answer.status_code)


def test_what_says_nothing_says_it_to_all_without_the_right(said: list[Said]) -> None:
    heard = [one for one in at_the_desk(said) if one.address.name in SAYS_NOTHING]
    reached = {one.visitor.name for one in heard if one.status != 404}
    assert reached == {Role.INTAKE_CLERK.value}


def test_each_role_is_let_in_and_kept_out_somewhere(said: list[Said]) -> None:
    let_in = {one.visitor.role for one in at_the_desk(said) if one.is_reached}
    kept_out = {one.visitor.role for one in at_the_desk(said) if one.is_refused_page}
    assert let_in == set(Role) - {Role.RESIDENT}
    assert kept_out == set(Role)


def test_those_of_elsewhere_reach_no_case(said: list[Said]) -> None:
    wrong = [
        told(one)
        for one in at_the_desk(said)
        if not one.visitor.is_here
        and one.address.name in ("desk:case", "desk:case_pdf", "desk:slip", "desk:act")
        and one.status != 403
    ]
    assert wrong == []
