"""A report entered for somebody: by telephone, at the counter, or found on patrol."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.desk.filters import Choices
from linli.faces.frame.forms import RefusableForm
from linli.ground.kernel.errors import Refusal
from linli.spine.cases.terms import (
    CHANNEL_LABELS,
    KIND_LABELS,
    MAX_TEXT,
    ActionInput,
    CaseKind,
    Channel,
    Contact,
    NewReport,
    PhotoRef,
    Point,
)

from .photos import PhotosField, read_refs, store_all, write_refs

said = lazy(gettext, str)
CHANNELS = (Channel.PATROL, Channel.PHONE, Channel.COUNTER, Channel.HOTLINE, Channel.MEDIA)


class EntryForm(RefusableForm):
    """Takes one report; with `settled` the finder has already put it right."""

    shown_at = MappingProxyType(
        {"point": "lon", "category_key": "category", "before_photos": "photos"}
    )
    channel = forms.ChoiceField(
        label=_("怎么来的"),
        choices=lambda: [(one.value, said(CHANNEL_LABELS[one])) for one in CHANNELS],
    )
    original_number = forms.CharField(label=_("原编号"), required=False, max_length=60)
    kind = forms.ChoiceField(
        label=_("是什么事"), choices=lambda: [(k.value, said(t)) for k, t in KIND_LABELS.items()]
    )
    about_organisation_id = forms.TypedChoiceField(
        label=_("投诉哪个单位"),
        help_text=_("投诉交给这个单位的上级办，不会交给它自己。"),
        required=False,
        coerce=int,
        empty_value=None,
    )
    text = forms.CharField(
        label=_("反映的内容"),
        help_text=_("写清是什么、在哪里、什么时候。不要写姓名、电话和门牌，下面另有地方。"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    category = forms.ChoiceField(label=_("类别"), required=False)
    is_urgent = forms.BooleanField(label=_("有危险，要马上处理"), required=False)
    lon = forms.FloatField(label=_("经度"), required=False)
    lat = forms.FloatField(label=_("纬度"), required=False)
    address = forms.CharField(label=_("地址"), required=False, max_length=200)
    place_note = forms.CharField(label=_("怎么找到"), required=False, max_length=200)
    photos = PhotosField(label=_("照片"), required=False)
    name = forms.CharField(label=_("称呼"), required=False, max_length=60)
    phone = forms.CharField(label=_("电话"), required=False, max_length=30)
    door = forms.CharField(label=_("门牌"), required=False, max_length=120)
    agrees_contact = forms.BooleanField(label=_("同意承办单位直接联系"), required=False)
    settled = forms.BooleanField(
        label=_("已经当场处置好"),
        help_text=_("要有处置前和处置后的照片；不再派遣，由别人抽查。"),
        required=False,
    )
    after_photos = PhotosField(label=_("处置后的照片"), required=False)
    note = forms.CharField(
        label=_("怎么处置的"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        typed: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        categories: Choices,
        organisations: Choices,
        initial: dict[str, Any] | None = None,
        only_finds: bool = False,
    ) -> None:
        super().__init__(typed, files, auto_id="entry_%s", initial=initial)
        if only_finds:
            found = cast("forms.ChoiceField", self.fields["channel"])
            found.choices = [(Channel.PATROL.value, said(CHANNEL_LABELS[Channel.PATROL]))]
        self._offer("category", _("先不分类"), categories)
        self._offer("about_organisation_id", _("不是投诉单位"), organisations)
        self.refs: dict[str, tuple[PhotoRef, ...]] = {
            name: read_refs(typed.getlist(f"{name}_kept")) if typed else ()
            for name in ("photos", "after_photos")
        }

    def _offer(self, name: str, nothing: Any, choices: Choices) -> None:
        field = cast("forms.ChoiceField", self.fields[name])
        field.choices = [("", nothing), *choices]

    @property
    def kept_refs(self) -> list[tuple[str, list[str]]]:
        """Photos already stored, as hidden fields write them."""
        return [(name, write_refs(refs)) for name, refs in self.refs.items() if refs]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("lon") is None and not given.get("address"):
            self.add_error("address", _("请在地图上点出位置，或写下地址。"))
        complains = given.get("kind") == CaseKind.COMPLAINT
        if given.get("about_organisation_id") and not complains:
            self.add_error("kind", _("选了被投诉的单位，这里请选“投诉”。"))
        if given.get("settled") and given.get("channel") != Channel.PATROL:
            self.add_error("channel", _("当场处置的，请选“巡查发现”。"))
        return given

    def store_photos(self, *, uploaded_by_id: int, at: datetime) -> bool:
        """Store the photos that came, whatever else is wrong; tell whether the form is valid."""
        self.full_clean()
        for name in self.refs:
            files = self.cleaned_data.get(name) or []
            try:
                self.refs[name] += tuple(store_all(files, uploaded_by_id=uploaded_by_id, at=at))
            except Refusal as refusal:
                self.add_error(name, refusal.words(gettext))
        if self.cleaned_data.get("settled"):
            self._ask_for_both_photos()
        return self.is_valid()

    def _ask_for_both_photos(self) -> None:
        if not self.refs["photos"]:
            self.add_error("photos", gettext("当场处置的要有处置前的照片。"))
        if not self.refs["after_photos"]:
            self.add_error("after_photos", gettext("当场处置的要有处置后的照片。"))

    def read(self) -> NewReport:
        """Turn the valid form into a report; photos of a settled matter go with the settling."""
        given = self.cleaned_data
        lon, lat = given["lon"], given["lat"]
        return NewReport(
            text=given["text"],
            kind=CaseKind(given["kind"]),
            channel=Channel(given["channel"]),
            category_key=given["category"],
            point=Point(lon=lon, lat=lat) if lon is not None and lat is not None else None,
            address=given["address"],
            place_note=given["place_note"],
            photos=() if given["settled"] else self.refs["photos"],
            contact=Contact(
                name=given["name"],
                phone=given["phone"],
                door=given["door"],
                agrees_contact=given["agrees_contact"],
            ),
            is_anonymous=not (given["name"] or given["phone"]),
            about_organisation_id=given["about_organisation_id"],
            is_urgent=given["is_urgent"],
            original_number=given["original_number"],
            language=get_language() or "zh-hans",
        )

    def read_settling(self) -> ActionInput:
        """Turn the valid form into the act of settling at once."""
        return ActionInput(
            note=self.cleaned_data["note"],
            before_photos=self.refs["photos"],
            photos=self.refs["after_photos"],
        )
