"""What time alone brings: silence, lateness, and the end of what is kept about people."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import SYSTEM
from linli.programmes.whistle import events
from linli.programmes.whistle.models import Call, SignIn, Whistle
from linli.programmes.whistle.terms import ENDS, RUNNING, Answer, whistle_subject

MANY = 200
NAMES_KEPT = timedelta(days=90)
_RUNNING = [step.value for step in RUNNING]


def mark_late(*, at: datetime) -> int:
    """Note who has not answered and who is not there in time; return how many were noted."""
    due = _unanswered(at) | _absent(at)
    calls = Call.objects.filter(due, whistle__step__in=_RUNNING)
    ids = list(calls.values_list("whistle_id", flat=True).distinct()[:MANY])
    return sum(_mark(whistle_id, at) for whistle_id in ids)


@transaction.atomic
def _mark(whistle_id: UUID, at: datetime) -> int:
    """Mark one whistle's calls; another sweeper at it, or its caller, is not waited for."""
    rows = Whistle.objects.select_for_update(skip_locked=True)
    whistle = rows.filter(id=whistle_id, step__in=_RUNNING).first()
    if whistle is None:
        return 0
    silent = list(Call.objects.filter(_unanswered(at), whistle=whistle).order_by("id"))
    absent = list(Call.objects.filter(_absent(at), whistle=whistle).order_by("id"))
    Call.objects.filter(pk__in=[one.pk for one in silent]).update(is_silent=True)
    Call.objects.filter(pk__in=[one.pk for one in absent]).update(is_late=True)
    for one in silent:
        _record(whistle, events.CallUnanswered(organisation_id=one.organisation_id), at)
    for one in absent:
        _record(whistle, events.CallLate(organisation_id=one.organisation_id), at)
    return len(silent) + len(absent)


def _unanswered(at: datetime) -> Q:
    return Q(answer="", is_silent=False, answer_by__lt=at)


def _absent(at: datetime) -> Q:
    """Say who should be there and is not; who said that they can't come is not late."""
    there = Q(sign_in=None, is_timed=True, is_late=None, arrive_by__lt=at)
    return there & ~Q(answer=Answer.CANNOT.value)


def _record(whistle: Whistle, event: events.WhistleEvent, at: datetime) -> None:
    record_event(
        replace(event, due_at=whistle.due_at),
        subject=whistle_subject(whistle.id),
        actor=SYSTEM,
        at=at,
        step_before=whistle.step,
        step_after=whistle.step,
    )


@transaction.atomic
def erase_traces(*, at: datetime) -> int:
    """Erase positions whose term is over, and names of those sent 90 days after the end."""
    positions = SignIn.objects.filter(position_until__lte=at)
    old = Whistle.objects.filter(step__in=list(ENDS), ended_at__lte=at - NAMES_KEPT)
    names = Call.objects.filter(whistle__in=old).exclude(sends="")
    touched = {
        *positions.values_list("call__whistle_id", flat=True),
        *names.values_list("whistle_id", flat=True),
    }
    positions.update(lon=None, lat=None, position_until=None)
    names.update(sends="")
    for whistle in Whistle.objects.filter(id__in=touched).order_by("id"):
        _record(whistle, events.TracesErased(), at)
    return len(touched)
