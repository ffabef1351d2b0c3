"""Who may do what by which provision is kept in versions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from linli.programmes.enforcement.models import Power
from linli.programmes.enforcement.queries.operations import get_operation
from linli.programmes.enforcement.queries.powers import (
    find_power_entry,
    list_power_entries,
    list_power_versions,
)
from linli.programmes.enforcement.rules.refusals import OperationRefused, UnableToWritePower
from linli.programmes.enforcement.services.powers import retire_power, write_power
from linli.programmes.enforcement.terms import ActionName, MeasureKind, PowerInput, Step, Way

from .factories import STALL, Team


def said(team: Team, name: str = "guide") -> PowerInput:
    """Give what the list says of a power."""
    entry = find_power_entry(team.powers[name])
    assert entry is not None
    return entry.said


def write(team: Team, given: PowerInput, who: str = "leader", **at: int) -> int:
    """Let somebody write a power."""
    return write_power(said=given, member=team[who], at=team.office.tick(), **at)


def test_a_new_version_leaves_what_was_done_under_its_own(team: Team) -> None:
    view = team.play(to=Step.GATHERING)
    older = team.powers["guide"]
    newer = write(team, replace(said(team), basis="《示例条例》第九条"), power_id=older)
    after = get_operation(operation_id=view.id, member=team["urban"], at=team.at)
    assert [one.basis for one in after.notices] == ["《示例条例》第一条"]
    assert [one.version for one in list_power_versions(newer)] == [2, 1]
    assert older not in {one.id for one in list_power_entries()}
    with pytest.raises(OperationRefused, match="power_unknown"):
        team.act(view.id, ActionName.GIVE_NOTICE, party=STALL, notice=team.notice())


def test_two_who_write_at_once_do_not_overwrite_each_other(team: Team) -> None:
    older, given = team.powers["guide"], said(team)
    write(team, replace(given, basis="《示例条例》第二条"), power_id=older)
    with pytest.raises(UnableToWritePower, match="power_changed"):
        write(team, replace(given, basis="《示例条例》第三条"), power_id=older)


def test_a_power_that_is_not_the_departments_own_names_its_delegation(team: Team) -> None:
    handed = replace(said(team), title="示例赋权", way=Way.DEVOLVED)
    with pytest.raises(UnableToWritePower, match="delegation_missing"):
        write(team, handed)
    row = write(team, replace(handed, delegation="示例府发〔2026〕1 号"))
    assert find_power_entry(row).said.delegation == "示例府发〔2026〕1 号"  # type: ignore[union-attr]
    with pytest.raises(IntegrityError), transaction.atomic():
        Power.objects.filter(pk=row).update(delegation="")


@pytest.mark.parametrize("who", ["urban", "shift", "home", "verifier"])
def test_only_who_approves_plans_keeps_the_list(team: Team, who: str) -> None:
    with pytest.raises(UnableToWritePower, match="powers_not_yours"):
        write(team, replace(said(team), title="别的"), who)
    with pytest.raises(UnableToWritePower, match="powers_not_yours"):
        retire_power(power_id=team.powers["guide"], member=team[who], at=team.at)


def test_what_lacks_is_named(team: Team) -> None:
    whole = replace(said(team), title="别的")
    for fault, given in (
        ("power_missing", replace(whole, basis="  ")),
        ("power_without_measures", replace(whole, measures=())),
        ("power_home_unknown", replace(whole, department_id=10**9)),
        ("power_known", said(team)),
    ):
        with pytest.raises(UnableToWritePower, match=fault):
            write(team, given)


def test_what_is_out_of_use_is_offered_no_more_and_may_be_written_again(team: Team) -> None:
    given = said(team)
    retire_power(power_id=team.powers["guide"], member=team["leader"], at=team.office.tick())
    assert [one.said.title for one in list_power_entries()] == ["示例职权 licence"]
    row = write(team, replace(given, measures=(MeasureKind.GUIDE,)))
    assert find_power_entry(row).version == 1  # type: ignore[union-attr]
