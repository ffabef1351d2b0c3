"""The fields acts ask for, one maker for each need of the procedure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.desk.filters import Choices
from linli.faces.frame.choosing import Kept, Offer, OfferSelect
from linli.ground.kernel.calendars import Unit
from linli.spine.cases.catalogue_terms import LIMIT_UNIT_LABELS
from linli.spine.cases.queries.case import find_case_id
from linli.spine.cases.rules.supervising import NAME_LENGTH
from linli.spine.cases.terms import CHANNEL_LABELS, MAX_TEXT, Channel, Need, NeededField
from linli.spine.cases.terms.pending import (
    MEASURE_LENGTH,
    OBSTACLE_LABELS,
    POST_LENGTH,
    Obstacle,
)
from linli.spine.cases.terms.putting_off import CAUSE_LABELS, Cause
from linli.spine.cases.terms.supervision import RUNG_LABELS, WAY_LABELS, Rung, Way

from .photos import PhotosField

said = lazy(gettext, str)
REMINDED_BY = (
    Channel.PHONE,
    Channel.HOTLINE,
    Channel.COUNTER,
    Channel.WEB,
    Channel.WECHAT,
    Channel.COURIER,
    Channel.MEDIA,
    Channel.PATROL,
)
PHOTO_NEEDS = {Need.PHOTOS: "photos", Need.BEFORE_PHOTOS: "before_photos"}
MOST_LIMIT = 999


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What the selects of a form offer, and what is proposed."""

    categories: Choices = field(default_factory=list)
    organisations: Choices = field(default_factory=list)
    responsibilities: Choices = field(default_factory=list)
    at_work: Choices = field(default_factory=list)
    photos: Choices = field(default_factory=list)
    proposed: Mapping[str, Any] = field(default_factory=dict)


MakesFields = Callable[[NeededField, Offered], dict[str, forms.Field]]


def _note(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    area = forms.Textarea(attrs={"rows": 3})
    return {"note": _text(need, max_length=MAX_TEXT, widget=area)}


def _elsewhere(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    return {"elsewhere": _text(need, max_length=500)}


def _text(need: NeededField, *, max_length: int, widget: forms.Widget | None = None) -> forms.Field:
    return forms.CharField(
        label=said(need.label), required=need.is_required, max_length=max_length, widget=widget
    )


def _photos(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    field_ = PhotosField(label=said(need.label), required=False)
    field_.is_asked = need.is_required
    return {PHOTO_NEEDS[need.name]: field_}


def _choice(need: NeededField, choices: Choices) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=said(need.label),
        required=need.is_required,
        choices=_with_nothing(choices),
        widget=OfferSelect,
        coerce=int,
        empty_value=None,
    )


def _with_nothing(choices: Choices) -> Offer:
    kept = choices if isinstance(choices, Kept) else Kept(tuple(choices))
    return Offer(("", _("请选择")), kept)


def _category(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    return {"category_id": _choice(need, offered.categories)}


def _lead(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    return {"lead_id": _choice(need, offered.organisations)}


def _helpers(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    return {
        "helper_ids": forms.TypedMultipleChoiceField(
            label=said(need.label),
            required=need.is_required,
            choices=offered.organisations,
            coerce=int,
            widget=forms.CheckboxSelectMultiple,
        )
    }


def _limit(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    units = [(unit.value, said(LIMIT_UNIT_LABELS[unit.value])) for unit in Unit]
    return {
        "limit_amount": forms.IntegerField(
            label=said(need.label), required=need.is_required, min_value=1, max_value=MOST_LIMIT
        ),
        "limit_unit": forms.ChoiceField(
            label=_("时限单位"),
            required=need.is_required,
            choices=units,
            initial=Unit.WORKING_DAYS.value,
        ),
    }


def _responsibility(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    return {"responsibility_id": _choice(need, offered.responsibilities)}


def _place(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    return {
        "lon": forms.FloatField(label=_("经度"), required=need.is_required),
        "lat": forms.FloatField(label=_("纬度"), required=need.is_required),
        "address": forms.CharField(label=_("地址"), required=False, max_length=200),
    }


def _photo(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    return {"photo_id": forms.UUIDField(label=said(need.label), required=need.is_required)}


def _solved(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    field_ = forms.TypedChoiceField(
        label=said(need.label),
        required=need.is_required,
        choices=[("1", _("已解决")), ("0", _("没有解决"))],
        coerce=lambda value: value == "1",
        empty_value=None,
    )
    return {"solved": field_}


def _satisfaction(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    levels: Choices = [("3", _("满意")), ("2", _("基本满意")), ("1", _("不满意"))]
    return {"satisfaction": _choice(need, levels)}


def _unit(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    return {"unit_id": _choice(need, offered.organisations)}


def _target(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    return {"target_id": CaseNumberField(label=said(need.label), required=need.is_required)}


def _word(
    need: NeededField, kind: type[StrEnum], words: Iterable[tuple[StrEnum, str]]
) -> dict[str, forms.Field]:
    choices = [(one.value, said(label)) for one, label in words]
    field_ = forms.TypedChoiceField(
        label=said(need.label),
        required=need.is_required,
        choices=[("", _("请选择")), *choices],
        coerce=kind,
        empty_value=None,
    )
    return {need.name.value: field_}


def _channel(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    return _word(need, Channel, ((one, CHANNEL_LABELS[one]) for one in REMINDED_BY))


def _one_of(kind: type[StrEnum], labels: Mapping[Any, str]) -> MakesFields:
    return lambda need, offered: _word(need, kind, labels.items())


def _instructed_by(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    return {"instructed_by": _text(need, max_length=NAME_LENGTH)}


def _day(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    day = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    field_ = forms.DateField(label=said(need.label), required=need.is_required, widget=day)
    return {need.name.value: field_}


def _measure(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    area = forms.Textarea(attrs={"rows": 2})
    return {"measure": _text(need, max_length=MEASURE_LENGTH, widget=area)}


def _post(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    return {"post": _text(need, max_length=POST_LENGTH)}


def _photo_choice(need: NeededField, offered: Offered) -> dict[str, forms.Field]:
    return {
        "photo_ids": forms.TypedMultipleChoiceField(
            label=said(need.label),
            required=need.is_required,
            choices=offered.photos,
            coerce=UUID,
            widget=forms.CheckboxSelectMultiple,
        )
    }


class CaseNumberField(forms.CharField):
    """The number of another case, as people read it; it becomes the case's id."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)

    def clean(self, value: Any) -> Any:
        number = super().clean(value)
        if not number:
            return None
        found = find_case_id(number=number)
        if found is None:
            raise forms.ValidationError(_("没有这个编号的案件，请核对。"))
        return found


FIELDS: Mapping[Need, MakesFields] = {
    Need.NOTE: _note,
    Need.ELSEWHERE: _elsewhere,
    Need.PHOTOS: _photos,
    Need.BEFORE_PHOTOS: _photos,
    Need.CATEGORY: _category,
    Need.LEAD: _lead,
    Need.HELPERS: _helpers,
    Need.LIMIT: _limit,
    Need.RESPONSIBILITY: _responsibility,
    Need.PLACE: _place,
    Need.PHOTO: _photo,
    Need.SOLVED: _solved,
    Need.SATISFACTION: _satisfaction,
    Need.UNIT: _unit,
    Need.TARGET: _target,
    Need.CHANNEL: _channel,
    Need.PHOTO_CHOICE: _photo_choice,
    Need.RUNG: _one_of(Rung, RUNG_LABELS),
    Need.WAY: _one_of(Way, WAY_LABELS),
    Need.INSTRUCTED_BY: _instructed_by,
    Need.CAUSE: _one_of(Cause, CAUSE_LABELS),
    Need.UNTIL: _day,
    Need.OBSTACLE: _one_of(Obstacle, OBSTACLE_LABELS),
    Need.MEASURE: _measure,
    Need.POST: _post,
    Need.WAKE_ON: _day,
}
