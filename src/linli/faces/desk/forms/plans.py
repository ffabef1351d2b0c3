"""Forms of a plan to re-draw grids: its head, and one form for each kind of step."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.desk.filters import Choices
from linli.faces.desk.planned import name_grid
from linli.faces.frame.forms import RefusableForm
from linli.ground.territory.plan_terms import (
    MergeStep,
    MoveStep,
    PlanStep,
    RedrawStep,
    SplitStep,
    StepKind,
)
from linli.ground.territory.queries import PlannedTerritory
from linli.ground.territory.services import read_plan_file
from linli.ground.territory.terms import CoordinateSystem

FILES = ".geojson,.json,.xlsx,.xls,.ods,.csv"
MOST_BYTES = 20 * 1024**2
NEW = "new"


class HeadForm(RefusableForm):
    """What a plan is called, where, from which day, and why."""

    title = forms.CharField(label=_("方案名称"), max_length=100)
    within_code = forms.ChoiceField(label=_("调整哪里的网格"))
    effective_on = forms.DateField(
        label=_("哪天生效"),
        help_text=_("当天零点起按新网格；之前都可以撤回。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("理由"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, typed: QueryDict | None = None, *, places: Choices, first: date | None = None
    ) -> None:
        super().__init__(typed, auto_id="plan_%s", initial={"effective_on": first})
        cast("forms.ChoiceField", self.fields["within_code"]).choices = places


class StepForm(RefusableForm):
    """What the forms of all steps share; each reads its own once it is valid."""

    kind: StepKind

    def __init__(
        self,
        typed: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        planned: PlannedTerritory,
    ) -> None:
        super().__init__(typed, files, auto_id=f"{self.kind.value}_%s")
        self.planned = planned
        self.offer()

    def offer(self) -> None:
        """Fill the choices from the grids as they are after the steps taken so far."""
        grids = [(one.code, name_grid(one)) for one in self.planned.after.grids.values()]
        for name in ("codes", "into", "code"):
            if name in self.fields:
                blank = [] if name == "codes" else [("", gettext("请选择"))]
                cast("forms.ChoiceField", self.fields[name]).choices = [*blank, *grids]


class MergeForm(StepForm):
    """Grids that become one."""

    kind = StepKind.MERGE
    codes = forms.MultipleChoiceField(label=_("合并哪些网格"), widget=forms.CheckboxSelectMultiple)
    into = forms.ChoiceField(label=_("保留哪个网格的编号"))
    name = forms.CharField(label=_("合并后叫什么"), required=False, max_length=100)

    def read(self) -> tuple[PlanStep, ...]:
        """Give the merger."""
        given = self.cleaned_data
        return (MergeStep(codes=tuple(given["codes"]), into=given["into"], name=given["name"]),)


class MoveForm(StepForm):
    """Buildings that go to another grid, or to a new one."""

    kind = StepKind.MOVE
    buildings = forms.MultipleChoiceField(
        label=_("划转哪些楼栋"), widget=forms.CheckboxSelectMultiple
    )
    to = forms.ChoiceField(label=_("划入哪个网格"))
    name = forms.CharField(label=_("新网格叫什么"), required=False, max_length=100)

    @property
    def building_groups(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The boxes to tick, under the names of the grids."""
        chosen = set(self["buildings"].value() or ())
        choices = cast("Any", self.fields["buildings"]).choices
        return [
            (
                name,
                [
                    {"id": f"move_{code}", "code": code, "name": said, "is_chosen": code in chosen}
                    for code, said in boxes
                ],
            )
            for name, boxes in choices
        ]

    def offer(self) -> None:
        """Offer buildings under the grid they are in by now."""
        after = self.planned.after
        by_grid: dict[str, list[tuple[str, str]]] = {}
        for one in after.buildings.values():
            by_grid.setdefault(one.grid, []).append((one.code, one.name))
        grids = [(one.code, name_grid(one)) for one in after.grids.values()]
        groups = [(name, by_grid[code]) for code, name in grids if code in by_grid]
        buildings = cast("forms.ChoiceField", self.fields["buildings"])
        buildings.choices = cast("Any", groups)
        to = cast("forms.ChoiceField", self.fields["to"])
        to.choices = [("", gettext("请选择")), (NEW, gettext("一个新网格")), *grids]

    def read(self) -> tuple[PlanStep, ...]:
        """Give the move."""
        given = self.cleaned_data
        is_new = given["to"] == NEW
        return (
            MoveStep(
                buildings=tuple(given["buildings"]),
                to="" if is_new else given["to"],
                name=given["name"] if is_new else "",
            ),
        )


class _Drawn(StepForm):
    """A step whose shape comes from the map, or is pasted as GeoJSON."""

    def read_shape(self, name: str) -> Mapping[str, Any]:
        """Read what was drawn; what is no shape is refused by the room with its reason."""
        try:
            drawn = json.loads(self.cleaned_data[name])
        except (ValueError, RecursionError):
            return {}
        held = drawn.get("geometry", drawn) if isinstance(drawn, dict) else {}
        return held if isinstance(held, dict) else {}


class SplitForm(_Drawn):
    """A line that cuts a grid in two."""

    kind = StepKind.SPLIT
    code = forms.ChoiceField(label=_("拆分哪个网格"))
    name = forms.CharField(label=_("较小的一块叫什么"), max_length=100)
    line = forms.CharField(
        label=_("分界线"),
        help_text=_("在地图上画，或粘贴 GeoJSON 的 LineString（WGS-84）。"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )

    def read(self) -> tuple[PlanStep, ...]:
        """Give the split."""
        given = self.cleaned_data
        return (SplitStep(code=given["code"], line=self.read_shape("line"), name=given["name"]),)


class RedrawForm(_Drawn):
    """A new outline of one grid."""

    kind = StepKind.REDRAW
    code = forms.ChoiceField(label=_("重画哪个网格"))
    geometry = forms.CharField(
        label=_("新边界"),
        help_text=_("在地图上拖动，或粘贴 GeoJSON 的 Polygon（WGS-84）。"),
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )

    def read(self) -> tuple[PlanStep, ...]:
        """Give the outline."""
        code, shape = self.cleaned_data["code"], self.read_shape("geometry")
        return (RedrawStep(code=code, geometry=shape),)


class FileForm(StepForm):
    """Grids, departments' grids or moves out of a file."""

    kind = StepKind.DRAW
    file = forms.FileField(
        label=_("文件"),
        error_messages={"required": _("请选择要导入的文件。")},
        help_text=_(
            "GeoJSON，或带“图形”列的表格，画出全部网格；带“部门”和“职责”的是部门网格，并入新网格；"
            "只有“楼栋编号”和“划入网格”两列的表格，按名单划转。"
        ),
        widget=forms.FileInput(attrs={"accept": FILES}),
    )
    system = forms.ChoiceField(
        label=_("坐标系"),
        required=False,
        choices=[("", _("请选择")), *((one.value, one.value) for one in CoordinateSystem)],
    )

    def read(self) -> tuple[PlanStep, ...]:
        """Give what the file holds."""
        file = self.cleaned_data["file"]
        return read_plan_file(
            content=file.read(MOST_BYTES),
            system=self.cleaned_data["system"] or None,
            within_code=self.planned.view.within_code,
            file_name=file.name or "",
        )


AnyStepForm = MergeForm | MoveForm | SplitForm | RedrawForm | FileForm
STEP_FORMS: Mapping[StepKind, type[AnyStepForm]] = {
    one.kind: one for one in (MergeForm, MoveForm, SplitForm, RedrawForm, FileForm)
}
