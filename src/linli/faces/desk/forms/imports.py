"""A file sent to be taken over, and how it is to be read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.errors import Refusal
from linli.ground.territory.terms import CoordinateSystem
from linli.spine.cases.rules.importing import CHANNELS
from linli.spine.cases.terms import CHANNEL_LABELS, Channel

said = lazy(gettext, str)
TABLES = ".xlsx,.xls,.ods,.csv"


class UploadForm(forms.Form):
    """Takes one file; a file that has arrived is kept while the rest is put right."""

    file = forms.FileField(
        label=_("表格文件"),
        error_messages={"required": _("请选择要导入的文件。")},
        help_text=_(".xlsx、.xls、.ods 或 .csv，最大 20 MB、10 万行。列的先后不限。"),
        widget=forms.FileInput(attrs={"accept": TABLES}),
    )
    held = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        typed: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
    ) -> None:
        super().__init__(typed, files, auto_id="import_%s")
        self.fields["file"].required = not (typed and typed.get("held"))

    def options(self) -> dict[str, str]:
        """Say how the file is to be read."""
        return {}

    def blame(self, refusal: Refusal) -> None:
        """Show why the file was not received."""
        self.add_error("file", refusal.words(gettext))

    @property
    def held_id(self) -> UUID | None:
        """The import the file already received belongs to."""
        found = self.cleaned_data.get("held") if hasattr(self, "cleaned_data") else None
        return found if isinstance(found, UUID) else None


class CaseUploadForm(UploadForm):
    """Takes a file of cases: which coordinates, which door, which platform."""

    coordinates = forms.ChoiceField(
        label=_("坐标系"),
        help_text=_("高德、腾讯地图上取的是 GCJ-02，百度是 BD-09；表里没有经纬度就选 WGS-84。"),
        choices=[
            ("", _("请选择")),
            *((one.value, one.value) for one in CoordinateSystem),
        ],
    )
    channel = forms.ChoiceField(
        label=_("来源渠道"),
        help_text=_("表里“来源渠道”一列没有填的，都算这个渠道。"),
        choices=lambda: [(one.value, said(CHANNEL_LABELS[one])) for one in CHANNELS],
        initial=Channel.HOTLINE.value,
    )
    system = forms.CharField(
        label=_("来源平台"),
        help_text=_("同一个平台的同一个原编号，只会有一件案件。"),
        max_length=60,
        initial=_("12345 热线"),
    )

    def options(self) -> dict[str, str]:
        """Say how the file is to be read."""
        return {name: self.cleaned_data[name] for name in ("coordinates", "channel", "system")}
