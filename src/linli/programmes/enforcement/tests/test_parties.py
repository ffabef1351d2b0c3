"""Who sees what: parties, publication, the roster."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers

from linli.ground.kernel.models import EventText, Look
from linli.programmes.enforcement.models import Party, Secondment
from linli.programmes.enforcement.queries.operations import (
    get_operation,
    list_operations,
    may_see_evidence,
)
from linli.programmes.enforcement.queries.public import (
    is_public_photo,
    list_published,
    public_operation,
)
from linli.programmes.enforcement.queries.replay import live_state, replayed_state
from linli.programmes.enforcement.queries.roster import list_roster, list_teams
from linli.programmes.enforcement.rules.refusals import (
    NoSuchOperation,
    OperationRefused,
    UnableToSecond,
)
from linli.programmes.enforcement.services.parties import erase_parties, open_party
from linli.programmes.enforcement.services.roster import second
from linli.programmes.enforcement.terms import (
    ActionName,
    SecondmentInput,
    Stage,
    Step,
)

from .factories import (
    SECRET_NAME,
    SECRET_PHONE,
    SECRET_PLATE,
    SINCE,
    STALL,
    Team,
    line_of,
)

SECRETS = (SECRET_NAME, SECRET_PLATE, SECRET_PHONE)


@pytest.mark.parametrize("secret", [SECRET_NAME, "吉acanary9", "139 1234 0987"])
def test_the_public_text_names_nobody(team: Team, secret: str) -> None:
    view = team.play(to=Step.PUBLISHING)
    with pytest.raises(OperationRefused, match="names_somebody"):
        team.act(view.id, ActionName.PUBLISH, "leader", summary=f"对{secret}进行疏导")


def test_a_published_result_is_open_and_masked_and_can_be_withdrawn(team: Team) -> None:
    view = team.play(to=Step.PUBLISHING)
    after = next(one.photo_id for one in view.evidence if one.stage is Stage.AFTER)
    before = next(one.photo_id for one in view.evidence if one.stage is Stage.BEFORE)
    with pytest.raises(OperationRefused, match="photo_unfit"):
        team.act(
            view.id, ActionName.PUBLISH, "leader", summary="办好了", public_photo_ids=(before,)
        )
    given = {"summary": "疏导摊位一处。", "public_photo_ids": (after,)}
    team.act(view.id, ActionName.PUBLISH, "leader", **given)
    shown = public_operation(number=view.number)
    assert not [secret for secret in SECRETS if secret in repr(shown)]
    assert STALL.mark not in repr(shown)
    people = [account.person for account in team.accounts.values()]
    assert not [one for one in people if one is not None and one.name in repr(shown)]
    assert (is_public_photo(after), is_public_photo(before)) == (True, False)
    assert [(one.label, one.count) for one in shown.measures] == [("疏导到允许地点", 1)]
    team.act(view.id, ActionName.WITHDRAW, "leader", note="复议撤销")
    assert list_published() == []
    assert not is_public_photo(after)
    with pytest.raises(NoSuchOperation):
        public_operation(number=view.number)


def test_an_operation_is_seen_by_team_street_and_home_departments_only(team: Team) -> None:
    view = team.play(to=Step.NOTICING)
    for who in ("urban", "leader", "shift", "home"):
        assert get_operation(operation_id=view.id, member=team[who], at=team.at).id == view.id
        assert list_operations(member=team[who]).total == 1
    for who in ("stranger", "verifier", "resident"):
        with pytest.raises(NoSuchOperation):
            get_operation(operation_id=view.id, member=team[who], at=team.at)
        assert list_operations(member=team[who]).total == 0


def test_a_party_is_opened_with_a_reason_and_a_trace(team: Team) -> None:
    view = team.play(to=Step.GATHERING)
    assert not [secret for secret in SECRETS if secret in repr(view)]
    asked: dict[str, Any] = {
        "operation_id": view.id,
        "party_id": view.parties[0].id,
        "at": team.office.tick(),
    }
    with pytest.raises(OperationRefused, match="reason_missing"):
        open_party(**asked, member=team["urban"], reason=" ")
    for who in ("home", "shift"):
        with pytest.raises(OperationRefused, match="party_closed"):
            open_party(**asked, member=team[who], reason="看看")
    opened = open_party(**asked, member=team["urban"], reason="送达告知书")
    assert (opened.name, opened.plate, opened.phone) == SECRETS
    look = Look.objects.get()
    assert (look.reason, look.actor_id) == ("送达告知书", team.accounts["urban"].pk)
    assert replayed_state(view.id) == live_state(view.id)


def test_parties_are_erased_after_their_term_and_the_history_stays(team: Team) -> None:
    view = team.play(to=Step.FINISHED)
    before = live_state(view.id)
    assert erase_parties(at=team.at + timedelta(days=269)) == 0
    assert erase_parties(at=team.at + timedelta(days=272)) == 1
    row = Party.objects.get()
    assert (row.name, row.plate, row.phone, row.mark) == ("", "", "", STALL.mark)
    assert replayed_state(view.id) == live_state(view.id) == before
    with pytest.raises(OperationRefused, match="party_closed"):
        open_party(
            operation_id=view.id,
            party_id=row.pk,
            member=team["urban"],
            reason="再看",
            at=team.office.tick(),
        )


def test_no_table_but_the_parties_own_holds_who_they_are(team: Team) -> None:
    team.play(to=Step.FINISHED)
    for model in apps.get_app_config("enforcement").get_models():
        if model is not Party:
            told = serializers.serialize("json", model._default_manager.all(), ensure_ascii=False)
            assert not [secret for secret in SECRETS if secret in told], model
    assert not EventText.objects.filter(body__contains=SECRET_NAME).exists()


def test_photos_of_evidence_are_for_those_who_see_the_operation(team: Team) -> None:
    photo_id = team.play(to=Step.GATHERING).evidence[0].photo_id
    assert may_see_evidence(photo_id=photo_id, member=team["home"])
    assert not may_see_evidence(photo_id=photo_id, member=team["verifier"])
    assert not may_see_evidence(photo_id=photo_id, member=None)


def test_the_roster_is_by_home_department_and_nobody_is_on_it_twice(team: Team) -> None:
    lines = list_roster(team_id=team.unit.pk, on=team.at.date())
    assert [one.home_name for one in lines] == ["示例城管局", "示例城管局", "示例市场监管所"]
    assert [one.id for one in list_teams(member=team["leader"])] == [team.unit.pk]
    assert list_teams(member=team["verifier"]) == []
    line = line_of(team, "urban")
    said = SecondmentInput(
        person_id=line.person_id,
        team_id=team.unit.pk,
        home_id=team.market.pk,
        badge_number="SF-100",
        seconded_from=SINCE,
    )
    with pytest.raises(UnableToSecond, match="seconded_already"):
        second(said=said, member=team["leader"], at=team.office.tick())
    with pytest.raises(UnableToSecond, match="roster_not_yours"):
        second(said=said, member=team["urban"], at=team.office.tick())


def test_a_badge_belongs_to_one_and_terms_run_forward(team: Team) -> None:
    person = team.accounts["verifier"].person
    assert person is not None
    usual: dict[str, Any] = {
        "person_id": person.pk,
        "team_id": team.unit.pk,
        "home_id": team.market.pk,
        "badge_number": "SF-001",
        "seconded_from": SINCE,
    }
    wrong: dict[str, dict[str, Any]] = {
        "badge_taken": {},
        "term_reversed": {"seconded_until": SINCE - timedelta(days=1)},
        "team_unknown": {"team_id": team.market.pk},
        "home_unknown": {"home_id": 10**9},
    }
    for code, change in wrong.items():
        said = SecondmentInput(**usual | change)
        with pytest.raises(UnableToSecond, match=code):
            second(said=said, member=team["leader"], at=team.office.tick())
    assert Secondment.objects.count() == 3
