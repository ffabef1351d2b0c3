"""How times, dates and distances are said to people, in the language of the moment."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from linli.ground.kernel.dates import say_day

from .terms import ClockWords, Status

THIN_SPACE = "\u2009"
MINUTES_A_DAY = 24 * 60
# Clocks that say the same: each minute of two weeks, late and in time.
MOST_KEPT = 4_096

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd"
_LATIN = "A-Za-z0-9"
_MEETING = re.compile(f"(?<=[{_HAN}])(?=[{_LATIN}])|(?<=[{_LATIN}])(?=[{_HAN}])")


def in_chinese() -> bool:
    """Tell whether the page is being written in Chinese."""
    return (get_language() or "zh").startswith("zh")


def join_sentences(*sentences: str) -> str:
    """Put whole sentences one after the other as the language does; empty ones are left out."""
    return ("" if in_chinese() else " ").join(filter(None, sentences))


def clock_words(
    *, now: datetime, due_at: datetime, stopped_at: datetime | None = None
) -> ClockWords:
    """Say how long is left or how late it is: 还剩 3 小时 20 分, 超时 2 天.

    Args:
        stopped_at: when the clock stopped; then it only tells whether that was in time.
    """
    end = stopped_at or now
    late = end > due_at
    minutes = int(abs((due_at - end).total_seconds()) // 60)
    if stopped_at or late:
        return _ended_words(late, stopped_at is not None, minutes, get_language())
    same_day = timezone.localtime(due_at).date() == timezone.localtime(now).date()
    return _left_words(same_day, minutes, get_language())


@lru_cache(maxsize=MOST_KEPT)
def _left_words(same_day: bool, minutes: int, _language: str | None) -> ClockWords:
    words = _("还剩 %(span)s") % {"span": span_words(minutes=minutes)}
    return ClockWords(status=Status.TODAY if same_day else Status.IN_HAND, words=words)


@lru_cache(maxsize=MOST_KEPT)
def _ended_words(late: bool, stopped: bool, minutes: int, _language: str | None) -> ClockWords:
    if not late:
        return ClockWords(status=Status.DONE, words=_("按时完成"))
    words = _("超时 %(span)s完成") if stopped else _("超时 %(span)s")
    span = span_words(minutes=minutes)
    return ClockWords(status=Status.OVERDUE, words=words % {"span": span})


def span_words(*, minutes: int) -> str:
    """Say a length of time in at most two units: 3 小时 20 分, 2 天 4 小时, 不到 1 分钟."""
    days, rest = divmod(minutes, MINUTES_A_DAY)
    hours, left = divmod(rest, 60)
    if days >= 3:
        hours = 0
    parts = [
        ngettext("%(n)d 天", "%(n)d 天", days) % {"n": days} if days else "",
        ngettext("%(n)d 小时", "%(n)d 小时", hours) % {"n": hours} if hours else "",
        ngettext("%(n)d 分", "%(n)d 分", left) % {"n": left} if left and not days else "",
    ]
    said = [part for part in parts if part]
    return THIN_SPACE.join(said).replace(" ", THIN_SPACE) if said else _("不到 1 分钟")


def day_words(instant: datetime) -> str:
    """Say a day: 2026年11月22日, in English 22 November 2026."""
    return say_day(_local(instant))


def month_words(instant: datetime) -> str:
    """Say a month: 2026年11月, in English November 2026."""
    return date_format(_local(instant), "Y年n月" if in_chinese() else "F Y")


def instant_words(instant: datetime) -> str:
    """Say an instant: 2026年11月22日 14:05, in English 22 November 2026, 14:05."""
    local = _local(instant)
    if in_chinese():
        return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    return date_format(local, "j F Y, H:i")


def short_instant_words(instant: datetime, *, now: datetime) -> str:
    """Say an instant as briefly as the distance from now allows: 今天 14:05, 11月22日 14:05."""
    return instant_words_on(_local(now).date(), instant)


def instant_words_on(today: date, instant: datetime) -> str:
    """Say an instant as briefly as the distance from a day allows."""
    local = _local(instant)
    clock = local.strftime("%H:%M")
    gap = (today - local.date()).days
    near = {0: _("今天"), 1: _("昨天"), -1: _("明天")}.get(gap)
    if near:
        return f"{near} {clock}"
    if local.year != today.year:
        return instant_words(instant)
    return (
        f"{local.month}月{local.day}日 {clock}" if in_chinese() else date_format(local, "j M, H:i")
    )


def distance_words(metres: float) -> str:
    """Say a distance: 32 米, 1.2 公里."""
    if metres < 1000:
        return (_("%(n)d 米") % {"n": round(metres)}).replace(" ", THIN_SPACE)
    return (_("%(n)s 公里") % {"n": f"{metres / 1000:.1f}"}).replace(" ", THIN_SPACE)


def space_thinly(text: str) -> str:
    """Put a thin space where Chinese meets Latin letters or figures."""
    return _MEETING.sub(THIN_SPACE, text)


def _local(instant: datetime) -> datetime:
    return timezone.localtime(instant) if timezone.is_aware(instant) else instant
