"""Forms of the working calendar: a run of days, one day, working hours, a published year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from linli.faces.frame.forms import RefusableForm
from linli.ground.kernel.calendars import Hours
from linli.programmes.keeping.rules.calendar import MOST_NOTE, MOST_SPANS, write_hours
from linli.programmes.keeping.terms import REST, WORK_LABELS, Value

from .keeping import said

_WORKS = [(value, said(label)) for value, label in WORK_LABELS.items()]
_SPANS = range(1, MOST_SPANS + 1)


def _date(label: Any, **named: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **named
    )


class DayForm(RefusableForm):
    """What one day is: at rest or worked, and what it is called."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    work = forms.ChoiceField(
        label=_("放假还是上班"), choices=lambda: _WORKS, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("说明"),
        help_text=_("节日名称，或为什么。"),
        required=False,
        max_length=MOST_NOTE,
    )

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        values: Mapping[str, Value] | None = None,
        seen: int = 0,
    ) -> None:
        super().__init__(typed, auto_id="day_%s", initial={**(values or {}), "seen": seen})

    def read(self) -> dict[str, str]:
        """Give the values typed, as a change of a draft holds them."""
        return {name: str(self.cleaned_data[name]).strip() for name in ("work", "note")}


class DaysForm(DayForm):
    """The same for a run of days."""

    first = _date(_("第一天"))
    last = _date(_("最后一天"))
    field_order = ("first", "last", "work", "note")

    def __init__(self, typed: QueryDict | None = None, *, first: date | None = None) -> None:
        super().__init__(typed, values={"work": REST})
        for name in ("first", "last"):
            self.fields[name].initial = first


class YearForm(RefusableForm):
    """Which published year is written into the draft."""

    year = forms.IntegerField(label=_("哪一年"), min_value=2000, max_value=2100)

    def __init__(self, typed: QueryDict | None = None, *, year: int | None = None) -> None:
        super().__init__(typed, auto_id="fill_%s", initial={"year": year})


def _wall(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class HoursForm(RefusableForm):
    """From when to when a workday is worked: up to three spans; 00:00 as an end is midnight."""

    shown_at = {"hours": "opens_1"}
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    opens_1, closes_1 = _wall(_("第一段从")), _wall(_("到"))
    opens_2, closes_2 = _wall(_("第二段从")), _wall(_("到"))
    opens_3, closes_3 = _wall(_("第三段从")), _wall(_("到"))

    def __init__(self, typed: QueryDict | None = None, *, hours: Hours = (), seen: int = 0) -> None:
        initial: dict[str, Any] = {"seen": seen}
        for number, (opens, closes) in enumerate(hours, start=1):
            initial[f"opens_{number}"] = opens
            initial[f"closes_{number}"] = time() if closes == time.max else closes
        super().__init__(typed, auto_id="hours_%s", initial=initial)
        # The first span stands for all of them where something is wrong with the whole.
        for name in ("opens_1", "closes_1"):
            self.fields[name].is_asked = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for both ends of a span."""
        given = super().clean() or {}
        for number in _SPANS:
            opens, closes = given.get(f"opens_{number}"), given.get(f"closes_{number}")
            for name, own, other in (("opens", opens, closes), ("closes", closes, opens)):
                if own is None and other is not None:
                    self.add_error(f"{name}_{number}", _("请把这一段的起止时间填全。"))
        return given

    def read(self) -> dict[str, Value]:
        """Give the values typed, as a change of a draft holds them."""
        pairs = [
            (self.cleaned_data[f"opens_{number}"], self.cleaned_data[f"closes_{number}"])
            for number in _SPANS
            if self.cleaned_data.get(f"opens_{number}") is not None
        ]
        hours = tuple((opens, time.max if closes == time() else closes) for opens, closes in pairs)
        return {"hours": write_hours(hours)}

    @property
    def spans(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two ends of each span, as the page shows them."""
        return [(self[f"opens_{number}"], self[f"closes_{number}"]) for number in _SPANS]
