"""What residents fill in: a report, a code, a rating, a reopening."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from linli.spine.cases.terms import MAX_TEXT, PhotoRef

MOST_PHOTOS = 6


class PhotosInput(forms.ClearableFileInput):
    """A file input that takes several photos."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos; whether each is one is decided where it is stored."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        """Give the list of files sent, without the empty ones."""
        files = data if isinstance(data, list | tuple) else [data]
        return [file for file in files if file]


class ReportForm(forms.Form):
    """A report as it is written; photos may have been uploaded before, by their refs."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    photos = PhotosField(
        label=_("照片"),
        required=False,
        widget=PhotosInput(attrs={"accept": "image/*", "multiple": True}),
    )
    lon = forms.FloatField(required=False, widget=forms.HiddenInput(attrs={"id": "place_lon"}))
    lat = forms.FloatField(required=False, widget=forms.HiddenInput(attrs={"id": "place_lat"}))
    device_lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    device_lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    address = forms.CharField(
        label=_("地址或附近的标志"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "placeholder": _("例如：3 号楼东侧垃圾站")}
        ),
    )
    text = forms.CharField(
        label=_("什么情况"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": MAX_TEXT}),
        error_messages={
            "required": _("请用一句话说说什么情况，例如“井盖不见了”。"),
            "max_length": _("最多写 %(limit_value)d 个字，现在有 %(show_value)d 个字。"),
        },
    )
    category = forms.CharField(required=False, max_length=90)
    is_urgent = forms.BooleanField(label=_("现在就有人身危险"), required=False)
    is_anonymous = forms.ChoiceField(
        label=_("要不要留联系方式"),
        choices=[("1", _("匿名上报")), ("0", _("留下联系方式"))],
        initial="1",
        widget=forms.RadioSelect,
        required=False,
    )
    name = forms.CharField(
        label=_("怎么称呼您"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("电话"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    agrees_contact = forms.BooleanField(
        label=_("承办单位可以直接联系我"),
        required=False,
        help_text=_("不勾选时，只有街道指挥中心能联系您，承办单位看不到您的电话。"),
    )

    is_for_another = forms.BooleanField(
        label=_("我是替别人报的"),
        required=False,
        help_text=_("例如家里老人、孩子，或不方便用手机的邻居。下面两项可以不填。"),
    )
    for_name = forms.CharField(label=_("替谁报"), required=False, max_length=60)
    for_phone = forms.CharField(
        label=_("那个人的电话"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, files, initial=dict(initial or {}))
        getlist = getattr(data, "getlist", None)
        sent = getlist("photo_ref") if getlist else []
        self.photo_refs = tuple(ref for ref in map(parse_photo_ref, sent) if ref)

    def clean(self) -> dict[str, Any]:
        """Check what concerns several fields: a place, and a way to answer when one is promised."""
        cleaned = super().clean() or {}
        if not self._has_point(cleaned) and not cleaned.get("address"):
            self.add_error(
                "address", _("请告诉我们在哪里：用当前位置、在地图上点一下，或写个地址都行。")
            )
        if cleaned.get("is_anonymous") == "0" and not cleaned.get("phone"):
            self.add_error("phone", _("您选了留联系方式，请写上电话；不想留就选“匿名上报”。"))
        return cleaned

    @staticmethod
    def _has_point(cleaned: Mapping[str, Any]) -> bool:
        return cleaned.get("lon") is not None and cleaned.get("lat") is not None


def parse_photo_ref(sent: str) -> PhotoRef | None:
    """Read `id:secret` of a photo uploaded before; None when it is no such thing."""
    photo_id, _colon, secret = sent.partition(":")
    try:
        return PhotoRef(id=UUID(photo_id), secret=secret)
    except ValueError:
        return None


class CodeForm(forms.Form):
    """The tracking code, as people type it: spaces, hyphens and case do not matter."""

    code = forms.CharField(
        label=_("查询码"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": _("请输入上报时得到的查询码。")},
    )

    def clean_code(self) -> str:
        """Leave only letters and figures, in capitals."""
        return "".join(sign for sign in self.cleaned_data["code"] if sign.isalnum()).upper()


class RatingForm(forms.Form):
    """How it went, in the reporter's eyes."""

    solved = forms.TypedChoiceField(
        label=_("问题解决了吗"),
        choices=[("1", _("解决了")), ("0", _("没有解决"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages={"required": _("请选“解决了”或“没有解决”。")},
    )
    satisfaction = forms.TypedChoiceField(
        label=_("您满意吗"),
        choices=[("3", _("满意")), ("2", _("基本满意")), ("1", _("不满意"))],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个满意程度。")},
    )
    note = forms.CharField(
        label=_("想说的话"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """Whether it is all right now, where only the reporter can tell."""

    solved = forms.TypedChoiceField(
        label=_("现在好了吗"),
        choices=[("1", _("现在好了")), ("0", _("还没有好"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages={"required": _("请选“现在好了”或“还没有好”。")},
    )
    note = forms.CharField(
        label=_("要补充的"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReopenForm(forms.Form):
    """Why the matter is not settled."""

    note = forms.CharField(
        label=_("哪里还没有解决"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写一句哪里还没有解决，方便下一次办到位。")},
    )
    photos = PhotosField(
        label=_("现在的照片"),
        required=False,
        widget=PhotosInput(attrs={"accept": "image/*", "multiple": True}),
    )
