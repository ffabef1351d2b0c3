"""One call-back for the clerk and for those who may read answers; a case's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext

from linli.ground.kernel.compiled import Compiled
from linli.ground.kernel.queries import list_occurrences
from linli.ground.people.queries import list_account_names
from linli.ground.people.terms import Member
from linli.programmes.callback.events import CallbackAnswered
from linli.programmes.callback.models import Callback, CallbackTry
from linli.programmes.callback.queries.exclusions import view_of as exclusion_view
from linli.programmes.callback.queries.facts import (
    CallbackFile,
    facts_of,
    may_see,
    open_file,
    related_callbacks,
    standing_of,
)
from linli.programmes.callback.queries.lists import row_of
from linli.programmes.callback.rules.calling import is_held_by_another
from linli.programmes.callback.rules.refusals import NoSuchCallback
from linli.programmes.callback.terms import (
    RESULT_LABELS,
    WAY_LABELS,
    CallbackRow,
    CallbackView,
    Result,
    Step,
    TryView,
    Way,
    callback_subject,
)
from linli.spine.cases.events import HandlingReported
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import case_subject


def get_callback(*, callback_id: UUID, member: Member, at: datetime) -> CallbackView:
    """Get one call-back as a member sees it.

    Raises:
        NoSuchCallback: no such call-back, or not for this member.
    """
    file = open_file(callback_id)
    if not may_see(file, member):
        raise NoSuchCallback("callback.not_found")
    return _view(file, member, at)


def list_callbacks_of_case(
    *, case_id: UUID, member: Member, at: datetime
) -> tuple[CallbackRow, ...]:
    """List the call-backs of a case for those who may read answers; for others nothing."""
    files = map(CallbackFile, _OF_CASE.rows(case_id=case_id))
    return tuple(row_of(one.callback, at) for one in files if may_see(one, member))


_OF_CASE = Compiled(
    lambda case_id: related_callbacks().filter(case_id=case_id).order_by("-closed_at")
)


def today_of(at: datetime) -> date:
    """Say which day it is on the clock of the house."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def _view(file: CallbackFile, member: Member, at: datetime) -> CallbackView:
    row, facts, standing = file.callback, facts_of(file), standing_of(file, member)
    names = list_account_names(_who(file))
    is_waiting = facts.step is Step.WAITING
    taken = is_held_by_another(facts, member.account_id, at)
    return CallbackView(
        row=row_of(row, at),
        case_id=row.case_id,
        version=row.version,
        text=mask_numbers(row.case.text),
        address=mask_numbers(row.case.address),
        handled_note=_handled(row),
        note=_answer_words(row.id),
        satisfaction=row.satisfaction,
        tries=tuple(_try(one, names) for one in file.tries),
        next_try_on=_next_day(file, at) if is_waiting else None,
        has_phone=file.reach.has_phone,
        has_account=file.reach.has_account,
        holder=names.get(row.holder_id or 0, "") if taken else "",
        is_mine=row.holder_id == member.account_id,
        may_work=standing.may_work,
        may_decide=standing.may_decide,
        exclusions=tuple(exclusion_view(one, row, names) for one in file.exclusions),
        answers_until=row.answers_until,
        policy_version=row.policy_version,
    )


def _who(file: CallbackFile) -> Iterable[int]:
    found = {one.made_by_id for one in file.tries}
    for one in file.exclusions:
        found |= {one.asked_by_id, one.decided_by_id or 0}
    return {*found, file.callback.holder_id or 0} - {0}


def _next_day(file: CallbackFile, at: datetime) -> date | None:
    """Give the day from which the next try may be made, or None where that is today."""
    if not file.tries or file.tries[-1].on < today_of(at):
        return None
    return file.tries[-1].on + timedelta(days=1)


def _try(one: CallbackTry, names: dict[int, str]) -> TryView:
    return TryView(
        no=one.no,
        at=one.at,
        way_label=gettext(WAY_LABELS[Way(one.way)]),
        result_label=gettext(RESULT_LABELS[Result(one.result)]),
        made_by=names.get(one.made_by_id, ""),
    )


def _answer_words(callback_id: UUID) -> str:
    told = list_occurrences(callback_subject(callback_id))
    words = (one.texts.get("note", "") for one in told if isinstance(one.event, CallbackAnswered))
    return "\n".join(filter(None, words))


def _handled(row: Callback) -> str:
    """Say what the handling unit reported, for the clerk to ask after."""
    told = list_occurrences(case_subject(row.case_id), since=row.case.reported_at)
    words = [
        one.texts.get("note", "")
        for one in told
        if isinstance(one.event, HandlingReported) and one.at <= row.closed_at
    ]
    return mask_numbers(words[-1]) if words else ""
