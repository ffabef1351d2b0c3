"""Fields of whistles, by what an action asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.desk.filters import Choices
from linli.programmes.whistle.terms import (
    ANSWER_LABELS,
    KIND_LABELS,
    MOST_NAME,
    MOST_REPLY,
    ActionName,
    CallView,
    Need,
    WhistleView,
)

from .photos import PhotosField

said = lazy(gettext, str)
AT = "%Y-%m-%dT%H:%M"
YES_NO = (("1", _("是")), ("0", _("否")))
Fields = dict[str, forms.Field]


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What the forms of a whistle offer: whom each action may be about, whom one may call."""

    view: WhistleView
    about: Mapping[ActionName, tuple[int, ...]]
    callable: Choices
    now: datetime

    def calls_for(self, name: ActionName) -> list[CallView]:
        """List the called organisations an action may be about, or all of them."""
        ids = self.about.get(name)
        return [one for one in self.view.calls if ids is None or one.organisation_id in ids]


def moment_field(label: Any, *, required: bool = True, hint: Any = "") -> forms.DateTimeField:
    """Give a field for an instant, to the minute."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=AT)
    return forms.DateTimeField(
        label=label, input_formats=[AT], widget=widget, required=required, help_text=hint
    )


def kind_field() -> forms.ChoiceField:
    """Give the choice of a kind."""
    return forms.ChoiceField(
        label=_("哪一类哨"),
        choices=[(one.value, said(label)) for one, label in KIND_LABELS.items()],
    )


def number_field(label: Any, choices: Choices, *, required: bool = True) -> forms.TypedChoiceField:
    """Give the choice of one id."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("请选择")), *choices],
        coerce=int,
        empty_value=None,
        required=required,
    )


def many_field(label: Any, choices: Choices, *, hint: Any = "") -> forms.TypedMultipleChoiceField:
    """Give the choice of several ids as boxes."""
    return forms.TypedMultipleChoiceField(
        label=label,
        help_text=hint,
        choices=choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _note(act: ActionName, _offered: Offered) -> Fields:
    rows = 1 if act is ActionName.REPLY else 3
    most = MOST_REPLY if act is ActionName.REPLY else 4000
    widget = forms.Textarea(attrs={"rows": rows})
    return {"note": forms.CharField(label=_("说明"), max_length=most, widget=widget)}


def _sends(_act: ActionName, _offered: Offered) -> Fields:
    hint = _("例如“张工，带两人”；办结 90 天后删除。")
    return {"sends": forms.CharField(label=_("派谁来"), help_text=hint, max_length=MOST_NAME)}


def _position(_act: ActionName, _offered: Offered) -> Fields:
    return {
        name: forms.FloatField(widget=forms.HiddenInput, required=False) for name in ("lon", "lat")
    }


def _code(_act: ActionName, _offered: Offered) -> Fields:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    hint = _("手机给不出位置时才填：看召集人屏幕上的六位数。")
    made = forms.CharField(label=_("到场码"), help_text=hint, max_length=MOST_NAME, widget=widget)
    return {"code": made}


def _organisation(act: ActionName, offered: Offered) -> Fields:
    choices = [(str(one.organisation_id), one.name) for one in offered.calls_for(act)]
    return {"organisation_id": number_field(_("哪个单位"), choices)}


def _organisations(_act: ActionName, offered: Offered) -> Fields:
    return {"organisation_ids": many_field(_("再叫哪些单位"), offered.callable)}


def _arrived(_act: ActionName, _offered: Offered) -> Fields:
    return {"arrived_at": moment_field(_("实际什么时候到的"), hint=_("不写就是现在。"))}


def _answer(_act: ActionName, _offered: Offered) -> Fields:
    choices = [(one.value, said(label)) for one, label in ANSWER_LABELS.items()]
    return {"answer": forms.ChoiceField(label=_("怎么答复的"), choices=choices)}


def _photos(_act: ActionName, _offered: Offered) -> Fields:
    return {"photos": PhotosField(label=_("照片"), required=False)}


def _yes_no(label: Any, *, initial: bool | None = None) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=YES_NO,
        widget=forms.RadioSelect,
        initial=None if initial is None else "1" if initial else "0",
    )


def verdict_fields(one: CallView, *, is_known: bool) -> Fields:
    """Give the three questions about one organisation, answered by the record where it can."""
    came = one.arrived_at is not None if is_known else None
    number = one.organisation_id
    fields: Fields = {f"responded_{number}": _yes_no(_("响应了"), initial=came)}
    if one.is_timed:
        in_time = came and not one.is_late if came is not None else None
        fields[f"in_time_{number}"] = _yes_no(_("按时"), initial=in_time)
    fields[f"did_part_{number}"] = _yes_no(_("尽责"), initial=came)
    fields[f"why_{number}"] = forms.CharField(label=_("理由"), max_length=500, required=False)
    return fields


def _verdicts(act: ActionName, offered: Offered) -> Fields:
    return _each_verdict(offered.calls_for(act), is_known=True)


def _each_verdict(calls: Iterable[CallView], *, is_known: bool) -> Fields:
    found: Fields = {}
    for one in calls:
        found |= verdict_fields(one, is_known=is_known)
    return found


def _verdict(_act: ActionName, _offered: Offered) -> Fields:
    return {
        "responded": _yes_no(_("响应了")),
        "in_time": forms.ChoiceField(
            label=_("按时"),
            choices=(*YES_NO, ("", _("不评（志愿者）"))),
            widget=forms.RadioSelect,
            required=False,
        ),
        "did_part": _yes_no(_("尽责")),
        "why": forms.CharField(
            label=_("裁定理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
        ),
    }


def _disputes(_act: ActionName, _offered: Offered) -> Fields:
    return {
        "disputes": forms.ChoiceField(
            label=_("接受这个评价吗"),
            choices=(("0", _("接受")), ("1", _("有异议，请另外的人裁定"))),
            widget=forms.RadioSelect,
        )
    }


FIELDS: Mapping[Need, Callable[[ActionName, Offered], Fields]] = {
    Need.NOTE: _note,
    Need.SENDS: _sends,
    Need.POSITION: _position,
    Need.CODE: _code,
    Need.ORGANISATION: _organisation,
    Need.ORGANISATIONS: _organisations,
    Need.ARRIVED: _arrived,
    Need.ANSWER: _answer,
    Need.PHOTOS: _photos,
    Need.VERDICTS: _verdicts,
    Need.VERDICT: _verdict,
    Need.DISPUTES: _disputes,
}
