"""Sentences of what happens between cases, to tasks and at levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext

from linli.ground.kernel.dates import say_day, say_day_and_time
from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Happened
from linli.spine.cases import checking_events as checking
from linli.spine.cases import gathering_events as events
from linli.spine.cases import pending_events as pending
from linli.spine.cases import putting_off_events as putting_off
from linli.spine.cases import supervision_events as supervision
from linli.spine.cases.terms import (
    CHANNEL_LABELS,
    CLOCK_LABELS,
    LEVEL_LABELS,
    Channel,
    ClockName,
    Level,
)
from linli.spine.cases.terms.checking import CHOSEN_LABELS, Chosen
from linli.spine.cases.terms.pending import OBSTACLE_LABELS, Obstacle
from linli.spine.cases.terms.putting_off import CAUSE_LABELS, Cause
from linli.spine.cases.terms.supervision import RUNG_LABELS, WAY_LABELS, Rung, Way

WHAT_GATHERED: Mapping[type[Happened], str] = {
    events.CaseRerouted: N_("改派给%(organisation)s，答应的时间不变"),
    events.LeadKept: N_("不改派，仍由原单位办理"),
    events.TaskGiven: N_("任务 %(task_no)s 交给%(organisation)s"),
    events.TaskAccepted: N_("%(organisation)s接下任务 %(task_no)s"),
    events.TaskReturned: N_("%(organisation)s退回任务 %(task_no)s"),
    events.TaskReported: N_("%(organisation)s反馈：任务 %(task_no)s 已办"),
    events.TaskPassed: N_("任务 %(task_no)s 核查通过"),
    events.TaskReworked: N_("任务 %(task_no)s 核查不通过，返工"),
    events.TaskWithdrawn: N_("撤回任务 %(task_no)s"),
    events.TaskOverdue: N_("任务 %(task_no)s 超过时限"),
    events.CaseLowered: N_("交%(level)s办理"),
    events.CaseForwarded: N_("报区级办理"),
    events.CaseRaised: N_("报到%(level)s"),
    events.SolvedAtLevel: N_("%(level)s已办好"),
    events.OutsideAnswered: N_("区级答复：已办"),
    events.CaseTakenBack: N_("中心收回，重新派遣"),
    events.RedoOrdered: N_("核查不通过，交中心重新派遣"),
    events.CaseReminded: N_("第 %(count)s 次催办（%(channel)s）"),
    events.OtherMetIt: N_("又有人也遇到了，一共 %(count)s 人"),
    events.MetItTakenBack: N_("有人收回了“我也遇到了”，还有 %(count)s 人"),
    events.CaseMerged: N_("并入 %(number)s，一起办理"),
    events.MergeReceived: N_("%(number)s 并入本案，一起办理"),
    events.CaseUnmerged: N_("撤销并入 %(number)s，恢复原样"),
    events.MergeLeft: N_("%(number)s 不再并入本案"),
    events.CaseSplit: N_("拆出 %(number)s"),
    events.CaseLinked: N_("归到上级案件 %(number)s"),
    events.CaseUnlinked: N_("脱离上级案件"),
    events.PrecedentWithdrawn: N_("本案的裁定不再作先例"),
    events.CaseFollowedGrid: N_("网格调整，本案转入新的网格"),
    events.ReportPhotoArrived: N_("反映人的照片传到了"),
    supervision.RungReached: N_("%(whose)s：%(rung)s"),
    supervision.InstructionGiven: N_("登记第 %(instruction_no)s 条领导批示（%(way)s）"),
    supervision.InstructionAnswered: N_("回复第 %(instruction_no)s 条批示"),
    supervision.InstructionWithdrawn: N_("撤销第 %(instruction_no)s 条批示的登记"),
    putting_off.ExtensionAsked: N_("申请延期到 %(until)s（%(cause)s）"),
    putting_off.ExtensionGranted: N_("延期到 %(until)s（%(cause)s）"),
    putting_off.ExtensionRefused: N_("不准延期，期限不变"),
    pending.PendingAsked: N_("申请挂账到 %(until)s（%(obstacle)s），由%(organisation)s看管"),
    pending.CasePended: N_("挂账到 %(until)s（%(obstacle)s），由%(organisation)s看管"),
    pending.PendingRefused: N_("不准挂账"),
    pending.CaseWoken: N_("唤醒日期到了，继续办理"),
    checking.CheckGiven: N_("交出核查任务（%(chosen)s）"),
    checking.CheckPassedOn: N_("原核查人离岗，核查另派（%(chosen)s）"),
    checking.SampleDrawn: N_("抽到，交别人抽查（%(chosen)s）"),
    checking.CheckAnswered: N_("反映人回答：%(answer)s"),
    checking.CheckUnanswered: N_("反映人在期限内没有回答，请电话核实"),
    checking.SamplePassed: N_("抽查属实"),
    checking.SampleFailed: N_("抽查不实，重开"),
}
SILENT_TASK = N_("%(organisation)s在期限内未回应，视为接下任务 %(task_no)s")
BOUND_TASK = N_("任务 %(task_no)s 改派%(organisation)s，不得再退")
SPLIT_OFF = N_("从另一件拆出")
WOKEN_EARLY = N_("提前恢复办理")
RENEWED = N_("继续挂账到 %(until)s（%(obstacle)s），由%(organisation)s看管")

# What is among staff; the reporter reads of the matter, not of who was asked in which order.
AMONG_STAFF = frozenset(
    {
        events.LeadKept,
        events.TaskReturned,
        events.TaskReworked,
        events.TaskWithdrawn,
        events.TaskOverdue,
        events.MergeReceived,
        events.MergeLeft,
        events.CaseLinked,
        events.CaseUnlinked,
        events.PrecedentWithdrawn,
        events.CaseFollowedGrid,
        events.ReportPhotoArrived,
        supervision.RungReached,
        supervision.InstructionGiven,
        supervision.InstructionAnswered,
        supervision.InstructionWithdrawn,
        putting_off.ExtensionAsked,
        putting_off.ExtensionRefused,
        pending.PendingAsked,
        pending.PendingRefused,
        checking.CheckGiven,
        checking.CheckPassedOn,
        checking.SampleDrawn,
        checking.CheckUnanswered,
    }
)
NOTES_FOR_ALL = frozenset({events.SolvedAtLevel, events.OutsideAnswered})
_NUMBERS = ("target_number", "source_number", "part_number", "parent_number")


def sentence_of(event: Happened) -> str:
    """Give the message id that tells such an event."""
    match event:
        case events.TaskAccepted(is_silent=True):
            return SILENT_TASK
        case events.TaskGiven(is_binding=True):
            return BOUND_TASK
        case pending.CaseWoken(is_by_hand=True):
            return WOKEN_EARLY
        case pending.CasePended(is_renewal=True):
            return RENEWED
        case _:
            return WHAT_GATHERED[type(event)]


def params_of(event: Happened) -> dict[str, Any]:
    """Give what fills the sentence besides the organisation."""
    level, channel = getattr(event, "level", ""), getattr(event, "channel", "")
    return {
        "task_no": getattr(event, "task_no", ""),
        "count": getattr(event, "count", ""),
        "level": gettext(LEVEL_LABELS[Level(level)]) if level else "",
        "channel": gettext(CHANNEL_LABELS[Channel(channel)]) if channel else "",
        "instruction_no": getattr(event, "instruction_no", ""),
        "way": gettext(WAY_LABELS[Way(way)]) if (way := getattr(event, "way", "")) else "",
        "rung": gettext(RUNG_LABELS[Rung(rung)]) if (rung := getattr(event, "rung", "")) else "",
        "whose": _whose(event),
        "cause": gettext(CAUSE_LABELS[Cause(cause)])
        if (cause := getattr(event, "cause", ""))
        else "",
        "obstacle": gettext(OBSTACLE_LABELS[Obstacle(obstacle)])
        if (obstacle := getattr(event, "obstacle", ""))
        else "",
        "until": _until(event),
        "chosen": gettext(CHOSEN_LABELS[Chosen(chosen)])
        if (chosen := getattr(event, "chosen", ""))
        else "",
        "answer": _answer(event),
        "number": next((getattr(event, name) for name in _NUMBERS if hasattr(event, name)), ""),
    }


def _until(event: Happened) -> str:
    """Say until when an extension was asked for or granted, or a case rests."""
    match event:
        case pending.PendingAsked() | pending.CasePended():
            return say_day(localtime(event.wake_at))
        case putting_off.ExtensionAsked():
            until = event.until
        case putting_off.ExtensionGranted():
            until = event.handle_due_at
        case _:
            return ""
    return say_day_and_time(until)


def _answer(event: Happened) -> str:
    if not isinstance(event, checking.CheckAnswered):
        return ""
    return gettext("现在好了") if event.solved else gettext("还没有好")


def _whose(event: Happened) -> str:
    """Say what reached a rung: a task, an instruction, or the clock of a step."""
    if not isinstance(event, supervision.RungReached):
        return ""
    if event.task_no is not None:
        return gettext("任务 %(task_no)s") % {"task_no": event.task_no}
    if event.instruction_no is not None:
        return gettext("第 %(no)s 条批示") % {"no": event.instruction_no}
    return gettext(CLOCK_LABELS[ClockName(event.clock)])
