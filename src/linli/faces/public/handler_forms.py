"""What somebody without an account fills in behind a link: exactly what the action asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.frame.forms import RefusableForm
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.held_links import MOST_NAME
from linli.ground.kernel.photos import store_photo
from linli.spine.cases.terms import MAX_TEXT, ActionInput, AllowedAction, Need, PhotoRef

from .forms import MOST_PHOTOS, PhotosField, PhotosInput, parse_photo_ref

said = lazy(gettext, str)
PLACEHOLDERS: Mapping[str, str | Promise] = {
    "feed_back": _("例如：垃圾已清运，地面已冲洗。"),
    "feed_back_task": _("例如：垃圾已清运，地面已冲洗。"),
    "return_task": _("例如：该处为小区内部道路，属物业公司。"),
    "return": _("例如：该处为小区内部道路，属物业公司。"),
    "contact_request": _("例如：请问具体在几单元门口？"),
    "comment": _("例如：配件明天到，后天上午更换。"),
}


@dataclass(frozen=True, kw_only=True)
class Behind:
    """What every form behind a link starts with, and what was sent of it."""

    version: int
    secret: str
    handler_name: str
    typed: QueryDict | None = None
    files: MultiValueDict[str, Any] | None = None


class BehindLinkForm(RefusableForm):
    """The form of one action; refused, it keeps the words and the photos already sent."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)
    photos_needed = False

    def __init__(self, name: str, behind: Behind) -> None:
        start = {
            "version": behind.version,
            "secret": behind.secret,
            "handler_name": behind.handler_name,
        }
        super().__init__(behind.typed, behind.files, auto_id=f"{name}_%s", initial=start)
        sent = behind.typed.getlist("photos_kept") if behind.typed else []
        self.refs = tuple(ref for ref in map(parse_photo_ref, sent) if ref)[:MOST_PHOTOS]

    def ask_name(self) -> None:
        """Ask last what the holder calls themselves."""
        self.fields["handler_name"] = forms.CharField(
            label=_("怎么称呼您"),
            help_text=_("方便指挥中心找到经手的人，链接到期 90 天后清除。"),
            required=False,
            max_length=MOST_NAME,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )

    def ask_photos(self, *, is_required: bool) -> None:
        """Ask for photos."""
        self.fields["photos"] = PhotosField(
            label=_("现场照片"),
            required=is_required,
            widget=PhotosInput(attrs={"accept": "image/*", "multiple": True}),
        )
        self.photos_needed = is_required

    @property
    def kept_refs(self) -> list[str]:
        """Photos already stored, as hidden fields write them."""
        return [f"{ref.id}:{ref.secret}" for ref in self.refs]

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields drawn one under the other."""
        return [bound for bound in self if not bound.is_hidden]

    def store_photos(self, *, at: datetime) -> bool:
        """Store the photos that came, whatever else is wrong; tell whether the form is valid."""
        self.full_clean()
        files = self.cleaned_data.get("photos") or []
        try:
            stored = [store_photo(stream=file, uploaded_by_id=None, at=at) for file in files]
        except Refusal as refusal:
            self.add_error("photos", refusal.words(gettext))
        else:
            new = tuple(PhotoRef(id=one.id, secret=one.secret) for one in stored)
            self.refs = (*self.refs, *new)[:MOST_PHOTOS]
        if self.photos_needed and not self.refs and "photos" not in self.errors:
            self.add_error("photos", gettext("这一步要有照片：请拍一张或从相册选一张。"))
        return self.is_valid()


class HandlerForm(BehindLinkForm):
    """The form of one action on a case."""

    def __init__(
        self, act: AllowedAction, *, behind: Behind, responsibilities: list[tuple[str, str]]
    ) -> None:
        super().__init__(act.name.value, behind)
        self.act = act
        for need in act.needs:
            self._add(need.name, need.is_required, responsibilities)
        self.ask_name()

    def _add(self, need: Need, is_required: bool, items: list[tuple[str, str]]) -> None:
        match need:
            case Need.NOTE:
                self.fields["note"] = self._note(is_required=is_required)
            case Need.PHOTOS:
                self.ask_photos(is_required=is_required)
            case Need.RESPONSIBILITY:
                self.fields["responsibility_id"] = forms.TypedChoiceField(
                    label=_("依据职责清单哪一项"),
                    required=is_required,
                    choices=[("", _("请选择")), *items],
                    coerce=int,
                    empty_value=None,
                    error_messages={"required": _("请选一项职责，说明为什么不归本单位。")},
                )
            case _:
                return

    def _note(self, *, is_required: bool) -> forms.Field:
        hint = PLACEHOLDERS.get(self.act.name.value, "")
        return forms.CharField(
            label=_("说明"),
            required=is_required,
            max_length=MAX_TEXT,
            widget=forms.Textarea(attrs={"rows": 3, "placeholder": hint}),
            error_messages={"required": _("请写一句话，别的写好的都还在。")},
        )

    def read(self) -> ActionInput:
        """Turn the valid form into what the room takes."""
        return ActionInput(
            note=self.cleaned_data.get("note", ""),
            photos=self.refs,
            responsibility_id=self.cleaned_data.get("responsibility_id"),
        )
