"""A case in the words of its reporter: how far it is, how it was rated, where else to go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from linli.ground.kernel.marking import N_
from linli.spine.cases.terms import SATISFACTION_LABELS, PhotoStage, PublicCase, Step

STAGES = (N_("收到"), N_("先核实"), N_("派到单位"), N_("动手办"), N_("去核查"), N_("办结"))

_STAGE_OF: Mapping[Step, int] = {
    Step.VERIFYING: 1,
    Step.FILING: 1,
    Step.DISPATCHING: 2,
    Step.ACCEPTING: 2,
    Step.HANDLING: 3,
    Step.PENDING: 3,
    Step.IN_GRID: 3,
    Step.IN_COMMUNITY: 3,
    Step.FORWARDED: 3,
    Step.CHECKING: 4,
    Step.CLOSING: 4,
    Step.CLOSED: 5,
    Step.SETTLED: 5,
    Step.DECLINED: 1,
    Step.VOID: 1,
    Step.MERGED: 1,
}


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage on the way, with `state` past, now or ahead."""

    label: str
    state: str


def stages(case: PublicCase) -> list[Stage]:
    """List the stages on the way, with the present one marked."""
    here = _STAGE_OF[case.step]
    done = case.step in (Step.CLOSED, Step.SETTLED)
    return [
        Stage(
            label=_(label),
            state="past" if number < here or done else "now" if number == here else "ahead",
        )
        for number, label in enumerate(STAGES)
    ]


def rated(case: PublicCase) -> str:
    """Say how the reporter rated, or nothing."""
    if case.satisfaction is None:
        return ""
    solved = _("解决了") if case.solved else _("没有解决")
    return _("%(solved)s，%(satisfaction)s。") % {
        "solved": solved,
        "satisfaction": _(SATISFACTION_LABELS[case.satisfaction]),
    }


def elsewhere(case: PublicCase) -> list[str]:
    """Say where else to go when this house has said no, or its window is over."""
    if case.step in (Step.DECLINED, Step.VOID):
        own = [case.elsewhere] if case.elsewhere else []
        return [*own, _("拨打 12345 热线反映"), _("到社区窗口当面说明，可以请人代办")]
    if case.step is Step.CLOSED and not case.can_reopen:
        return [
            _("重办的期限已过，问题又出现可以重新上报"),
            _("拨打 12345 热线反映"),
            _("对处理本身有意见，可以向街道办事处或区级主管部门投诉"),
        ]
    return []


STAGE_WORDS: Mapping[PhotoStage, str] = {
    PhotoStage.REPORT: N_("您拍的"),
    PhotoStage.HANDLING: N_("处置现场"),
    PhotoStage.CHECK: N_("核查现场"),
}
