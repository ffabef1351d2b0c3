"""A case in the words of its reporter: what is going on, who answers, until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from linli.faces.frame.words import day_words, instant_words
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

_HEADLINES: Mapping[Step, str] = {
    Step.VERIFYING: N_("正在核实您报的情况"),
    Step.FILING: N_("正在决定由谁来办"),
    Step.DISPATCHING: N_("正在派给该管的单位"),
    Step.ACCEPTING: N_("已经派出，等承办单位接单"),
    Step.HANDLING: N_("正在办理"),
    Step.PENDING: N_("先挂账，到日子再办"),
    Step.IN_GRID: N_("网格里正在办"),
    Step.IN_COMMUNITY: N_("社区正在办"),
    Step.FORWARDED: N_("已报到区里，正在等答复"),
    Step.CHECKING: N_("办完了，正在核查"),
    Step.CLOSING: N_("核查通过，正在结案"),
    Step.CLOSED: N_("已经办结"),
    Step.SETTLED: N_("当场就解决了"),
    Step.DECLINED: N_("这件事没有立案"),
    Step.VOID: N_("这件事已经作废"),
    Step.MERGED: N_("和同一件事一起办"),
}


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage on the way, with `state` past, now or ahead."""

    label: str
    state: str


def headline(case: PublicCase) -> str:
    """Say in one line how the matter stands."""
    return _(_HEADLINES[case.step])


def answer(case: PublicCase) -> str:
    """Say who answers and until when."""
    if case.step in (Step.DECLINED, Step.VOID):
        return _("理由写在下面的经过里；不同意的话，下面写着还可以去哪里。")
    if case.step in (Step.CLOSED, Step.SETTLED):
        return _("请您看看是不是真的解决了。")
    if case.pending is not None:
        sentence = _("%(why)s，%(until)s 再办；这段时间先这样：%(measure)s")
        return sentence % {
            "why": case.pending.why,
            "until": day_words(case.pending.until),
            "measure": case.pending.measure,
        }
    return _who_and_when(case)


def _who_and_when(case: PublicCase) -> str:
    who = case.lead_name or _("街道指挥中心")
    if case.lead_name and case.resumed_until:
        sentence = _("挂账已经结束，由%(who)s接着办，%(until)s 前办好。")
        return sentence % {"who": who, "until": instant_words(case.resumed_until)}
    if case.lead_name and case.extended_until:
        sentence = _("由%(who)s负责，经批准延期，%(until)s 前办好。")
        return sentence % {"who": who, "until": instant_words(case.extended_until)}
    if case.lead_name and case.promised_at:
        sentence = _("由%(who)s负责，承诺 %(until)s 前办好。")
        return sentence % {"who": who, "until": instant_words(case.promised_at)}
    if case.answer_by:
        sentence = _("由%(who)s答复，%(until)s 前会有下一步。")
        return sentence % {"who": who, "until": instant_words(case.answer_by)}
    return _("由%(who)s答复。") % {"who": who}


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
