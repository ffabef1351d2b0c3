"""What a called organisation without an account fills in behind its link."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.programmes.whistle.terms import (
    MOST_NAME,
    MOST_REPLY,
    ActionName,
    AllowedAction,
    Need,
    WhistleInput,
)
from linli.spine.cases.terms import MAX_TEXT, Point

from .handler_forms import Behind, BehindLinkForm

PLACEHOLDERS: Mapping[ActionName, Promise] = {
    ActionName.COME: _("例如：二十分钟后到，从东门进。"),
    ActionName.DECLINE: _("例如：人都在另一处抢修，两小时后才走得开。"),
    ActionName.REPORT_DEED: _("例如：关了两处阀门，换了一节管，路面已清扫。"),
    ActionName.REPLY: _("例如：收到，同意。"),
}


class WhistleLinkForm(BehindLinkForm):
    """The form of one action on a whistle."""

    asks_position = False

    def __init__(self, act: AllowedAction, *, behind: Behind) -> None:
        super().__init__(act.name.value, behind)
        self.act = act
        for need in (*act.needs, *act.takes):
            self._add(need, is_required=need in act.needs)
        self.ask_name()

    def _add(self, need: Need, *, is_required: bool) -> None:
        match need:
            case Need.NOTE:
                self.fields["note"] = self._note(is_required=is_required)
            case Need.SENDS:
                self.fields["sends"] = forms.CharField(
                    label=_("派谁来"),
                    help_text=_("例如“张工，带两人”；办结 90 天后删除。"),
                    required=is_required,
                    max_length=MOST_NAME,
                )
            case Need.POSITION:
                self.asks_position = True
                for name in ("lon", "lat"):
                    hidden = forms.FloatField(widget=forms.HiddenInput, required=False)
                    self.fields[name] = hidden
            case Need.CODE:
                self.fields["code"] = self._code()
            case Need.PHOTOS:
                self.ask_photos(is_required=is_required)
            case Need.DISPUTES:
                self.fields["disputes"] = forms.ChoiceField(
                    label=_("接受这个评价吗"),
                    choices=(("0", _("接受")), ("1", _("有异议，请另外的人裁定"))),
                )
            case _:
                return

    def _code(self) -> forms.Field:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        return forms.CharField(
            label=_("到场码"),
            help_text=_("手机给不出位置时才填：看召集人屏幕上的六位数，或扫他屏幕上的二维码。"),
            required=False,
            max_length=MOST_NAME,
            widget=forms.TextInput(attrs=attrs),
        )

    def _note(self, *, is_required: bool) -> forms.Field:
        most = MOST_REPLY if self.act.name is ActionName.REPLY else MAX_TEXT
        rows = 1 if self.act.name in (ActionName.REPLY, ActionName.SIGN_IN) else 3
        hint = PLACEHOLDERS.get(self.act.name, "")
        return forms.CharField(
            label=_("说明"),
            required=is_required,
            max_length=most,
            widget=forms.Textarea(attrs={"rows": rows, "placeholder": hint}),
            error_messages={"required": _("请写一句话，别的写好的都还在。")},
        )

    def read(self) -> WhistleInput:
        """Turn the valid form into what the room takes."""
        given = self.cleaned_data
        lon, lat, disputes = given.get("lon"), given.get("lat"), given.get("disputes")
        return WhistleInput(
            note=given.get("note", ""),
            sends=given.get("sends", ""),
            position=Point(lon=lon, lat=lat) if lon is not None and lat is not None else None,
            code=given.get("code", ""),
            photos=self.refs,
            disputes=disputes == "1" if disputes else None,
        )
