"""Forms of the duty roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.errors import Refusal
from linli.ground.people.terms.duty import Days, DutyRole, Pattern


class FillForm(forms.Form):
    """Fill the roster by a pattern."""

    role = forms.ChoiceField(label=_("值什么班"))
    people = forms.TypedMultipleChoiceField(
        label=_("谁轮流值"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    days = forms.ChoiceField(label=_("哪些天"))
    first = forms.DateField(label=_("从哪天"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    last = forms.DateField(label=_("到哪天"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    starts = forms.TimeField(label=_("几点上班"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    ends = forms.TimeField(
        label=_("几点下班"),
        help_text=_("不晚于上班时间的，算第二天。"),
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        people: Mapping[int, str],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["role"].choices = labelled(DutyRole)  # type: ignore[attr-defined]
        self.fields["days"].choices = labelled(Days)  # type: ignore[attr-defined]
        self.fields["people"].choices = list(people.items())  # type: ignore[attr-defined]

    def read(self) -> Pattern:
        """Give the pattern as it was typed."""
        given = self.cleaned_data
        return Pattern(
            role=DutyRole(given["role"]),
            account_ids=tuple(given["people"]),
            first=given["first"],
            last=given["last"],
            days=Days(given["days"]),
            starts=given["starts"],
            ends=given["ends"],
        )


class GiveForm(forms.Form):
    """Choose who takes a shift."""

    person = forms.TypedChoiceField(label=_("换成谁"), coerce=int)

    def __init__(self, data: Mapping[str, Any] | None = None, *, people: Mapping[int, str]) -> None:
        super().__init__(data)
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("请选择")),
            *people.items(),
        ]


class SwapForm(forms.Form):
    """Ask a colleague to take a shift, perhaps for one of theirs."""

    asked_of = forms.TypedChoiceField(label=_("请谁来值"), coerce=int)
    in_return = forms.TypedChoiceField(
        label=_("我替对方值"), coerce=int, empty_value=None, required=False
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        people: Mapping[int, str],
        shifts: Sequence[tuple[int, str]],
    ) -> None:
        super().__init__(data)
        self.fields["asked_of"].choices = [  # type: ignore[attr-defined]
            ("", _("请选择")),
            *people.items(),
        ]
        self.fields["in_return"].choices = [  # type: ignore[attr-defined]
            ("", _("不对换，只请对方代值")),
            *shifts,
        ]


class PhoneForm(forms.Form):
    """The number of the duty desk."""

    phone = forms.CharField(
        label=_("值班电话"), max_length=20, widget=forms.TextInput({"inputmode": "tel"})
    )


def blame(form: forms.Form, refusal: Refusal, sentence: str) -> None:
    """Show a refusal beside its field, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, sentence)


def labelled(words: Iterable[DutyRole | Days]) -> list[tuple[str, str]]:
    """Give the choices of an enumeration in the language of the page."""
    return [(word.value, gettext(word.label)) for word in words]
