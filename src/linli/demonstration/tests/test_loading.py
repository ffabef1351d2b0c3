"""The demonstration lives by the clock of its place, at any hour of the day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from linli.demonstration import services


class Begun(Exception):
    """The loading came as far as the first step."""


@pytest.mark.django_db
def test_without_a_day_the_year_ends_now_by_the_clock_of_the_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[datetime] = []

    def settle(until: datetime, progress: services.Progress) -> None:
        asked.append(until)
        raise Begun

    monkeypatch.setattr(services, "_settle", settle)
    with pytest.raises(Begun):
        services.load()
    # Days are read off this instant: in UTC it would still be yesterday until eight.
    assert asked[0].utcoffset() == asked[0].astimezone(ZoneInfo(settings.TIME_ZONE)).utcoffset()
