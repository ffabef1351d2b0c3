"""Forms of whistles: exactly what an action asks for, kept when something is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.desk.filters import Choices
from linli.faces.frame.forms import RefusableForm
from linli.ground.kernel.errors import Refusal
from linli.programmes.whistle.terms import (
    ActionName,
    AllowedAction,
    Answer,
    CallView,
    Kind,
    Need,
    NewWhistle,
    Verdict,
    WhistleInput,
)
from linli.spine.cases.terms import PhotoRef, Point

from .photos import read_refs, store_all, write_refs
from .whistle_fields import FIELDS, Offered, kind_field, many_field, moment_field, number_field

# Departments, the joint team and utilities stand open; others are a press away.
OPEN_GROUPS = 3


class ActionForm(RefusableForm):
    """The form of one action on a whistle."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        act: AllowedAction,
        *,
        offered: Offered,
        typed: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
    ) -> None:
        start = {"version": offered.view.version}
        super().__init__(typed, files, auto_id=f"{act.name.value}_%s", initial=start)
        self.act, self.offered = act, offered
        self.refs: tuple[PhotoRef, ...] = read_refs(typed.getlist("photos_kept")) if typed else ()
        for need in (*act.needs, *act.takes):
            made = FIELDS[need](act.name, offered)
            if need not in act.needs:
                for field in made.values():
                    field.required = False
            self.fields.update(made)

    @property
    def kept_refs(self) -> list[str]:
        """Photos already stored, as hidden fields write them."""
        return write_refs(self.refs)

    @property
    def plain(self) -> list[BoundField]:
        """The fields that are not questions about one organisation each."""
        asked = {name for _call, fields in self._by_call() for name in fields}
        return [one for one in self if one.name not in asked]

    @property
    def by_call(self) -> list[tuple[CallView, list[BoundField]]]:
        """The questions about each organisation, under its name."""
        return [(call, [self[name] for name in fields]) for call, fields in self._by_call()]

    def _by_call(self) -> list[tuple[CallView, list[str]]]:
        if Need.VERDICTS not in self.act.needs:
            return []
        return [
            (call, [name for name in self.fields if name.endswith(f"_{call.organisation_id}")])
            for call in self.offered.view.calls
        ]

    def store_photos(self, *, uploaded_by_id: int, at: datetime) -> bool:
        """Store the photos that came, whatever else is wrong; tell whether the form is valid."""
        self.full_clean()
        if "photos" in self.fields:
            try:
                files = self.cleaned_data.get("photos") or []
                self.refs += tuple(store_all(files, uploaded_by_id=uploaded_by_id, at=at))
            except Refusal as refusal:
                self.add_error("photos", refusal.words(gettext))
        return self.is_valid()

    def find_field(self, name: str) -> str:
        """Find the field; one of a settlement stands for every organisation judged."""
        if self.act.name is ActionName.SETTLE and name.startswith(("why_", "in_time_")):
            return name.rpartition("_")[0]
        return name

    def read(self) -> WhistleInput:
        """Turn the valid form into what the room takes."""
        given = self.cleaned_data
        lon, lat = given.get("lon"), given.get("lat")
        answer, disputes = given.get("answer"), given.get("disputes")
        return WhistleInput(
            note=given.get("note", ""),
            sends=given.get("sends", ""),
            position=Point(lon=lon, lat=lat) if lon is not None and lat is not None else None,
            code=given.get("code", ""),
            organisation_id=given.get("organisation_id"),
            organisation_ids=tuple(given.get("organisation_ids") or ()),
            arrived_at=given.get("arrived_at"),
            answer=Answer(answer) if answer else None,
            photos=self.refs,
            verdicts=self._verdicts(given) if Need.VERDICTS in self.act.needs else {},
            verdict=_verdict(given, "") if Need.VERDICT in self.act.needs else None,
            disputes=disputes == "1" if disputes else None,
        )

    def _verdicts(self, given: dict[str, Any]) -> dict[int, Verdict]:
        ids = (one.organisation_id for one in self.offered.view.calls)
        return {number: _verdict(given, f"_{number}") for number in ids}


def _verdict(given: dict[str, Any], ending: str) -> Verdict:
    in_time = given.get(f"in_time{ending}")
    return Verdict(
        responded=given.get(f"responded{ending}") == "1",
        in_time=in_time == "1" if in_time else None,
        did_part=given.get(f"did_part{ending}") == "1",
        why=given.get(f"why{ending}", ""),
    )


@dataclass(frozen=True, kw_only=True)
class HelperGroup:
    """The boxes of one kind of organisations."""

    label: str
    boxes: list[Any]
    is_open: bool


class WhistleForm(RefusableForm):
    """A new whistle, perhaps for a case and after an item of the list."""

    kind = kind_field()
    arrive_by = moment_field(_("什么时候到场"))
    title = forms.CharField(label=_("什么事"), max_length=120)
    wanted = forms.CharField(
        label=_("到场做什么"),
        help_text=_("被叫的单位都看得到；不要写反映人的姓名、电话和门牌。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reason = forms.CharField(
        label=_("为什么要吹哨"),
        help_text=_("不按职责清单的才写。"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    address = forms.CharField(label=_("地点"), max_length=200)
    lon = forms.FloatField(label=_("经度"), required=False)
    lat = forms.FloatField(label=_("纬度"), required=False)
    item_id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    case_number = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        organisations: Choices,
        initial: dict[str, Any],
    ) -> None:
        super().__init__(typed, auto_id="whistle_%s", initial=initial)
        self.organisations = organisations
        self.fields["lead_id"] = number_field(_("主办单位"), organisations)
        self.fields["helper_ids"] = many_field(
            _("协办单位"), organisations, hint=_("按清单选好的可以改。")
        )

    @property
    def helper_groups(self) -> list[HelperGroup]:
        """The boxes of helpers under the kinds of organisations; those with a chosen one open."""
        boxes = {str(box.data["value"]): box for box in self["helper_ids"].subwidgets}
        return [
            HelperGroup(
                label=str(label),
                boxes=[boxes[str(value)] for value, _name in options],
                is_open=place < OPEN_GROUPS
                or any(boxes[str(value)].data["selected"] for value, _name in options),
            )
            for place, (label, options) in enumerate(self.organisations)
        ]

    def read(self) -> NewWhistle:
        """Turn the valid form into a whistle."""
        given = self.cleaned_data
        lon, lat = given["lon"], given["lat"]
        return NewWhistle(
            kind=Kind(given["kind"]),
            title=given["title"],
            wanted=given["wanted"],
            address=given["address"],
            arrive_by=given["arrive_by"],
            lead_id=given["lead_id"],
            helper_ids=tuple(given["helper_ids"]),
            point=Point(lon=lon, lat=lat) if lon is not None and lat is not None else None,
            item_id=given["item_id"],
            reason=given["reason"],
        )
