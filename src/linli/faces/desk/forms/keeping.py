"""Forms of keeping: the head of a draft, one category, one item, and what takes over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.desk.filters import Choices
from linli.faces.frame.forms import RefusableForm
from linli.ground.kernel.errors import Refusal
from linli.programmes.keeping.terms import Matter, Value
from linli.spine.cases.catalogue_terms import (
    CHECKED_BY_LABELS,
    LIMIT_UNIT_LABELS,
    RESPONSIBILITY_LABELS,
)

said = lazy(gettext, str)


def _choices(labels: Mapping[Any, str]) -> Choices:
    return [("", _("请选择")), *((str(value), said(label)) for value, label in labels.items())]


def _words(label: Any, *, most: int = 2000, rows: int = 3, **named: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=most, widget=area, **named)


class DraftForm(RefusableForm):
    """What a next version is called, from which day, and why."""

    title = forms.CharField(label=_("修订的名称"), max_length=100)
    version = forms.CharField(
        label=_("新清单的版本号"), help_text=_("大家引用时说的，例如 2027-1。"), max_length=20
    )
    effective_on = forms.DateField(
        label=_("哪天生效"),
        help_text=_("当天零点起按新的办；之前都可以撤回。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("为什么要改"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, typed: QueryDict | None = None, *, matter: Matter, first: date | None = None
    ) -> None:
        super().__init__(typed, auto_id="draft_%s", initial={"effective_on": first})
        if matter is not Matter.LIST:
            del self.fields["version"]


class EntryForm(RefusableForm):
    """What the forms of a category and of an item share."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key_field: ClassVar[str]

    def read(self) -> dict[str, Value]:
        """Give the values typed, as a change of a draft holds them."""
        return {
            name: self._plain(self.cleaned_data[name])
            for name in self.fields
            if name not in ("seen", self.key_field) and self.cleaned_data.get(name) is not None
        }

    def _plain(self, value: Any) -> Value:
        if isinstance(value, list | tuple):
            return tuple(sorted(str(one) for one in value))
        return value if isinstance(value, bool | int) else str(value)


class CategoryForm(EntryForm):
    """One category: when it is filed and closed, in what time, how it is checked."""

    key_field = "code"
    code = forms.CharField(
        label=_("代码"), help_text=_("本地扩展里没有用过的，例如 L60。"), max_length=70
    )
    major_code = forms.ChoiceField(label=_("大类"))
    name = forms.CharField(label=_("名称"), max_length=200)
    name_en = forms.CharField(label=_("英文名称"), required=False, max_length=200)
    aliases = forms.CharField(
        label=_("别名"),
        help_text=_("居民常用的说法，用空格分开，搜索时也找得到。"),
        required=False,
        max_length=200,
    )
    filing_condition = _words(_("立案条件"))
    closing_condition = _words(_("结案条件"))
    limit_amount = forms.IntegerField(
        label=_("处置时限"),
        min_value=1,
        max_value=3650,
        error_messages=dict.fromkeys(
            ("min_value", "max_value", "invalid"), _("请填 1 到 3650 的整数。")
        ),
    )
    limit_unit = forms.ChoiceField(label=_("时限单位"), choices=lambda: _choices(LIMIT_UNIT_LABELS))
    checked_by = forms.ChoiceField(label=_("核查方式"), choices=lambda: _choices(CHECKED_BY_LABELS))
    is_public = forms.BooleanField(label=_("对外公开"), required=False)
    for_couriers = forms.BooleanField(
        label=_("小哥可以上报"),
        help_text=_("只勾公共空间的问题，不勾和人有关的。"),
        required=False,
    )
    filing_condition_en = _words(_("立案条件（英文）"))
    closing_condition_en = _words(_("结案条件（英文）"))

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        values: Mapping[str, Value],
        seen: int,
        majors: Choices,
        is_new: bool,
    ) -> None:
        super().__init__(typed, auto_id="entry_%s", initial={**values, "seen": seen})
        cast("forms.ChoiceField", self.fields["major_code"]).choices = [
            ("", gettext("请选择")),
            *majors,
        ]
        if not is_new:
            del self.fields["code"], self.fields["major_code"]


class ItemForm(EntryForm):
    """One item: who leads, who helps, for what, where, on what basis."""

    key_field = "item_no"
    item_no = forms.IntegerField(label=_("项号"), min_value=1, max_value=99_999)
    kind = forms.ChoiceField(label=_("牵头方式"), choices=lambda: _choices(RESPONSIBILITY_LABELS))
    title = forms.CharField(label=_("职责"), max_length=120)
    title_en = forms.CharField(label=_("职责（英文）"), required=False, max_length=200)
    lead = forms.ChoiceField(label=_("主办单位"))
    helpers = forms.MultipleChoiceField(
        label=_("协办单位"), required=False, widget=forms.CheckboxSelectMultiple
    )
    categories = _words(
        _("管哪些类别"),
        rows=5,
        help_text=_(
            "一行一个：类别代码或全名，例如 matter:06010 或 暴露垃圾；和兜底的大类至少写一样。"
        ),
    )
    majors = forms.MultipleChoiceField(
        label=_("兜底的大类"),
        help_text=_("大类里没有单列的类别归这一项。"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    area = forms.ChoiceField(label=_("只管哪个区域"), required=False)
    basis = forms.CharField(label=_("依据"), required=False, max_length=300)
    basis_en = forms.CharField(label=_("依据（英文）"), required=False, max_length=300)
    parent_no = forms.CharField(label=_("上级清单项号"), required=False, max_length=20)

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        values: Mapping[str, Value],
        seen: int,
        offered: ItemOffers,
        is_new: bool,
    ) -> None:
        lines = "\n".join(offered.line(key) for key in _several(values.get("categories")))
        initial = {**values, "categories": lines, "seen": seen}
        super().__init__(typed, auto_id="entry_%s", initial=initial)
        self.offered = offered
        # A class as a whole may stand in its place, but one of both is asked for.
        self.fields["categories"].is_asked = True  # type: ignore[attr-defined]
        for name, choices in (
            ("lead", [("", gettext("请选择")), *offered.leads]),
            ("helpers", offered.helpers),
            ("majors", offered.majors),
            ("area", [("", gettext("整个街道")), *offered.areas]),
        ):
            cast("forms.ChoiceField", self.fields[name]).choices = choices
        if not is_new:
            del self.fields["item_no"]

    def read(self) -> dict[str, Value]:
        """Give the values typed; categories by their keys, what is unknown as it was typed."""
        lines = self.cleaned_data["categories"].splitlines()
        keys = {self.offered.key(line) for line in lines if line.strip()}
        return {**super().read(), "categories": tuple(sorted(keys))}

    def blame(self, refusal: Refusal) -> None:
        """Put a refusal beside the field it is about: of an item the code tells which."""
        name = FIELD_OF_FAULT.get(refusal.code, refusal.field)
        self.add_error(name if name in self.fields else None, refusal.words(gettext))


def _several(value: Value | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


# Which field of the form a fault of an item is about, by the code of the refusal.
FIELD_OF_FAULT: Mapping[str, str] = {
    "responsibilities.no_title": "title",
    "responsibilities.unknown_kind": "kind",
    "responsibilities.covers_nothing": "categories",
    "responsibilities.unknown_category": "categories",
    "responsibilities.unknown_organisation": "lead",
    "responsibilities.lead_helps": "helpers",
    "responsibilities.unknown_area": "area",
    "responsibilities.area_outside": "area",
}


class ItemOffers:
    """What the form of an item offers, and how categories are written in it."""

    def __init__(
        self,
        *,
        leads: Choices,
        helpers: list[tuple[str, str]],
        majors: list[tuple[str, str]],
        areas: Choices,
        categories: Mapping[str, str],
    ) -> None:
        self.leads, self.helpers, self.majors, self.areas = leads, helpers, majors, areas
        self.categories = categories
        self.by_name = {name: key for key, name in categories.items()}

    def line(self, key: str) -> str:
        """Write a category as a line: its key and its name."""
        return f"{key} {self.categories.get(key, '')}".strip()

    def key(self, line: str) -> str:
        """Read a line: the key it begins with, or the category of that name."""
        typed = line.strip()
        first = typed.split()[0]
        if first in self.categories:
            return first
        return self.by_name.get(typed, first if ":" in first else typed)


class EndForm(RefusableForm):
    """What takes over from a category that ends."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    successor = forms.CharField(
        label=_("由哪个类别接替"),
        help_text=_("类别代码，例如 matter:06010；没有案件和职责用着的可以不填。"),
        required=False,
        max_length=96,
    )

    def __init__(self, typed: QueryDict | None = None, *, seen: int, successor: str = "") -> None:
        super().__init__(typed, auto_id="end_%s", initial={"seen": seen, "successor": successor})


class KeepForm(RefusableForm):
    """Why the local wording stays although the parent list has changed."""

    reason = forms.CharField(label=_("为什么保留本地写法"), max_length=300)

    def __init__(self, typed: QueryDict | None = None, *, number: str) -> None:
        super().__init__(typed, auto_id=f"keep_{number}_%s")
