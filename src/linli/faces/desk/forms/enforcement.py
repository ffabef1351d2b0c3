"""Forms of joint enforcement: exactly what an action asks for, kept when something is wrong."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.faces.frame.forms import RefusableForm
from linli.ground.kernel.errors import Refusal
from linli.programmes.enforcement.terms import (
    ActionName,
    AllowedAction,
    Criterion,
    Need,
    OperationInput,
)
from linli.spine.cases.terms import PhotoRef

from .enforcement_fields import FIELDS, Fields, Offered, new_party, optional_party, plan_fields
from .enforcement_reading import (
    read_answer,
    read_appeal,
    read_evidence,
    read_measure,
    read_notice,
    read_party,
    read_plan,
    read_recusal,
)
from .photos import read_refs, store_all, write_refs


class OperationForm(RefusableForm):
    """The form of one action on an operation."""

    shown_at = MappingProxyType(
        {
            "recusal": "recused_id",
            "power": "power_id",
            "officers": "officer_ids",
            "party": "party_id",
        }
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        act: AllowedAction,
        *,
        offered: Offered,
        typed: QueryDict | None = None,
        files: MultiValueDict[str, Any] | None = None,
    ) -> None:
        start = _initial(offered)
        super().__init__(typed, files, auto_id=f"{act.name.value}_%s", initial=start)
        self.act = act
        self.refs: tuple[PhotoRef, ...] = read_refs(typed.getlist("photos_kept")) if typed else ()
        for need in (*act.needs, *act.takes):
            self.fields.update(self._fields(need, offered, is_required=need in act.needs))

    def _fields(self, need: Need, offered: Offered, *, is_required: bool) -> Fields:
        if need is Need.PARTY and self.act.name is ActionName.GIVE_NOTICE:
            return new_party(offered)
        if need is Need.PARTY and not is_required:
            return optional_party(offered)
        made = FIELDS[need](offered)
        if not is_required:
            for one in made.values():
                one.required = False
        return made

    @property
    def kept_refs(self) -> list[str]:
        """Photos already stored, as hidden fields write them."""
        return write_refs(self.refs)

    def store_photos(self, *, uploaded_by_id: int, at: datetime) -> bool:
        """Store the photos that came, whatever else is wrong; tell whether the form is valid."""
        self.full_clean()
        if "photos" in self.fields:
            try:
                files = self.cleaned_data.get("photos") or []
                self.refs += tuple(store_all(files, uploaded_by_id=uploaded_by_id, at=at))
            except Refusal as refusal:
                self.add_error("photos", refusal.words(gettext))
            if not self.refs and "photos" not in self.errors:
                self.add_error("photos", gettext("这一步要有照片：请拍一张或从相册选一张。"))
        return self.is_valid()

    def read(self) -> OperationInput:
        """Turn the valid form into what the room takes."""
        given, needs = self.cleaned_data, {*self.act.needs, *self.act.takes}
        return OperationInput(
            note=given.get("note", ""),
            summary=given.get("summary", ""),
            photos=self.refs,
            plan=read_plan(given) if Need.PLAN in needs else None,
            party=read_party(given),
            notice=read_notice(given) if Need.NOTICE in needs else None,
            evidence=read_evidence(given) if Need.EVIDENCE in needs else None,
            complied=given["complied"] == "1" if Need.COMPLIED in needs else None,
            measure=read_measure(given) if Need.MEASURE in needs else None,
            appeal=read_appeal(given) if Need.APPEAL in needs else None,
            answer=read_answer(given) if Need.ANSWER in needs else None,
            successor_id=given.get("successor_id"),
            recusal=read_recusal(given) if Need.RECUSAL in needs else None,
            public_photo_ids=tuple(UUID(one) for one in given.get("public_photo_ids") or ()),
            scores={one: given[f"points_{one.value}"] for one in Criterion if Need.SCORES in needs},
        )


class PlanForm(RefusableForm):
    """A new plan, perhaps for a case."""

    case_number = forms.CharField(
        label=_("为哪件案件"), help_text=_("写案件编号；自己发起的不用写。"), required=False
    )

    def __init__(
        self, typed: QueryDict | None = None, *, offered: Offered, initial: dict[str, Any]
    ) -> None:
        super().__init__(typed, auto_id="plan_%s", initial=initial)
        self.fields = cast("Any", plan_fields(offered) | self.fields)


class SecondForm(RefusableForm):
    """A new line of the roster."""

    person_id = forms.TypedChoiceField(label=_("谁"), coerce=int)
    home_id = forms.TypedChoiceField(label=_("派出部门"), coerce=int)
    badge_number = forms.CharField(
        label=_("执法证号"), help_text=_("没有执法证的是协助人员，不算执法人员。"), required=False
    )
    seconded_from = forms.DateField(
        label=_("从哪天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    seconded_until = forms.DateField(
        label=_("到哪天"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        typed: QueryDict | None = None,
        *,
        people: list[tuple[int, str]],
        homes: list[tuple[int, str]],
    ) -> None:
        super().__init__(
            typed, auto_id="second_%s", initial={"seconded_from": timezone.localdate()}
        )
        for name, choices in (("person_id", people), ("home_id", homes)):
            field = cast("forms.ChoiceField", self.fields[name])
            field.choices = [("", _("请选择")), *((str(n), label) for n, label in choices)]


def _initial(offered: Offered) -> dict[str, Any]:
    view = offered.view
    if view is None:
        return {}
    commander = next((one.id for one in view.members if one.is_commander), None)
    return {
        "version": view.version,
        "kind": view.kind.value,
        "title": view.title,
        "aim": view.aim,
        "address": view.address,
        "place": view.address,
        "starts_at": view.starts_at,
        "taken_at": offered.now,
        "received_on": timezone.localdate(offered.now),
        "member_ids": [one.id for one in view.members],
        "officer_ids": [one.id for one in view.members if one.is_officer],
        "commander_id": commander,
        "lon": view.lon,
        "lat": view.lat,
    }
