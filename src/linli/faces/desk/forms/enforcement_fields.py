"""Fields of joint enforcement, by what an action asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.programmes.enforcement.terms import (
    APPEAL_LABELS,
    CRITERION_LABELS,
    KIND_LABELS,
    MEASURE_LABELS,
    MOST_POINTS,
    NOTICE_KIND_LABELS,
    OUTCOME_LABELS,
    PARTY_KIND_LABELS,
    SERVING_LABELS,
    STAGE_LABELS,
    MemberView,
    Need,
    OperationView,
    PowerView,
    SecondmentView,
    Stage,
)
from linli.spine.cases.terms import MAX_TEXT

from .photos import PhotosField

said = lazy(gettext, str)
AT = "%Y-%m-%dT%H:%M"
Fields = dict[str, forms.Field]


@dataclass(frozen=True, kw_only=True)
class Offered:
    """What the selects of the forms offer."""

    view: OperationView | None
    roster: tuple[SecondmentView, ...]
    powers: tuple[PowerView, ...]
    now: datetime


def _moment(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=AT)
    return forms.DateTimeField(label=label, input_formats=[AT], widget=widget)


def _choice(label: Any, labels: Mapping[Any, str]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[(k.value, said(v)) for k, v in labels.items()])


def _decision(label: Any, labels: Mapping[Any, str]) -> forms.ChoiceField:
    """What is decided is chosen by hand: nothing is chosen before."""
    each = ((one.value, said(name)) for one, name in labels.items())
    return forms.ChoiceField(label=label, choices=[("", _("请选择")), *each])


def _number(
    label: Any, choices: list[tuple[int, str]], *, required: bool = True
) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=[("", _("请选择")), *((str(value), name) for value, name in choices)],
        coerce=int,
        empty_value=None,
        required=required,
    )


def _people(label: Any, offered: Offered, *, hint: Any = "") -> forms.TypedMultipleChoiceField:
    people = offered.view.members if offered.view else offered.roster
    found = [(one.id, one.name, one.home_name, one.badge_number) for one in people]
    return forms.TypedMultipleChoiceField(
        label=label,
        help_text=hint,
        choices=[(str(n), f"{home} {name} {badge}".strip()) for n, name, home, badge in found],
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )


def _members(offered: Offered) -> list[tuple[int, str]]:
    people = offered.view.members if offered.view else offered.roster
    return [_named(one) for one in people]


def _named(one: MemberView | SecondmentView) -> tuple[int, str]:
    words = {"name": one.name, "home": one.home_name}
    return one.id, gettext("%(name)s（%(home)s）") % words


def plan_fields(offered: Offered) -> Fields:
    """Give the fields of a plan; whoever is on the roster may be named."""
    roster = Offered(view=None, roster=offered.roster, powers=(), now=offered.now)
    names = _members(roster)
    return {
        "kind": _choice(_("办什么"), KIND_LABELS),
        "title": forms.CharField(label=_("名称"), max_length=120),
        "aim": forms.CharField(
            label=_("方案"),
            help_text=_("为什么办、怎么办、分几步、注意什么。"),
            max_length=MAX_TEXT,
            widget=forms.Textarea(attrs={"rows": 4}),
        ),
        "address": forms.CharField(label=_("地点"), max_length=200),
        "starts_at": _moment(_("什么时候")),
        "member_ids": _people(_("参加人员"), roster, hint=_("至少两名有执法证的人员。")),
        "commander_id": _number(_("现场指挥"), names, required=False),
        "lon": forms.FloatField(label=_("经度"), required=False),
        "lat": forms.FloatField(label=_("纬度"), required=False),
    }


def _party(offered: Offered) -> Fields:
    known = [(one.id, one.mark) for one in offered.view.parties] if offered.view else []
    return {"party_id": _number(_("哪个当事人"), known)}


def new_party(offered: Offered) -> Fields:
    """Give the fields of a party known before, or of a new one."""
    fields = _party(offered)
    fields["party_id"].required = False
    fields["party_id"].help_text = _("以前告知过的选这里；新的填下面。")
    return fields | {
        "party_kind": _choice(_("新当事人"), PARTY_KIND_LABELS),
        "mark": forms.CharField(
            label=_("标记"),
            help_text=_("例如“东侧 12 号摊位”“7 号楼东侧白色轿车”，不写姓名和车牌。"),
            max_length=60,
            required=False,
        ),
        "party_name": forms.CharField(label=_("姓名或字号"), max_length=120, required=False),
        "plate": forms.CharField(label=_("车牌"), max_length=20, required=False),
        "phone": forms.CharField(label=_("电话"), max_length=30, required=False),
    }


def _powers(offered: Offered) -> forms.TypedChoiceField:
    names = [
        (
            one.id,
            gettext("%(department)s：%(title)s（%(basis)s）")
            % {"department": one.department_name, "title": one.title, "basis": one.basis},
        )
        for one in offered.powers
    ]
    return _number(_("哪个部门的职权、依据"), names)


def _notice(offered: Offered) -> Fields:
    return {
        "notice_kind": _choice(_("告知什么"), NOTICE_KIND_LABELS),
        "power_id": _powers(offered),
        "wanted": forms.CharField(
            label=_("要求或拟作的决定"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
        ),
        "serving": _choice(_("怎么送达"), SERVING_LABELS),
        "deadline_at": _moment(_("改正或陈述到什么时候")),
    }


def _evidence(offered: Offered) -> Fields:
    return {
        "stage": _choice(_("什么阶段"), STAGE_LABELS),
        "taken_at": _moment(_("拍摄时间")),
        "taken_by": _number(_("谁拍的"), _members(offered)),
        "place": forms.CharField(label=_("在哪里拍的"), max_length=200),
    }


def optional_party(offered: Offered) -> Fields:
    """Give the choice of a party, or of none."""
    fields = _party(offered)
    fields["party_id"].required = False
    return fields


def _measure(offered: Offered) -> Fields:
    return {
        "measure_kind": _choice(_("采取什么措施"), MEASURE_LABELS),
        "power_id": _powers(offered),
        "officer_ids": _people(_("在场人员"), offered, hint=_("谁在场勾谁。")),
        "amount_yuan": forms.IntegerField(label=_("罚款（元）"), required=False, min_value=0),
        "decision_number": forms.CharField(label=_("文书编号"), max_length=60, required=False),
    }


def _appeal(offered: Offered) -> Fields:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return {
        "appeal_kind": _choice(_("提出什么"), APPEAL_LABELS),
        "received_on": forms.DateField(label=_("哪天收到"), widget=widget),
    }


def _answer(offered: Offered) -> Fields:
    waiting = [
        (one.id, gettext("%(label)s：%(value)s") % {"label": one.kind_label, "value": one.mark})
        for one in (offered.view.appeals if offered.view else ())
        if one.outcome is None
    ]
    return {
        "appeal_id": _number(_("答复哪一条"), waiting),
        "outcome": _decision(_("结果"), OUTCOME_LABELS),
    }


def _public_photos(offered: Offered) -> Fields:
    shown = [
        (str(one.photo_id), f"{number}")
        for number, one in enumerate(offered.view.evidence if offered.view else (), start=1)
        if one.stage is Stage.AFTER
    ]
    return {
        "public_photo_ids": forms.MultipleChoiceField(
            label=_("公开哪几张执法后的照片"),
            help_text=_("没有人脸、车牌、门牌的才可以选；数字是证据的序号。"),
            choices=shown,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
    }


def _scores(offered: Offered) -> Fields:
    return {
        f"points_{one.value}": forms.IntegerField(
            label=said(label), min_value=0, max_value=MOST_POINTS
        )
        for one, label in CRITERION_LABELS.items()
    }


def _successor(offered: Offered) -> Fields:
    known = {one.id for one in (*_there(offered), *(offered.view.recused if offered.view else ()))}
    names = [_named(one) for one in offered.roster if one.id not in known]
    field = _number(_("谁来接替"), names)
    field.help_text = _("执法人员会不足两人的，一定要选；现场指挥回避的，由接替的人指挥。")
    return {"successor_id": field}


def _recusal(offered: Offered) -> Fields:
    choices = [(1, gettext("应当回避")), (0, gettext("不用回避"))]
    return {
        "recused_id": _number(_("当事人申请谁回避"), _members(offered)),
        "is_granted": _number(_("决定"), choices),
    }


def _there(offered: Offered) -> tuple[MemberView, ...]:
    return offered.view.members if offered.view else ()


def _note(offered: Offered) -> Fields:
    area = forms.Textarea(attrs={"rows": 3})
    return {"note": forms.CharField(label=_("说明"), max_length=4000, widget=area)}


def _summary(offered: Offered) -> Fields:
    area = forms.Textarea(attrs={"rows": 4})
    return {"summary": forms.CharField(label=_("公示文字"), max_length=4000, widget=area)}


def _complied(offered: Offered) -> Fields:
    choices = [("1", _("已经改正")), ("0", _("没有改正"))]
    return {"complied": forms.ChoiceField(label=_("改正了没有"), choices=choices)}


def _photos(offered: Offered) -> Fields:
    return {"photos": PhotosField(label=_("照片"))}


FIELDS: Mapping[Need, Callable[[Offered], Fields]] = {
    Need.PLAN: plan_fields,
    Need.PARTY: _party,
    Need.NOTICE: _notice,
    Need.EVIDENCE: _evidence,
    Need.PHOTOS: _photos,
    Need.COMPLIED: _complied,
    Need.MEASURE: _measure,
    Need.APPEAL: _appeal,
    Need.ANSWER: _answer,
    Need.SUMMARY: _summary,
    Need.PUBLIC_PHOTOS: _public_photos,
    Need.SCORES: _scores,
    Need.SUCCESSOR: _successor,
    Need.RECUSAL: _recusal,
    Need.NOTE: _note,
}
