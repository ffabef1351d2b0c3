"""Fields of opening hours, for forms of places people go to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.frame.forms import RefusableForm
from linli.ground.kernel.opening import WEEKDAY_LABELS, Hours

said = lazy(gettext, str)
SPAN_FIELDS = (("opens", "closes"), ("opens_again", "closes_again"))


class ClockInput(forms.TimeInput):
    """A time of day as browsers let one pick it."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def weekdays_field(label: Any) -> forms.TypedMultipleChoiceField:
    """Make a field to tick days of the week."""
    return forms.TypedMultipleChoiceField(
        label=label,
        coerce=int,
        choices=lambda: [(str(one), said(name)) for one, name in WEEKDAY_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一天。")},
    )


class HoursForm(RefusableForm):
    """A form that also asks when something is open, on which days, in one or two stretches."""

    weekdays = weekdays_field(_("哪几天开"))
    opens = forms.TimeField(label=_("几点开"), widget=ClockInput())
    closes = forms.TimeField(label=_("几点关"), widget=ClockInput())
    opens_again = forms.TimeField(label=_("下午几点再开"), required=False, widget=ClockInput())
    closes_again = forms.TimeField(label=_("下午几点关"), required=False, widget=ClockInput())
    on_holidays = forms.BooleanField(
        label=_("公共假日照开"),
        help_text=_("不勾选的，放假不开；调休上班的周末，工作日都开的也开。"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if bool(given.get("opens_again")) != bool(given.get("closes_again")):
            self.add_error("closes_again", _("下午的两个时间要么都填，要么都不填。"))
        return given

    def read_hours(self) -> Hours:
        """Give the hours as they were typed; whether they fit is the room's to say."""
        given = self.cleaned_data
        spans = tuple(
            (given[opens], given[closes]) for opens, closes in SPAN_FIELDS if given[opens]
        )
        return Hours(
            weekdays=tuple(sorted(given["weekdays"])),
            spans=spans,
            on_holidays=given["on_holidays"],
        )


def write_hours(hours: Hours) -> dict[str, Any]:
    """Give hours as the fields of the form show them at first."""
    shown: dict[str, Any] = {
        "weekdays": [str(one) for one in hours.weekdays],
        "on_holidays": hours.on_holidays,
    }
    for names, span in zip(SPAN_FIELDS, hours.spans, strict=False):
        shown |= dict(zip(names, span, strict=True))
    return shown
