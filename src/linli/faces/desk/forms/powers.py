"""One power of a department as a form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.frame.forms import RefusableForm
from linli.programmes.enforcement.terms import (
    KIND_LABELS,
    MEASURE_LABELS,
    WAY_LABELS,
    Kind,
    MeasureKind,
    PowerInput,
    Way,
)

said = lazy(gettext, str)


class PowerForm(RefusableForm):
    """Which department may do what, by which provision and by which delegation."""

    department_id = forms.TypedChoiceField(label=_("哪个部门"), coerce=int)
    operation_kind = forms.ChoiceField(
        label=_("哪类行动"), choices=[(one.value, said(word)) for one, word in KIND_LABELS.items()]
    )
    title = forms.CharField(label=_("职权名称"), max_length=120)
    basis = forms.CharField(
        label=_("法律依据"), help_text=_("法律法规的名称和条款。"), max_length=300
    )
    measures = forms.MultipleChoiceField(
        label=_("可以采取的措施"),
        choices=[(one.value, said(word)) for one, word in MEASURE_LABELS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    way = forms.ChoiceField(
        label=_("凭什么行使"), choices=[(one.value, said(word)) for one, word in WAY_LABELS.items()]
    )
    delegation = forms.CharField(
        label=_("下放或委托的文件"),
        help_text=_("写明文件名称、文号和日期；本部门法定职权不用写。"),
        max_length=300,
        required=False,
    )
    title_en = forms.CharField(label=_("职权的英文名称"), max_length=160, required=False)
    basis_en = forms.CharField(label=_("依据的英文名称"), max_length=300, required=False)

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        homes: list[tuple[int, str]],
        entry: PowerInput | None = None,
    ) -> None:
        super().__init__(typed, auto_id="power_%s", initial=_initial(entry) if entry else {})
        self.fields["department_id"].choices = [  # type: ignore[attr-defined]
            ("", _("请选择")),
            *((str(number), name) for number, name in homes),
        ]

    def read(self) -> PowerInput:
        """Turn the valid form into what the room takes."""
        given = self.cleaned_data
        return PowerInput(
            department_id=given["department_id"],
            operation_kind=Kind(given["operation_kind"]),
            title=given["title"],
            basis=given["basis"],
            measures=tuple(MeasureKind(one) for one in given["measures"]),
            way=Way(given["way"]),
            delegation=given["delegation"],
            title_en=given["title_en"],
            basis_en=given["basis_en"],
        )


def _initial(entry: PowerInput) -> dict[str, Any]:
    names = ("department_id", "title", "basis", "delegation", "title_en", "basis_en")
    return {
        **{name: getattr(entry, name) for name in names},
        "operation_kind": entry.operation_kind.value,
        "way": entry.way.value,
        "measures": [one.value for one in entry.measures],
    }
