"""The form of one act: exactly the fields the procedure asks for, kept when something is wrong."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.frame.forms import RefusableForm
from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.errors import Refusal
from linli.spine.cases.terms import ActionInput, ActionName, AllowedAction, PhotoRef, Point

from .act_fields import FIELDS, PHOTO_NEEDS, Offered
from .photos import read_refs, store_all, write_refs


class ActForm(RefusableForm):
    """One act's form; `version` tells which state of the case the person had before them."""

    shown_at = MappingProxyType({"limit": "limit_amount", "place": "lon"})
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        act: AllowedAction,
        *,
        offered: Offered,
        version: int,
        typed: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
        restored: bool = False,
    ) -> None:
        start = dict(offered.proposed) | {"version": version}
        if typed is not None and restored:
            start |= {name: typed.get(name) for name in typed} | {
                "helper_ids": typed.getlist("helper_ids"),
                "version": version,
            }
        bound = None if restored else typed
        own = f"{act.name.value}{act.task_no or ''}"
        super().__init__(bound, files, auto_id=f"{own}_%s", initial=start)
        self.act = act
        self.refs = {
            name: read_refs(typed.getlist(f"{name}_kept")) if typed else ()
            for name in PHOTO_NEEDS.values()
        }
        for need in act.needs:
            self.fields.update(FIELDS[need.name](need, offered))
        if act.name is ActionName.INSTRUCT:
            self._fit_instruction(offered)
        if act.name is ActionName.ASK_PENDING:
            self._fit_pending(offered)

    def _fit_instruction(self, offered: Offered) -> None:
        """Offer only those at work on the case, and say what is to be written."""
        unit = cast("forms.ChoiceField", self.fields["unit_id"])
        unit.label = _("交给谁回复")
        unit.choices = [("", _("主办单位；还没有派出的由中心")), *offered.at_work]
        self.fields["note"].label = _("批示内容")
        self.fields["limit_amount"].label = _("多久内回复")

    def _fit_pending(self, offered: Offered) -> None:
        """Offer only those at work on the case, and warn that the measure is published."""
        unit = cast("forms.ChoiceField", self.fields["unit_id"])
        unit.label = _("挂账期间由哪个单位看管")
        unit.choices = [("", _("请选择")), *offered.at_work]
        self.fields["measure"].label = _("临时安全措施（会公开，不写人名）")
        self.fields["wake_on"].label = _("唤醒日期（到这一天恢复办理）")
        self.fields["note"].label = _("说明（只给工作人员看）")

    @property
    def kept_refs(self) -> list[tuple[str, list[str]]]:
        """Photos already stored, as hidden fields write them."""
        return [(name, write_refs(refs)) for name, refs in self.refs.items() if refs]

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields drawn one under the other; the others have a place of their own."""
        own_place = {
            "version",
            "limit_amount",
            "limit_unit",
            "helper_ids",
            "lon",
            "lat",
            "photo_ids",
        }
        return [bound for bound in self if bound.name not in own_place]

    @property
    def chosen_helpers(self) -> list[Any]:
        """The helpers ticked now, to be counted beside the folded list."""
        return list(self["helper_ids"].value() or [])

    def store_photos(self, *, uploaded_by_id: int, at: datetime) -> bool:
        """Store the photos that came, whatever else is wrong; tell whether the form is valid."""
        self.full_clean()
        for need in self.act.needs:
            name = PHOTO_NEEDS.get(need.name)
            if name is None:
                continue
            try:
                new = store_all(
                    self.cleaned_data.get(name) or [], uploaded_by_id=uploaded_by_id, at=at
                )
            except Refusal as refusal:
                self.add_error(name, refusal.words(gettext))
                continue
            self.refs[name] = (*self.refs[name], *new)
            if need.is_required and not self.refs[name]:
                self.add_error(name, gettext("这一步要有照片：请拍一张或从相册选一张。"))
        return self.is_valid()

    def read(self) -> ActionInput:
        """Turn the valid form into what the room takes."""
        given = {name: value for name, value in self.cleaned_data.items() if name in _PLAIN}
        # A helper that was proposed and is now made the lead need not be unticked first.
        helpers = self.cleaned_data.get("helper_ids") or ()
        return ActionInput(
            **given,
            helper_ids=tuple(one for one in helpers if one != given.get("lead_id")),
            photo_ids=tuple(self.cleaned_data.get("photo_ids") or ()),
            task_no=self.act.task_no,
            photos=self.refs["photos"],
            before_photos=self.refs["before_photos"],
            limit=self._limit(),
            place=self._place(),
        )

    def _limit(self) -> Limit | None:
        amount = self.cleaned_data.get("limit_amount")
        unit = self.cleaned_data.get("limit_unit")
        return Limit(amount, Unit(unit)) if amount and unit else None

    def _place(self) -> Point | None:
        lon, lat = self.cleaned_data.get("lon"), self.cleaned_data.get("lat")
        return Point(lon=lon, lat=lat) if lon is not None and lat is not None else None


_PLAIN = frozenset(
    {
        *("note", "elsewhere"),
        "category_id",
        "lead_id",
        "responsibility_id",
        "solved",
        "satisfaction",
        "address",
        "photo_id",
        "unit_id",
        "target_id",
        "channel",
        "rung",
        "way",
        "instructed_by",
        "cause",
        "until",
        *("obstacle", "measure", "post", "wake_on"),
    }
)
__all__ = ["ActForm", "Offered", "PhotoRef"]
