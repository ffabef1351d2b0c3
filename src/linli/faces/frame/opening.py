"""Opening hours in words, in the language of the moment."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.ground.kernel.opening import EVERY_DAY, WEEKDAY_LABELS, WORKDAYS, Hours

from .words import short_instant_words


def hours_words(hours: Hours) -> str:
    """Say when something is open: 周一至周五 9:00–11:00、14:00–16:00，公共假日不开."""
    spans = _("、").join(
        f"{opens.hour}:{opens:%M}–{closes.hour}:{closes:%M}" for opens, closes in hours.spans
    )
    said = _("%(days)s %(spans)s") % {"days": days_words(hours.weekdays), "spans": spans}
    return said if hours.on_holidays else _("%(hours)s，公共假日不开") % {"hours": said}


def days_words(weekdays: tuple[int, ...]) -> str:
    """Say days of the week: 每天, 周一至周五, or one after another."""
    if weekdays == EVERY_DAY:
        return _("每天")
    if weekdays == WORKDAYS:
        return _("周一至周五")
    return _("、").join(_(WEEKDAY_LABELS[one]) for one in weekdays)


def now_words(*, is_open: bool, opens_at: datetime | None, now: datetime) -> str:
    """Say whether something is open now, or when it opens next."""
    if is_open:
        return _("现在开着")
    if opens_at is None:
        return _("现在没开")
    if (timezone.localtime(opens_at).date() - timezone.localtime(now).date()).days > 1:
        return _("现在没开，%(day)s再开") % {"day": _day_and_clock(opens_at)}
    return _("现在没开，%(when)s 再开") % {"when": short_instant_words(opens_at, now=now)}


def _day_and_clock(instant: datetime) -> str:
    local = timezone.localtime(instant)
    words = {
        "weekday": _(WEEKDAY_LABELS[local.isoweekday()]),
        "month": local.month,
        "day": local.day,
        "clock": f"{local:%H:%M}",
    }
    return _("%(month)s 月 %(day)s 日%(weekday)s %(clock)s ") % words
