"""The form of notices for doors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

CODE = r"^\d{18}$"


class DoorForm(forms.Form):
    """For which doors, on which paper, in which language."""

    area = forms.ChoiceField(label=_("哪里的单元"))
    building = forms.RegexField(
        label=_("只要一栋楼"),
        regex=CODE,
        required=False,
        help_text=_("楼栋的编号，18 位。不填就是整个区域。"),
        error_messages={"invalid": _("楼栋编号是 18 位数字。")},
    )
    paper = forms.ChoiceField(label=_("纸张"), choices=[("a5", "A5"), ("a4", "A4")])
    language = forms.ChoiceField(
        label=_("用哪种文字"),
        choices=[("both", _("中文和英文")), ("zh", _("只要中文")), ("en", _("只要英文"))],
    )

    def __init__(self, data: Any, *, areas: Iterable[Any], initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial))
        self.fields["area"].choices = list(areas)  # type: ignore[attr-defined]
