"""Joint enforcement as one table: who may take which action from where to where.

Read it from the top: plan → notice → evidence → action → appeal → publication → judgement. The
order follows the law: one is told before anything is done (行政处罚法 44), is heard (45), at least
two qualified officers act (42), results are public (48), and higher ways stay open (行政复议法 20).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Action as Right
from linli.programmes.enforcement import events
from linli.programmes.enforcement.terms import OPEN_STEPS, ActionName, Need, Step


class Bond(StrEnum):
    """What besides the right ties somebody to an action."""

    NONE = "none"
    PARTICIPANT = "participant"
    NOT_PARTICIPANT = "not_participant"


@dataclass(frozen=True, kw_only=True)
class Action:
    """One action: its paths, who takes it, what it needs, what it records."""

    name: ActionName
    label: str
    hint: str
    paths: Mapping[Step, Step]
    right: Right
    event: type[events.OperationEvent]
    bond: Bond = Bond.NONE
    needs: tuple[Need, ...] = ()
    takes: tuple[Need, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether the action leads to another step."""
        return any(source is not target for source, target in self.paths.items())


def _stay(*steps: Step) -> Mapping[Step, Step]:
    return MappingProxyType({step: step for step in steps})


def _go(target: Step, *sources: Step) -> Mapping[Step, Step]:
    return MappingProxyType(dict.fromkeys(sources, target))


_TABLE = (
    Action(
        name=ActionName.REVISE_PLAN,
        label=N_("修改方案"),
        hint=N_("批准以前可以改。"),
        paths=_stay(Step.PLANNING),
        right=Right.ENFORCEMENT_PLAN,
        event=events.PlanRevised,
        needs=(Need.PLAN,),
        takes=(Need.NOTE,),
    ),
    Action(
        name=ActionName.APPROVE_PLAN,
        label=N_("批准方案"),
        hint=N_("批准后按方案告知当事人。"),
        paths=_go(Step.NOTICING, Step.PLANNING),
        right=Right.ENFORCEMENT_APPROVE,
        event=events.PlanApproved,
        takes=(Need.NOTE,),
    ),
    Action(
        name=ActionName.REJECT_PLAN,
        label=N_("退回方案"),
        hint=N_("写明要改什么。"),
        paths=_stay(Step.PLANNING),
        right=Right.ENFORCEMENT_APPROVE,
        event=events.PlanRejected,
        needs=(Need.NOTE,),
    ),
    Action(
        name=ActionName.GIVE_NOTICE,
        label=N_("登记告知"),
        hint=N_("责令改正，或处罚以前告知拟作的决定和陈述申辩的权利。"),
        paths=_stay(Step.NOTICING, Step.GATHERING, Step.ACTING),
        right=Right.ENFORCEMENT_WORK,
        event=events.NoticeGiven,
        bond=Bond.PARTICIPANT,
        needs=(Need.PARTY, Need.NOTICE),
        takes=(Need.NOTE,),
    ),
    Action(
        name=ActionName.END_NOTICES,
        label=N_("告知完毕，开始取证"),
        hint=N_("已知的当事人都告知过了。"),
        paths=_go(Step.GATHERING, Step.NOTICING),
        right=Right.ENFORCEMENT_WORK,
        event=events.NoticesEnded,
        bond=Bond.PARTICIPANT,
        takes=(Need.NOTE,),
    ),
    Action(
        name=ActionName.KEEP_EVIDENCE,
        label=N_("留存证据"),
        hint=N_("谁、什么时候、在哪里拍的；留存后不能更改。"),
        paths=_stay(Step.NOTICING, Step.GATHERING, Step.ACTING),
        right=Right.ENFORCEMENT_WORK,
        event=events.EvidenceKept,
        bond=Bond.PARTICIPANT,
        needs=(Need.EVIDENCE, Need.PHOTOS),
        takes=(Need.PARTY, Need.NOTE),
    ),
    Action(
        name=ActionName.RECORD_COMPLIANCE,
        label=N_("登记是否改正"),
        hint=N_("改正了的，不再采取措施。"),
        paths=_stay(Step.GATHERING, Step.ACTING),
        right=Right.ENFORCEMENT_WORK,
        event=events.ComplianceRecorded,
        bond=Bond.PARTICIPANT,
        needs=(Need.PARTY, Need.COMPLIED),
        takes=(Need.NOTE,),
    ),
    Action(
        name=ActionName.BEGIN_ACTION,
        label=N_("开始现场执法"),
        hint=N_("取证齐全，该到期的都到期了。"),
        paths=_go(Step.ACTING, Step.GATHERING),
        right=Right.ENFORCEMENT_WORK,
        event=events.ActionBegun,
        bond=Bond.PARTICIPANT,
        takes=(Need.NOTE,),
    ),
    Action(
        name=ActionName.TAKE_MEASURE,
        label=N_("登记措施"),
        hint=N_("用哪个部门的职权，该部门的人就要在场；在场执法人员不少于两人。"),
        paths=_stay(Step.ACTING),
        right=Right.ENFORCEMENT_WORK,
        event=events.MeasureTaken,
        bond=Bond.PARTICIPANT,
        needs=(Need.PARTY, Need.MEASURE),
        takes=(Need.NOTE,),
    ),
    Action(
        name=ActionName.FINISH_ACTION,
        label=N_("现场执法结束"),
        hint=N_("每个当事人都有了结果，并有执法后的照片。"),
        paths=_go(Step.APPEALING, Step.ACTING),
        right=Right.ENFORCEMENT_WORK,
        event=events.ActionFinished,
        bond=Bond.PARTICIPANT,
        takes=(Need.NOTE,),
    ),
    Action(
        name=ActionName.RECEIVE_APPEAL,
        label=N_("登记申辩或复议"),
        hint=N_("写下当事人说了什么；不得因申辩加重处罚（行政处罚法第四十五条）。"),
        paths=_stay(
            Step.NOTICING,
            Step.GATHERING,
            Step.ACTING,
            Step.APPEALING,
            Step.PUBLISHING,
            Step.JUDGING,
            Step.FINISHED,
        ),
        right=Right.ENFORCEMENT_WORK,
        event=events.AppealReceived,
        needs=(Need.PARTY, Need.APPEAL, Need.NOTE),
    ),
    Action(
        name=ActionName.ANSWER_APPEAL,
        label=N_("复核并答复"),
        hint=N_("由没有参加行动的人复核，写明理由。"),
        paths=_stay(
            Step.NOTICING,
            Step.GATHERING,
            Step.ACTING,
            Step.APPEALING,
            Step.PUBLISHING,
            Step.JUDGING,
            Step.FINISHED,
        ),
        right=Right.ENFORCEMENT_REVIEW,
        event=events.AppealAnswered,
        bond=Bond.NOT_PARTICIPANT,
        needs=(Need.ANSWER, Need.NOTE),
    ),
    Action(
        name=ActionName.CLOSE_APPEALS,
        label=N_("申辩期结束"),
        hint=N_("申辩都已答复；行政复议和诉讼的期限照旧，不受影响。"),
        paths=_go(Step.PUBLISHING, Step.APPEALING),
        right=Right.ENFORCEMENT_REVIEW,
        event=events.AppealsClosed,
        takes=(Need.NOTE,),
    ),
    Action(
        name=ActionName.STEP_ASIDE,
        label=N_("我要回避"),
        hint=N_(
            "与当事人有利害关系或其他关系、可能影响公正执法的，应当回避（行政处罚法第四十三条）。"
            "写明是什么关系；回避后不能再参加这次行动，也不能复核和评价。"
        ),
        paths=_stay(Step.NOTICING, Step.GATHERING, Step.ACTING),
        right=Right.ENFORCEMENT_WORK,
        event=events.MemberRecused,
        bond=Bond.PARTICIPANT,
        needs=(Need.NOTE,),
        takes=(Need.SUCCESSOR,),
    ),
    Action(
        name=ActionName.DECIDE_RECUSAL,
        label=N_("决定是否回避"),
        hint=N_("当事人申请回避的，由负责人审查决定；决定以前不停止调查（行政处罚法第四十三条）。"),
        paths=_stay(Step.NOTICING, Step.GATHERING, Step.ACTING),
        right=Right.ENFORCEMENT_APPROVE,
        event=events.MemberRecused,
        needs=(Need.RECUSAL, Need.NOTE),
        takes=(Need.SUCCESSOR,),
    ),
    Action(
        name=ActionName.FEED_BACK,
        label=N_("反馈给案件"),
        hint=N_("把执法结果和执法后的照片作为案件的处置结果。"),
        paths=_stay(Step.APPEALING, Step.PUBLISHING, Step.JUDGING, Step.FINISHED),
        right=Right.ENFORCEMENT_WORK,
        event=events.CaseFedBack,
        bond=Bond.PARTICIPANT,
        needs=(Need.NOTE,),
    ),
    Action(
        name=ActionName.PUBLISH,
        label=N_("公示结果"),
        hint=N_("写明办了什么、依据什么、结果怎样；不写任何人的姓名、车牌和电话。"),
        paths=_go(Step.JUDGING, Step.PUBLISHING),
        right=Right.ENFORCEMENT_PUBLISH,
        event=events.ResultPublished,
        needs=(Need.SUMMARY,),
        takes=(Need.PUBLIC_PHOTOS,),
    ),
    Action(
        name=ActionName.WITHDRAW,
        label=N_("撤下公示"),
        hint=N_("决定被撤销、变更或确认违法的，三日内撤回并说明理由（行政处罚法第四十八条）。"),
        paths=_stay(Step.JUDGING, Step.FINISHED),
        right=Right.ENFORCEMENT_PUBLISH,
        event=events.PublicationWithdrawn,
        needs=(Need.NOTE,),
    ),
    Action(
        name=ActionName.JUDGE,
        label=N_("评价这次行动"),
        hint=N_("按五项打分并写明理由；评的是行动，不评个人，也不排名。"),
        paths=_go(Step.FINISHED, Step.JUDGING),
        right=Right.ENFORCEMENT_JUDGE,
        event=events.OperationJudged,
        bond=Bond.NOT_PARTICIPANT,
        needs=(Need.SCORES, Need.NOTE),
    ),
    Action(
        name=ActionName.REPLY,
        label=N_("回应评价"),
        hint=N_("派出部门看过评价后写下的话，原样附在评价后面。"),
        paths=_stay(Step.FINISHED),
        right=Right.ENFORCEMENT_REPLY,
        event=events.JudgementAnswered,
        needs=(Need.NOTE,),
    ),
    Action(
        name=ActionName.CANCEL,
        label=N_("取消行动"),
        hint=N_("写明为什么不办了。"),
        paths=_go(Step.CANCELLED, Step.PLANNING, Step.NOTICING, Step.GATHERING),
        right=Right.ENFORCEMENT_APPROVE,
        event=events.OperationCancelled,
        needs=(Need.NOTE,),
    ),
    Action(
        name=ActionName.COMMENT,
        label=N_("写一句话"),
        hint=N_("不影响时限。"),
        paths=_stay(*OPEN_STEPS, Step.FINISHED),
        right=Right.ENFORCEMENT_READ,
        event=events.OperationCommented,
        needs=(Need.NOTE,),
    ),
)
ACTIONS: Mapping[ActionName, Action] = MappingProxyType({one.name: one for one in _TABLE})

# How long each step may take, over the sub-district's calendar.
LIMITS: Mapping[Step, Limit] = MappingProxyType(
    {
        Step.PLANNING: Limit(3, Unit.WORKING_DAYS),
        Step.NOTICING: Limit(5, Unit.WORKING_DAYS),
        Step.GATHERING: Limit(15, Unit.CALENDAR_DAYS),
        Step.ACTING: Limit(5, Unit.WORKING_DAYS),
        Step.APPEALING: Limit(5, Unit.WORKING_DAYS),
        Step.PUBLISHING: Limit(7, Unit.WORKING_DAYS),
        Step.JUDGING: Limit(10, Unit.WORKING_DAYS),
    }
)
