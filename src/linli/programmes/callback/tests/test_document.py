"""The README draws the steps there are, and the commands lead along its arrows alone."""

from __future__ import annotations

import re
from pathlib import Path

from linli.ground.kernel.models import Event
from linli.ground.people.terms import Role
from linli.programmes.callback.services.excluding import ask_exclusion, decide_exclusion
from linli.programmes.callback.terms import STEP_LABELS, SUBJECT_KIND, Cause
from linli.spine.cases.terms import ActionName

from .factories import DAY, NO_ANSWER, Crew

README = Path(__file__).parents[1] / "README.md"


def drawn() -> str:
    return README.read_text(encoding="utf-8").split("```mermaid")[1].split("```")[0]


def test_the_diagram_names_every_step() -> None:
    assert set(re.findall(r"^    (\w+): (.+)$", drawn(), re.MULTILINE)) == {
        (step.value, label) for step, label in STEP_LABELS.items()
    }


def test_every_arrow_is_walked_and_no_other(crew: Crew) -> None:
    answered, late = crew.close(), crew.close()
    crew.attempt(crew.callback_of(answered).id)
    for _ in range(3):
        crew.attempt(crew.callback_of(late).id, NO_ANSWER)
        crew.tick(DAY)
    crew.rate(late)
    again = crew.close()
    crew.office.act(again.case_id, ActionName.REOPEN, Role.SUPERVISOR, note="漏了一处")
    asked = ask_exclusion(
        callback_id=crew.made(),
        cause=Cause.OUTSIDE,
        note="在邻街道",
        member=crew["clerk"],
        at=crew.tick(),
    )
    decide_exclusion(
        exclusion_id=asked, is_granted=True, note="属实", member=crew["shift"], at=crew.tick()
    )
    told = Event.objects.filter(subject_kind=SUBJECT_KIND)
    walked = {(one.step_before, one.step_after) for one in told if one.step_before}
    arrows = set(re.findall(r"^    (\w+) --> (\w+)$", drawn(), re.MULTILINE))
    assert {(source, to) for source, to in walked if source != to} == arrows
