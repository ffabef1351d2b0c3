"""What a case has in tables of its own is known when it is read, and nothing of it is missed."""

from __future__ import annotations

from typing import Any

from linli.ground.people.terms import Role
from linli.spine.cases.queries.beside import asked_tables, find_file
from linli.spine.cases.terms import ActionName, Channel, Reported, Step
from linli.spine.cases.terms.beside import Beside
from linli.spine.cases.terms.supervision import Rung

from .factories import Office

HANGING = {Beside.ABOVE, Beside.BELOW, Beside.JOINED}


def beside(reported: Reported) -> frozenset[Beside]:
    file = find_file(reported.number)
    assert file is not None
    return file.beside


def test_every_kind_is_asked_for() -> None:
    assert set(asked_tables()) | HANGING == set(Beside)


def test_a_number_nobody_has_leads_to_no_case(office: Office) -> None:
    office.report()
    assert find_file("2026-9999999") is None


def test_cases_that_hang_together_know_it(office: Office) -> None:
    main, alone = office.play(to=Step.HANDLING), office.report()
    child, joined = office.report(), office.report()
    for one, act in ((child, ActionName.LINK), (joined, ActionName.MERGE)):
        office.act(one.case_id, act, Role.DISPATCHER, target_id=main.case_id)
    office.act(main.case_id, ActionName.REMIND, Role.DISPATCHER, channel=Channel.PHONE)
    assert beside(main) & HANGING == {Beside.BELOW, Beside.JOINED}
    assert beside(child) & HANGING == beside(joined) & HANGING == {Beside.ABOVE}
    assert not beside(alone) & HANGING
    assert Beside.REMINDERS in beside(main) - beside(alone)


def test_what_was_written_for_a_case_is_known(office: Office) -> None:
    new, closed, watched = (
        office.report(),
        office.play(to=Step.CLOSED),
        office.play(to=Step.HANDLING),
    )
    words: dict[str, Any] = {"rung": Rung.RED, "note": "盯紧"}
    office.act(watched.case_id, ActionName.SUPERVISE, Role.SUPERVISOR, **words)
    for reported in (new, closed, watched):
        there = {
            kind
            for kind, table in asked_tables().items()
            if table.filter(case_id=reported.case_id).exists()
        }
        assert beside(reported) == there
    assert Beside.CHECKS in beside(closed) - beside(new)
    assert Beside.MARKS in beside(watched) - beside(new)
