"""What is noted on a case that stays in its step, as a rule by Linli itself."""

from __future__ import annotations

from datetime import datetime

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import SYSTEM, Actor
from linli.spine.cases.events import CaseEvent
from linli.spine.cases.models import Case
from linli.spine.cases.terms import case_subject


def note(case: Case, event: CaseEvent, *, at: datetime, actor: Actor = SYSTEM) -> None:
    """Record an event, as a rule of the system, that leaves the case in its step."""
    record_event(
        event,
        subject=case_subject(case.id),
        actor=actor,
        at=at,
        step_before=case.step,
        step_after=case.step,
    )
