"""The incident procedure as one table: who may take which action from where to where.

Buttons, the API's allowed actions, the state diagram in the docs and the property tests are all
made from `ACTIONS`. Read it from the top: it is the life of a case. What happens to tasks, at other
levels and between cases stands in `more_actions`, what supervises in `supervising`, what gives
more time in `putting_off`, what lets a case wait in `pending`, what checks in `checking`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Action as Right
from linli.spine.cases import events
from linli.spine.cases.rules.checking import CHECKING
from linli.spine.cases.rules.more_actions import MORE_ACTIONS
from linli.spine.cases.rules.pending import PENDING
from linli.spine.cases.rules.putting_off import EXTENSIONS
from linli.spine.cases.rules.supervising import SUPERVISION
from linli.spine.cases.rules.table import BOND_LABELS, Action, Bond, go, stay
from linli.spine.cases.terms import OPEN_STEPS, ActionName, Need, Step

__all__ = ["ACTIONS", "BOND_LABELS", "BY_CODE", "Action", "Bond"]

ACTIONS: Mapping[ActionName, Action] = MappingProxyType(
    {
        action.name: action
        for action in (
            Action(
                name=ActionName.VERIFY,
                label=N_("核实属实"),
                hint=N_("现场确有此事，转受理员立案。"),
                paths=go(Step.FILING, Step.VERIFYING),
                right=Right.CASE_VERIFY,
                event=events.ReportVerified,
                takes=(Need.NOTE, Need.PHOTOS),
                is_work=True,
            ),
            Action(
                name=ActionName.REFUTE,
                label=N_("核实未见"),
                hint=N_("现场没有看到，写明看到了什么，由受理员决定是否立案。"),
                paths=go(Step.FILING, Step.VERIFYING),
                right=Right.CASE_REFUTE,
                event=events.ReportVerified,
                needs=(Need.NOTE,),
                takes=(Need.PHOTOS,),
            ),
            Action(
                name=ActionName.FILE,
                label=N_("立案"),
                hint=N_("确认类别，转派遣员。"),
                paths=go(Step.DISPATCHING, Step.FILING),
                right=Right.CASE_FILE,
                event=events.CaseFiled,
                needs=(Need.CATEGORY,),
                takes=(Need.NOTE,),
                is_work=True,
            ),
            Action(
                name=ActionName.DECLINE,
                label=N_("不立案"),
                hint=N_("写明理由，并告诉反映人还可以找哪里。"),
                paths=go(Step.DECLINED, Step.FILING),
                right=Right.CASE_DECLINE,
                event=events.CaseDeclined,
                needs=(Need.NOTE, Need.ELSEWHERE),
            ),
            Action(
                name=ActionName.SETTLE,
                label=N_("即时处置"),
                hint=N_("发现人当场处理完毕：附处置前、后照片，不派遣、不计时。"),
                paths=go(Step.SETTLED, Step.FILING),
                right=Right.CASE_SETTLE,
                event=events.CaseSettled,
                bond=Bond.FINDER,
                needs=(Need.BEFORE_PHOTOS, Need.PHOTOS),
                takes=(Need.NOTE, Need.CATEGORY),
            ),
            Action(
                name=ActionName.DISPATCH,
                label=N_("派遣"),
                hint=N_("按职责清单派给主办单位，可指定协办单位和时限。"),
                paths=go(Step.ACCEPTING, Step.DISPATCHING),
                right=Right.CASE_DISPATCH,
                event=events.CaseDispatched,
                needs=(Need.LEAD,),
                takes=(Need.HELPERS, Need.LIMIT, Need.RESPONSIBILITY, Need.NOTE),
                is_work=True,
            ),
            Action(
                name=ActionName.RULE,
                label=N_("裁定派遣"),
                hint=N_("退单后由中心裁定主办单位，裁定后不得再退。"),
                paths=go(Step.HANDLING, Step.DISPATCHING),
                right=Right.CASE_RULE,
                event=events.CaseDispatched,
                needs=(Need.LEAD, Need.NOTE),
                takes=(Need.HELPERS, Need.LIMIT, Need.RESPONSIBILITY),
                is_work=True,
            ),
            Action(
                name=ActionName.ACCEPT,
                label=N_("接单"),
                hint=N_("确认由本单位办理。"),
                paths=go(Step.HANDLING, Step.ACCEPTING),
                right=Right.CASE_ACCEPT,
                event=events.AssignmentAccepted,
                bond=Bond.LEAD,
                takes=(Need.NOTE,),
                is_work=True,
            ),
            Action(
                name=ActionName.RETURN,
                label=N_("退单"),
                hint=N_("不属本单位职责：在接单期限内写明理由并引用职责条目。"),
                paths=go(Step.DISPATCHING, Step.ACCEPTING),
                right=Right.CASE_RETURN,
                event=events.AssignmentReturned,
                bond=Bond.LEAD,
                needs=(Need.RESPONSIBILITY, Need.NOTE),
            ),
            Action(
                name=ActionName.FEED_BACK,
                label=N_("反馈处置结果"),
                hint=N_("处置完毕，附现场照片。"),
                paths=go(Step.CHECKING, Step.HANDLING),
                right=Right.CASE_FEED_BACK,
                event=events.HandlingReported,
                bond=Bond.LEAD,
                needs=(Need.NOTE, Need.PHOTOS),
                is_work=True,
            ),
            Action(
                name=ActionName.PASS_CHECK,
                label=N_("核查通过"),
                hint=N_("现场已处理好，附核查照片；声、味、温度等向反映人核实。"),
                paths=go(Step.CLOSING, Step.CHECKING),
                right=Right.CASE_CHECK,
                event=events.CheckPassed,
                bond=Bond.NOT_HANDLER,
                needs=(Need.PHOTOS,),
                takes=(Need.NOTE,),
                is_work=True,
            ),
            Action(
                name=ActionName.REWORK,
                label=N_("核查不通过"),
                hint=N_("没有处理好，退回原主办单位返工，计入返工次数。"),
                paths=go(Step.HANDLING, Step.CHECKING),
                right=Right.CASE_CHECK,
                event=events.ReworkOrdered,
                bond=Bond.NOT_HANDLER,
                needs=(Need.NOTE,),
                takes=(Need.PHOTOS,),
            ),
            Action(
                name=ActionName.CLOSE,
                label=N_("结案"),
                hint=N_("办理完毕，请反映人评价。"),
                paths=go(Step.CLOSED, Step.CLOSING),
                right=Right.CASE_CLOSE,
                event=events.CaseClosed,
                takes=(Need.NOTE,),
                is_work=True,
            ),
            Action(
                name=ActionName.REOPEN,
                label=N_("重开"),
                hint=N_("没有解决，或请重新考虑不予立案：在期限内写明情况。"),
                paths=MappingProxyType({Step.CLOSED: Step.DISPATCHING, Step.DECLINED: Step.FILING}),
                right=Right.CASE_REOPEN,
                event=events.CaseReopened,
                bond=Bond.REPORTER,
                needs=(Need.NOTE,),
                takes=(Need.PHOTOS,),
            ),
            Action(
                name=ActionName.REDO_AFTER_CALLBACK,
                label=N_("回访后交回重办"),
                hint=N_("回访得知没有解决，交中心重新派遣，计入返工次数；承办单位看得到这句话。"),
                paths=go(Step.DISPATCHING, Step.CLOSED),
                right=Right.CASE_REDO_AFTER_CALLBACK,
                event=events.RedoneAfterCallback,
                bond=Bond.CALLBACK,
                needs=(Need.NOTE,),
            ),
            Action(
                name=ActionName.RATE,
                label=N_("评价"),
                hint=N_("是否解决、是否满意。"),
                paths=stay(Step.CLOSED, Step.MERGED),
                right=Right.CASE_RATE,
                event=events.CaseRated,
                bond=Bond.REPORTER,
                needs=(Need.SOLVED, Need.SATISFACTION),
                takes=(Need.NOTE,),
            ),
            Action(
                name=ActionName.VOID,
                label=N_("作废"),
                hint=N_("误登、重复登记等，写明理由。"),
                paths=go(Step.VOID, *OPEN_STEPS),
                right=Right.CASE_VOID,
                event=events.CaseVoided,
                needs=(Need.NOTE,),
            ),
            Action(
                name=ActionName.COMMENT,
                label=N_("补充说明"),
                hint=N_("写一句话，不影响时限。"),
                paths=stay(*(step for step in Step if step is not Step.VOID)),
                right=Right.CASE_COMMENT,
                event=events.CaseCommented,
                needs=(Need.NOTE,),
                takes=(Need.PHOTOS,),
            ),
            Action(
                name=ActionName.RECATEGORISE,
                label=N_("改类别"),
                hint=N_("类别不对时更改，重新给出派遣建议。"),
                paths=stay(
                    Step.VERIFYING, Step.FILING, Step.DISPATCHING, Step.ACCEPTING, Step.HANDLING
                ),
                right=Right.CASE_RECATEGORISE,
                event=events.CaseRecategorised,
                needs=(Need.CATEGORY,),
                takes=(Need.NOTE,),
            ),
            Action(
                name=ActionName.RELOCATE,
                label=N_("改位置"),
                hint=N_("位置不对或尚未落格时更改，重新给出派遣建议。"),
                paths=stay(*OPEN_STEPS),
                right=Right.CASE_RELOCATE,
                event=events.CaseRelocated,
                needs=(Need.PLACE,),
                takes=(Need.NOTE,),
            ),
            Action(
                name=ActionName.CONTACT_REQUEST,
                label=N_("请中心联系反映人"),
                hint=N_("写明要问什么；由中心联系，承办单位看不到反映人。"),
                paths=stay(Step.ACCEPTING, Step.HANDLING, Step.CHECKING),
                right=Right.CASE_CONTACT_REQUEST,
                event=events.ContactRequested,
                needs=(Need.NOTE,),
            ),
            Action(
                name=ActionName.APPROVE_PHOTO,
                label=N_("准许公开照片"),
                hint=N_("照片里没有人脸、车牌、门牌等个人信息。"),
                paths=stay(*Step),
                right=Right.PHOTO_APPROVE,
                event=events.PhotoApproved,
                needs=(Need.PHOTO,),
            ),
            *MORE_ACTIONS,
            *SUPERVISION,
            *EXTENSIONS,
            *PENDING,
            *CHECKING,
        )
    }
)

BY_CODE = frozenset(
    {ActionName.RATE, ActionName.REOPEN, ActionName.COMMENT, ActionName.ANSWER_CHECK}
)
