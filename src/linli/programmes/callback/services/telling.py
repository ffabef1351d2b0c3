"""How every change of a call-back is kept: the row, its version, the event, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Happened
from linli.programmes.callback.models import Callback
from linli.programmes.callback.terms import Step, callback_subject


def keep(
    row: Callback,
    event: Happened,
    *,
    actor: Actor,
    at: datetime,
    step: Step | None = None,
    texts: Mapping[str, str] | None = None,
) -> None:
    """Save a call-back that changed, and record what happened; `step` ends it."""
    before = Step(row.step)
    if step is not None and step is not before:
        row.step, row.ended_at = step.value, at
        row.holder_id, row.held_at = None, None
    row.version += 1
    row.save()
    record_event(
        event,
        subject=callback_subject(row.id),
        actor=actor,
        at=at,
        step_before=before.value,
        step_after=row.step,
        texts=texts,
    )
