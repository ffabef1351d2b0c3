"""One call as a form: takes whatever was typed, judges nothing, and shows what the room refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.desk.filters import Choices
from linli.faces.frame.forms import RefusableForm
from linli.ground.kernel.errors import Refusal
from linli.programmes.hotline.terms import KIND_KEYS, MAX_WORDS, TELL_LABELS, CallWords
from linli.spine.cases.terms import CHANNEL_LABELS, KIND_LABELS, Channel, PhotoRef

from .photos import read_refs, write_refs

said = lazy(gettext, str)
CHANNELS = (
    Channel.PHONE,
    Channel.COUNTER,
    Channel.WECHAT,
    Channel.COURIER,
    Channel.HOTLINE,
    Channel.MEDIA,
)
# Which field shows a refusal that names something else.
SHOWN_AT = {
    "lon": "place",
    "lat": "place",
    "point": "place",
    "category_key": "category_name",
    "category": "category_name",
    "about_organisation_id": "about",
    "phone": "caller",
    "photos": "files",
}


class CallForm(RefusableForm):
    """The fields of a call in the order of a call."""

    shown_at = SHOWN_AT
    caller = forms.CharField(label=_("来电号码"), max_length=30)
    channel = forms.ChoiceField(
        label=_("怎么来的"),
        choices=lambda: [(one.value, said(CHANNEL_LABELS[one])) for one in CHANNELS],
    )
    original_number = forms.CharField(label=_("对方的编号"), max_length=60)
    kind = forms.ChoiceField(
        label=_("是什么事"),
        choices=lambda: [(kind.value, said(KIND_LABELS[kind])) for kind in KIND_KEYS.values()],
        widget=forms.RadioSelect,
    )
    about = forms.ChoiceField(
        label=_("投诉哪个单位"), help_text=_("投诉交给这个单位的上级办，不会交给它自己。")
    )
    place = forms.CharField(label=_("在哪里"), max_length=60)
    lon = forms.CharField(max_length=24, widget=forms.HiddenInput(attrs={"id": "entry_lon"}))
    lat = forms.CharField(max_length=24, widget=forms.HiddenInput(attrs={"id": "entry_lat"}))
    address = forms.CharField(
        label=_("地址"), max_length=200, widget=forms.TextInput(attrs={"id": "entry_address"})
    )
    place_note = forms.CharField(label=_("怎么找到"), max_length=200)
    text = forms.CharField(
        label=_("说了什么"),
        max_length=MAX_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    category = forms.CharField(max_length=40, widget=forms.HiddenInput)
    category_name = forms.CharField(label=_("类别"), max_length=60)
    name = forms.CharField(label=_("称呼"), max_length=60)
    door = forms.CharField(label=_("门牌"), max_length=120)
    agrees = forms.BooleanField(label=_("同意承办单位直接联系"))
    anonymous = forms.BooleanField(label=_("要求匿名"))
    urgent = forms.BooleanField(label=_("有危险，要马上处理"))
    behalf = forms.BooleanField(label=_("替没有电话的人反映"))
    tell_by = forms.ChoiceField(
        label=_("怎么把结果告诉本人"),
        choices=lambda: [
            ("", _("电话或查询码")),
            *((how.value, said(label)) for how, label in TELL_LABELS.items()),
        ],
    )
    tell_note = forms.CharField(
        label=_("在哪儿告诉"),
        help_text=_("只写公共地点，例如“三社区议事亭”；门牌写在上面。"),
        max_length=60,
    )
    number = forms.CharField(label=_("说的是哪一件"), max_length=24)

    def __init__(
        self, words: CallWords | None = None, typed: QueryDict | None = None, *, about: Choices
    ) -> None:
        super().__init__(typed, initial=asdict(words) if words else None)
        # Not declared above: a form has a `files` of its own.
        self.fields["files"] = forms.Field(label=_("照片、录音"))
        for field in self.fields.values():
            field.required = False
        offered = cast("forms.ChoiceField", self.fields["about"])
        offered.choices = [("", _("不是投诉某个单位")), *about]

    @property
    def kinds(self) -> list[tuple[str, str, str]]:
        """The kinds with their keys: key, value, label."""
        return [(key, kind.value, KIND_LABELS[kind]) for key, kind in KIND_KEYS.items()]

    @property
    def chosen_kind(self) -> str:
        """The kind that is marked."""
        return str(self["kind"].value() or "")

    @property
    def is_question(self) -> bool:
        """Whether a question is being asked."""
        return self.chosen_kind == "question"

    @property
    def ticks(self) -> list[forms.BoundField]:
        """The boxes that stand in one row."""
        return [self[name] for name in ("urgent", "agrees", "anonymous")]

    @property
    def is_for_another(self) -> bool:
        """Whether something was said of another person, a door or another's number."""
        names = ("behalf", "tell_by", "tell_note", "door", "original_number")
        return any(self[name].value() or self[name].errors for name in names)

    def blame(self, refusal: Refusal) -> None:
        """Put the room's refusal beside the field it is about, also of a draft never checked."""
        self.full_clean()
        super().blame(refusal)


def read_words(typed: Mapping[str, Any]) -> CallWords:
    """Read what was typed as it was typed; a box counts when it is there."""
    found: dict[str, Any] = {}
    for field in fields(CallWords):
        is_box = isinstance(field.default, bool)
        given = typed.get(field.name)
        if is_box:
            found[field.name] = bool(given)
        elif isinstance(given, str):
            found[field.name] = given.replace("\r\n", "\n")
    return CallWords(**found)


def read_photos(typed: QueryDict) -> tuple[PhotoRef, ...]:
    """Read the references of photos already sent."""
    return read_refs(typed.getlist("photo"))


def show_photos(photos: Iterable[PhotoRef]) -> list[tuple[PhotoRef, str]]:
    """Pair photos with their reference as the form carries it."""
    listed = list(photos)
    return list(zip(listed, write_refs(listed), strict=True))
