"""What a call-back clerk writes down, and why something is left out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.frame.forms import RefusableForm
from linli.programmes.callback.terms import (
    CAUSE_LABELS,
    MOST_NOTE,
    RESULT_LABELS,
    SATISFACTION_LABELS,
    WAY_LABELS,
    WAYS_TO_TRY,
    CallbackView,
    Cause,
    Result,
    TryInput,
    Way,
)

said = lazy(gettext, str)
YES_NO = (("1", _("解决了")), ("0", _("没有解决")))


def _radio(label: Any, choices: Any, *, required: bool = True, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, required=required, help_text=hint
    )


def _words(label: Any, hint: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=MOST_NOTE,
        required=required,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TryForm(RefusableForm):
    """One try: how, what came of it, and the answers where somebody was reached."""

    way = _radio(_("怎么联系的"), [(way.value, said(WAY_LABELS[way])) for way in WAYS_TO_TRY])
    result = _radio(
        _("结果"), [(result.value, said(label)) for result, label in RESULT_LABELS.items()]
    )
    solved = _radio(_("一、您反映的事解决了没有？"), YES_NO, required=False)
    satisfaction = _radio(
        _("二、您对办理满意吗？"),
        [(str(value), said(label)) for value, label in SATISFACTION_LABELS.items()],
        required=False,
    )
    note = _words(_("反映人怎么说"), _("只有回访和督办的人看得到，承办单位看不到。"))
    redo_note = _words(
        _("还差什么"),
        _("没有解决的才写。承办单位看得到：只写事，不写是谁说的、怎么联系的。"),
    )

    def __init__(self, typed: QueryDict | None = None, *, view: CallbackView) -> None:
        first = Way.PHONE if view.has_phone else Way.MESSAGE
        super().__init__(typed, auto_id="try_%s", initial={"way": first.value})

    def read(self) -> TryInput:
        """Turn the valid form into a try."""
        given = self.cleaned_data
        return TryInput(
            way=Way(given["way"]),
            result=Result(given["result"]),
            solved=given["solved"] == "1" if given["solved"] else None,
            satisfaction=int(given["satisfaction"]) if given["satisfaction"] else None,
            note=given["note"],
            redo_note=given["redo_note"],
        )


class RedoForm(RefusableForm):
    """Why a case is done again, in neutral words, or why it is not."""

    note = _words(
        _("理由"),
        _("只写事，不写是谁说的、怎么联系的；交回重办的，承办单位看得到。"),
        required=True,
    )

    def __init__(self, typed: QueryDict | None = None) -> None:
        super().__init__(typed, auto_id="redo_%s")


class ExclusionForm(RefusableForm):
    """Why a call-back is to be left out of the rates."""

    cause = forms.ChoiceField(
        label=_("为什么不算"),
        choices=[(cause.value, said(label)) for cause, label in CAUSE_LABELS.items()],
    )
    note = _words(_("写明情况"), _("全体工作人员看得到：不写反映人的姓名、电话。"), required=True)

    def __init__(self, typed: QueryDict | None = None) -> None:
        super().__init__(typed, auto_id="exclude_%s")

    def read_cause(self) -> Cause:
        """Give the chosen cause."""
        return Cause(self.cleaned_data["cause"])
