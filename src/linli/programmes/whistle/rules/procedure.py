"""Whistles as one table: who may take which action from where to where.

Read it from the top: called → answered → signed in → acted together → judged → answered → settled.
The caller judges and is never the one who settles; what the called do is theirs alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Action as Right
from linli.programmes.whistle import events
from linli.programmes.whistle.terms import OPEN_STEPS, RUNNING, ActionName, Need, Step


class Bond(StrEnum):
    """What ties somebody to an action."""

    CALLER = "caller"
    CALLED = "called"
    CALLER_OR_LEAD = "caller_or_lead"
    SETTLER = "settler"
    READER = "reader"


# By what right somebody acts under each bond; a lead acts by the right to answer.
RIGHTS: Mapping[Bond, Right] = MappingProxyType(
    {
        Bond.CALLER: Right.WHISTLE_BLOW,
        Bond.CALLED: Right.WHISTLE_ANSWER,
        Bond.CALLER_OR_LEAD: Right.WHISTLE_BLOW,
        Bond.SETTLER: Right.WHISTLE_SETTLE,
        Bond.READER: Right.WHISTLE_READ,
    }
)


@dataclass(frozen=True, kw_only=True)
class Action:
    """One action: its paths, who takes it, what it needs, what it records."""

    name: ActionName
    label: str
    hint: str
    paths: Mapping[Step, Step]
    bond: Bond
    events: tuple[type[events.WhistleEvent], ...]
    needs: tuple[Need, ...] = ()
    takes: tuple[Need, ...] = ()


def _stay(*steps: Step) -> Mapping[Step, Step]:
    return MappingProxyType({step: step for step in steps})


def _go(target: Step, *sources: Step) -> Mapping[Step, Step]:
    return MappingProxyType(dict.fromkeys(sources, target))


_TABLE = (
    Action(
        name=ActionName.SIGN_IN,
        label=N_("我到了，报到"),
        hint=N_("只在按下的这一刻取一次位置，用来证明到了现场；30 天内删除，评价有异议时才核对。"),
        paths=_go(Step.ON_SPOT, *RUNNING),
        bond=Bond.CALLED,
        events=(events.SignedIn,),
        takes=(Need.POSITION, Need.CODE, Need.NOTE),
    ),
    Action(
        name=ActionName.COME,
        label=N_("会来"),
        hint=N_("可以写上派谁来、怎么联系，只有这次哨的人看得到。"),
        paths=_stay(*RUNNING),
        bond=Bond.CALLED,
        events=(events.CallAnswered,),
        takes=(Need.SENDS, Need.NOTE),
    ),
    Action(
        name=ActionName.DECLINE,
        label=N_("来不了"),
        hint=N_("写明为什么来不了，召集人好另作安排。"),
        paths=_stay(*RUNNING),
        bond=Bond.CALLED,
        events=(events.CallAnswered,),
        needs=(Need.NOTE,),
    ),
    Action(
        name=ActionName.REPORT_DEED,
        label=N_("写下我单位做了什么"),
        hint=N_("各单位写各自的；评价以前可以改。"),
        paths=_stay(Step.ON_SPOT, Step.JUDGING),
        bond=Bond.CALLED,
        events=(events.DeedReported,),
        needs=(Need.NOTE,),
        takes=(Need.PHOTOS,),
    ),
    Action(
        name=ActionName.COUNTERSIGN,
        label=N_("代为签到、确认到场"),
        hint=N_("现场没有信号，或者没有取到位置的，由召集人确认；写上实际到场时间。"),
        paths=_go(Step.ON_SPOT, *RUNNING),
        bond=Bond.CALLER,
        events=(events.SignedIn, events.SignInConfirmed),
        needs=(Need.ORGANISATION,),
        takes=(Need.ARRIVED, Need.NOTE),
    ),
    Action(
        name=ActionName.TAKE_ANSWER,
        label=N_("记下电话答复"),
        hint=N_("没有账号的单位在电话里怎么答复的，由召集人记下。"),
        paths=_stay(*RUNNING),
        bond=Bond.CALLER,
        events=(events.CallAnswered,),
        needs=(Need.ORGANISATION, Need.ANSWER, Need.NOTE),
    ),
    Action(
        name=ActionName.CALL_MORE,
        label=N_("再叫单位"),
        hint=N_("作为协办单位；答复和到场的时间从现在起算。"),
        paths=_stay(*RUNNING),
        bond=Bond.CALLER,
        events=(events.MoreCalled,),
        needs=(Need.ORGANISATIONS,),
        takes=(Need.NOTE,),
    ),
    Action(
        name=ActionName.NAME_LEAD,
        label=N_("换主办单位"),
        hint=N_("原来的主办来不了，由来的单位主办。"),
        paths=_stay(*RUNNING),
        bond=Bond.CALLER,
        events=(events.LeadNamed,),
        needs=(Need.ORGANISATION,),
        takes=(Need.NOTE,),
    ),
    Action(
        name=ActionName.RECORD_OUTCOME,
        label=N_("登记处置结果"),
        hint=N_("一起做了什么、现在怎样；登记以后由召集人评价。"),
        paths=_go(Step.JUDGING, *RUNNING),
        bond=Bond.CALLER_OR_LEAD,
        events=(events.OutcomeRecorded,),
        needs=(Need.NOTE,),
        takes=(Need.PHOTOS,),
    ),
    Action(
        name=ActionName.JUDGE,
        label=N_("评价各单位"),
        hint=N_("逐个单位说：响应了没有、按时没有、尽责没有；与记录不一致的写明理由。不排名。"),
        paths=_go(Step.FINISHED, Step.JUDGING),
        bond=Bond.CALLER,
        events=(events.OrganisationsJudged,),
        needs=(Need.VERDICTS,),
        takes=(Need.NOTE,),
    ),
    Action(
        name=ActionName.REPLY,
        label=N_("回应评价"),
        hint=N_("一句话；认为评得不对的，选“有异议”，由另外的人裁定。"),
        paths=_stay(Step.FINISHED),
        bond=Bond.CALLED,
        events=(events.JudgementAnswered,),
        needs=(Need.DISPUTES, Need.NOTE),
    ),
    Action(
        name=ActionName.SETTLE,
        label=N_("裁定异议"),
        hint=N_("由没有召集、没有评价、也没有被召集的街道领导裁定，写明理由。"),
        paths=_stay(Step.FINISHED),
        bond=Bond.SETTLER,
        events=(events.DisputeSettled,),
        needs=(Need.ORGANISATION, Need.VERDICT),
    ),
    Action(
        name=ActionName.OPEN_CASE,
        label=N_("另立案件"),
        hint=N_("现场发现的别的事，登记为新案件，照常核实、立案、派遣。"),
        paths=_stay(Step.ON_SPOT, Step.JUDGING, Step.FINISHED),
        bond=Bond.CALLER,
        events=(events.CaseOpened,),
        needs=(Need.NOTE,),
    ),
    Action(
        name=ActionName.TELL_CASE,
        label=N_("把进展写进案件"),
        hint=N_("案件的时限照走，不受影响。"),
        paths=_stay(Step.ON_SPOT, Step.JUDGING, Step.FINISHED),
        bond=Bond.CALLER,
        events=(events.CaseTold,),
        needs=(Need.NOTE,),
    ),
    Action(
        name=ActionName.FEED_BACK,
        label=N_("反馈给案件"),
        hint=N_("案件正好由我单位主办的，把结果和照片作为处置结果反馈。"),
        paths=_stay(Step.JUDGING, Step.FINISHED),
        bond=Bond.CALLED,
        events=(events.CaseFedBack,),
        needs=(Need.NOTE,),
    ),
    Action(
        name=ActionName.CANCEL,
        label=N_("取消这次哨"),
        hint=N_("写明为什么；被召集的单位会收到通知。"),
        paths=_go(Step.CANCELLED, *RUNNING),
        bond=Bond.CALLER,
        events=(events.WhistleCancelled,),
        needs=(Need.NOTE,),
    ),
    Action(
        name=ActionName.COMMENT,
        label=N_("写一句话"),
        hint=N_("所有被召集的单位都看得到；不影响时间。"),
        paths=_stay(*OPEN_STEPS, Step.FINISHED),
        bond=Bond.READER,
        events=(events.WhistleCommented,),
        needs=(Need.NOTE,),
    ),
)
ACTIONS: Mapping[ActionName, Action] = MappingProxyType({one.name: one for one in _TABLE})
