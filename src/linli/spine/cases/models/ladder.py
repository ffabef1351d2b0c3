"""What stands on the ladder of supervision: a time that is due, and how high it has climbed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

_PLANNED_OTHERWISE = (
    Q(ladder_for=None) | Q(ladder_for__lt=F("due_at")) | Q(ladder_for__gt=F("due_at"))
)


class OnLadder(models.Model):
    """Something with a due time that the sweep lets climb rung by rung.

    `rung` is the highest reached. `ladder_at` is when the next one is, empty at the top, as it was
    worked out for the due time `ladder_for`: when the due time changes, the plan no longer holds
    and is made anew. While `suspended_at` is set nothing climbs; whoever sets it, says when it
    ends, and moves the due time is to record an act of its own.
    """

    rung = models.CharField(max_length=8, blank=True, default="", db_default="")
    ladder_at = models.DateTimeField(null=True)
    ladder_for = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def to_climb(runs: Q) -> Q:
    """Build the condition of what runs and has a next rung."""
    return runs & Q(suspended_at=None, ladder_at__isnull=False)


def to_plan(runs: Q) -> Q:
    """Build the condition of what runs and has no plan, or one for another due time.

    A column that is never empty must not be asked whether it is: PostgreSQL drops that question
    from a query, and then does not see that an index with it would serve.
    """
    return runs & _PLANNED_OTHERWISE
