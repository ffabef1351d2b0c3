"""What rests on the register wakes by itself when its day has come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.ground.kernel.terms import SYSTEM
from linli.spine.cases.models import Case, Pending
from linli.spine.cases.queries.facts import open_file
from linli.spine.cases.services.acting import perform, system_act
from linli.spine.cases.terms import ActionName, Step

WOKEN_AT_ONCE = 100


@transaction.atomic
def wake_due(*, at: datetime, batch: int = WOKEN_AT_ONCE) -> int:
    """Wake the cases whose day has come, the longest waiting first; return how many.

    Cases somebody is working on at this moment are left for the next run, and what was renewed
    meanwhile rests on.

    Args:
        batch: how many at most.
    """
    due = Pending.objects.filter(is_granted=True, ended_at=None, wake_at__lte=at)
    ids = list(due.order_by("wake_at").values_list("case_id", flat=True)[:batch])
    free = Case.objects.filter(id__in=ids, step=Step.PENDING.value)
    locked = {case.id for case in free.select_for_update(skip_locked=True).order_by("id")}
    files = [open_file(case_id) for case_id in ids if case_id in locked]
    found = [one for one in files if one.on_register and one.on_register.wake_at <= at]
    for file in found:
        perform(system_act(file, name=ActionName.WAKE, actor=SYSTEM, at=at))
    return len(found)
