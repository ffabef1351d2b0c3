"""Days in words, in the language of the moment."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.dateformat import format as format_date
from django.utils.timezone import localtime
from django.utils.translation import get_language


def say_day(day: date) -> str:
    """Say a day: 2026年11月22日, in English 22 November 2026."""
    return format_date(day, "j F Y" if _in_english() else "Y年n月j日")


def say_day_of_year(day: date) -> str:
    """Say a day of a year that goes without saying: 11月22日, in English 22 Nov."""
    return format_date(day, "j M" if _in_english() else "n月j日")


def say_day_and_time(at: datetime) -> str:
    """Say an instant (aware) of a year that goes without saying: 11月22日 14:05."""
    return format_date(localtime(at), "j M, H:i" if _in_english() else "n月j日 H:i")


def _in_english() -> bool:
    return (get_language() or "").startswith("en")
