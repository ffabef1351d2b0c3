"""What couriers fill in: for whom they ride, and a report in three taps."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.frame.forms import RefusableForm
from linli.programmes.couriers.terms import MOST_COMPANY, Company

from .forms import PhotosField, PhotosInput

said = lazy(gettext, str)
Choices = Iterable[tuple[str, str]]


class JoinForm(RefusableForm):
    """For whom somebody rides, and where most."""

    company = forms.ChoiceField(
        label=_("在哪里跑"), choices=lambda: [(one.value, said(one.label)) for one in Company]
    )
    company_name = forms.CharField(
        label=_("单位名称"),
        help_text=_("选了“其他单位”的请写。"),
        required=False,
        max_length=MOST_COMPANY,
    )
    area_code = forms.ChoiceField(label=_("常跑的社区"))

    def __init__(self, typed: QueryDict | None = None, *, communities: Choices) -> None:
        super().__init__(typed, auto_id="join_%s")
        cast("forms.ChoiceField", self.fields["area_code"]).choices = [
            ("", gettext("请选择")),
            *communities,
        ]


class NeededPhotos(PhotosField):
    """Photos the room insists on; the field itself doesn't, so that its words are the room's."""

    is_asked = True


class CourierReportForm(RefusableForm):
    """A photo, what it is, where it is: no more than three taps."""

    shown_at = MappingProxyType({"lon": "address", "point": "address", "category_key": "category"})
    id = forms.UUIDField(widget=forms.HiddenInput)
    photos = NeededPhotos(
        label=_("拍照"),
        required=False,
        widget=PhotosInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    category = forms.CharField(max_length=90, error_messages={"required": _("请选是哪一类问题。")})
    address = forms.CharField(
        label=_("在哪里"),
        help_text=_("手机给出了位置就不用填。"),
        required=False,
        max_length=200,
    )
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(label=_("补一句"), required=False, max_length=200)

    def __init__(
        self,
        typed: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(typed, files, auto_id="courier_%s", initial=initial)
