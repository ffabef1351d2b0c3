"""Returns filled in at one click, kept as they were, and corrected by hand with a reason."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone

from linli.ground.kernel.services import record_event
from linli.ground.people.terms import Action, Member
from linli.programmes.returns import events
from linli.programmes.returns.models import Mapping, Return, ReturnFigure
from linli.programmes.returns.queries.counting import Place, evaluate
from linli.programmes.returns.queries.returns import find_return
from linli.programmes.returns.queries.rights import actor_for
from linli.programmes.returns.queries.standing import fields_of, target_of
from linli.programmes.returns.rules.periods import period_of
from linli.programmes.returns.rules.refusals import UnableToReturn
from linli.programmes.returns.terms import MOST_REASON, Period, PeriodKind, return_subject

from .keeping import newest_version, open_form

MOST_AMOUNT = Decimal(10**12)
EARLIEST = date(2000, 1, 1)


@transaction.atomic
def fill_return(*, form_id: int, day: date, member: Member, at: datetime) -> int:
    """Fill a form in for the period a day lies in, keep it, and give its id.

    A period that is not over is counted up to now.

    Args:
        day: any day of the period.

    Raises:
        UnableToReturn: not this member's, stopped, nothing mapped, or the period lies ahead.
    """
    form, actor = open_form(form_id, member, Action.RETURN_FILL)
    period = _period(PeriodKind(form.kind), day, timezone.localdate(at))
    version = newest_version(form)
    rows = list(Mapping.objects.filter(version=version, is_placed=True).order_by("sheet", "id"))
    if not rows:
        raise UnableToReturn("returns.nothing_mapped")
    targets = [target_of(one) for one in rows]
    numbers = evaluate(targets, Place(street_code=form.street_code, period=period, at=at))
    filled = Return.objects.create(
        form=form,
        version=version,
        first=period.first,
        last=period.last,
        filled_by_id=member.account_id,
        filled_at=at,
    )
    ReturnFigure.objects.bulk_create(
        ReturnFigure(
            filled=filled,
            sheet=row.sheet,
            cell=row.cell,
            amount=numbers[target],
            **fields_of(target),
        )
        for row, target in zip(rows, targets, strict=True)
    )
    happened = events.ReturnFilled(
        form_id=form.pk,
        return_id=filled.pk,
        first=period.first,
        last=period.last,
        cells=len(rows),
    )
    record_event(happened, subject=return_subject(filled.pk), actor=actor, at=at)
    return filled.pk


@transaction.atomic
def correct_figure(
    *, return_id: int, figure_id: int, amount: str, reason: str, member: Member, at: datetime
) -> None:
    """Correct one number of a return by hand; what was counted stays beside it.

    Args:
        amount: as it was typed.
        reason: why, for those who read the return later.

    Raises:
        UnableToReturn: not this member's, no such number, nothing changed, or no reason.
    """
    filled = find_return(return_id=return_id, member=member)
    actor = actor_for(member, Action.RETURN_FILL, filled.form.street_code)
    rows = ReturnFigure.objects.select_for_update().filter(filled=filled, id=figure_id)
    row = rows.first()
    if row is None:
        raise UnableToReturn("returns.figure_gone")
    number = _read(amount)
    before = row.corrected if row.corrected_at else row.amount
    if number == before:
        raise UnableToReturn("returns.same_number", field="amount")
    if not reason.strip() or len(reason.strip()) > MOST_REASON or "\x00" in reason:
        raise UnableToReturn("returns.no_reason", field="reason", most=MOST_REASON)
    row.corrected, row.reason = number, reason.strip()
    row.corrected_by_id, row.corrected_at = member.account_id, at
    row.save()
    happened = events.FigureCorrected(
        return_id=filled.pk,
        cell=f"{row.sheet}!{row.cell}",
        before="" if before is None else str(before),
        after=str(number),
    )
    record_event(happened, subject=return_subject(filled.pk), actor=actor, at=at)


def _period(kind: PeriodKind, day: date, today: date) -> Period:
    if day > period_of(kind, today).last:
        raise UnableToReturn("returns.period_ahead", field="day", day=day.isoformat())
    if day < EARLIEST:
        raise UnableToReturn("returns.period_unknown", field="day")
    return period_of(kind, day)


def _read(amount: str) -> Decimal:
    try:
        number = Decimal(amount.strip().replace(",", "").replace("，", ""))
    except InvalidOperation:
        raise UnableToReturn("returns.no_number", field="amount") from None
    if not number.is_finite() or abs(number) >= MOST_AMOUNT or number != round(number, 1):
        raise UnableToReturn("returns.no_number", field="amount")
    return number
