"""How a case stands, in the words of its reporter: what is going on, who answers, until when."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from linli.ground.kernel.marking import N_
from linli.spine.cases.terms import PublicCase, Step

from .words import day_words, instant_words

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
