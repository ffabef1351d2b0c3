"""Forms of the office above as forms: taken in, mapped, corrected."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.desk.filters import Choices
from linli.faces.frame.forms import RefusableForm
from linli.programmes.returns.rules.figures import FIGURES
from linli.programmes.returns.terms import (
    MOST_ISSUER,
    MOST_NAME,
    MOST_REASON,
    PERIOD_LABELS,
    SPAN_LABELS,
    PeriodKind,
    Span,
    Target,
)
from linli.spine.cases.terms import CHANNEL_LABELS, LEVEL_LABELS

said = lazy(gettext, str)
_MAJOR, _KEY = "major:", "key:"


def _file() -> forms.FileField:
    return forms.FileField(
        label=_("报表文件"),
        error_messages={"required": _("请选择上级发来的报表。")},
        help_text=_("上级发来的空表，.xlsx，最大 2 MB。原样保存，格式和公式都不动。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )


def _figures() -> list[tuple[str, Any]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in FIGURES.values():
        groups.setdefault(gettext(one.group), []).append((one.key, gettext(one.label)))
    return [("", gettext("请选择")), *groups.items()]


class FormUpload(RefusableForm):
    """Takes in a form: whose it is, what it is called, how often it is filled in."""

    name = forms.CharField(label=_("报表名称"), max_length=MOST_NAME)
    issuer = forms.CharField(
        label=_("哪个上级单位的"), max_length=MOST_ISSUER, help_text=_("例如：区社会工作部。")
    )
    kind = forms.ChoiceField(
        label=_("多久填一次"),
        choices=[(one.value, said(label)) for one, label in PERIOD_LABELS.items()],
        initial=PeriodKind.MONTH.value,
    )
    street = forms.ChoiceField(label=_("街道"))
    file = _file()

    def __init__(
        self,
        typed: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        streets: list[tuple[str, str]],
    ) -> None:
        super().__init__(typed, files, auto_id="form_%s")
        cast("forms.ChoiceField", self.fields["street"]).choices = streets
        self.fields["street"].initial = streets[0][0] if streets else ""


class VersionUpload(RefusableForm):
    """Takes in a new version of a form."""

    file = _file()

    def __init__(
        self,
        typed: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
    ) -> None:
        super().__init__(typed, files, auto_id="version_%s")


class CellForm(RefusableForm):
    """Says what a cell stands for."""

    sheet = forms.CharField(widget=forms.HiddenInput, max_length=31)
    cell = forms.CharField(label=_("单元格"), max_length=10)
    figure = forms.ChoiceField(label=_("指标"), choices=_figures)
    span = forms.ChoiceField(
        label=_("哪一段时间"), choices=[(one.value, said(SPAN_LABELS[one])) for one in Span]
    )
    area = forms.ChoiceField(label=_("社区或网格"), required=False)
    category = forms.ChoiceField(label=_("类别"), required=False)
    channel = forms.ChoiceField(
        label=_("来源"),
        required=False,
        choices=[("", _("全部来源")), *((c.value, said(t)) for c, t in CHANNEL_LABELS.items())],
    )
    level = forms.ChoiceField(
        label=_("办理层级"),
        required=False,
        choices=[("", _("全部层级")), *((c.value, said(t)) for c, t in LEVEL_LABELS.items())],
    )

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        areas: Choices,
        categories: Choices,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(typed, auto_id="cell_%s", initial=initial)
        for name, offered in (("area", areas), ("category", categories)):
            cast("forms.ChoiceField", self.fields[name]).choices = offered

    def read(self) -> Target:
        """Turn the valid form into what the room takes."""
        given = self.cleaned_data
        category = given["category"]
        return Target(
            figure=given["figure"],
            span=Span(given["span"]),
            area_code=given["area"],
            category_key=category.removeprefix(_KEY) if category.startswith(_KEY) else "",
            major_code=category.removeprefix(_MAJOR) if category.startswith(_MAJOR) else "",
            channel=given["channel"],
            level=given["level"],
        )


class CorrectionForm(RefusableForm):
    """Says what a number should be, and why."""

    amount = forms.CharField(label=_("更正为"), max_length=20)
    reason = forms.CharField(
        label=_("为什么更正"),
        help_text=_("以后看这份报表的人会看到。不要写居民的姓名、电话。"),
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, typed: QueryDict | None = None) -> None:
        super().__init__(typed, auto_id="correct_%s")


def written(target: Target) -> dict[str, str]:
    """Give the fields of a form that say what a cell stands for."""
    category = f"{_KEY}{target.category_key}" if target.category_key else ""
    if target.major_code:
        category = f"{_MAJOR}{target.major_code}"
    return {
        "figure": target.figure,
        "span": target.span.value,
        "area": target.area_code,
        "category": category,
        "channel": target.channel,
        "level": target.level,
    }


def major_value(code: str) -> str:
    """Give the value that stands for a whole major class."""
    return f"{_MAJOR}{code}"


def key_value(key: str) -> str:
    """Give the value that stands for one category."""
    return f"{_KEY}{key}"
