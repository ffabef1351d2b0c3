"""How the room says no, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_


class WhistleRefused(Refusal):
    """An act that would not be right now, by this person, or with what was given.

    Names of actions and steps among the params are msgids themselves.
    """

    def words(self, translate: Callable[[str], str] = str) -> str:
        """Say the sentence and the names in it, translated by the caller's `gettext`."""
        named = {
            name: translate(str(value)) if name in ("action", "step") else value
            for name, value in self.params.items()
        }
        return translate(self.message) % named if named else translate(self.message)

    messages: ClassVar[Mapping[str, str]] = {
        "whistle.not_at_this_step": N_("这次哨现在是“%(step)s”，不能“%(action)s”。"),
        "whistle.not_yours": N_("您的岗位不能对这次哨“%(action)s”。"),
        "whistle.may_not_blow": N_("您的岗位不能在这里吹哨。"),
        "whistle.already_done": N_("您打开页面之后情况有了变化，请看过最新情况再操作。"),
        "whistle.missing": N_("请把这一栏写上。"),
        "whistle.text_unfit": N_("文字里含有无法保存的字符，或者太长。"),
        "whistle.outside": N_("这个位置不在您可以吹哨的范围内，请重新选择。"),
        "whistle.too_soon": N_("这一类哨最早只能要求 %(at)s 到场，请把时间往后放。"),
        "whistle.item_unknown": N_("职责清单里没有这一项“街道吹哨、部门报到”，请重新选择。"),
        "whistle.no_basis": N_("不按职责清单吹哨的，请写明为什么。"),
        "whistle.organisation_unknown": N_("名单里有不能召集的单位，请重新选择。"),
        "whistle.too_many": N_("一次最多叫 %(most)s 个单位。"),
        "whistle.complained_of": N_("案件投诉的正是这个单位，不能叫它来办。"),
        "whistle.case_over": N_("这件案件已经办结，不能再为它吹哨。"),
        "whistle.called_already": N_("%(name)s已经被叫过了。"),
        "whistle.organisation_not_called": N_("这次哨没有叫这个单位，请重新选择。"),
        "whistle.answered_so": N_("贵单位已经这样答复过了。"),
        "whistle.answered_already": N_("这个单位已经答复过了。"),
        "whistle.signed_in_already": N_("已经报过到了，不用再报。"),
        "whistle.not_there_yet": N_("先报到，再写做了什么。"),
        "whistle.no_code_for_you": N_("到场码由召集人在等待报到和到场处置时出示。"),
        "whistle.code_wrong": N_("到场码不对，或者已经换了新的，请看召集人屏幕上现在的码。"),
        "whistle.lead_not_there": N_("主办单位还没有报到，先报到再登记结果。"),
        "whistle.nobody_else": N_("没有别的单位可以换成主办。"),
        "whistle.leads_already": N_("它已经是主办单位。"),
        "whistle.arrived_unfit": N_("到场时间要在吹哨以后、现在以前。"),
        "whistle.called_do_not_judge": N_("您属于被召集的单位，不能评价。"),
        "whistle.verdicts_incomplete": N_("每个被叫的单位都要评价。"),
        "whistle.time_not_asked": N_("志愿者来去自愿，不评按时没有。"),
        "whistle.time_missing": N_("请说明按时没有。"),
        "whistle.why_missing": N_("与签到记录不一致，或者认为没有尽责的，请写明理由。"),
        "whistle.replied_already": N_("贵单位已经回应过了。"),
        "whistle.reply_too_late": N_("回应评价的时间已经过了。"),
        "whistle.reply_too_long": N_("请用一句话，不超过 %(most)s 个字。"),
        "whistle.nothing_disputed": N_("没有等待裁定的异议。"),
        "whistle.caller_does_not_settle": N_("召集或评价的人不能裁定异议，请由另外的领导裁定。"),
        "whistle.called_do_not_settle": N_("被召集的单位不能裁定异议。"),
        "whistle.no_case": N_("这次哨不是为哪件案件吹的。"),
        "whistle.fed_back": N_("处置结果已经反馈过了。"),
        "whistle.not_lead_of_case": N_("案件不是由贵单位主办的，请由主办单位反馈。"),
        "whistle.reason_missing": N_("请写明为什么要核对位置，这会留下记录。"),
        "whistle.no_position": N_("没有可核对的位置：没有取到，或者已按期删除。"),
    }


class NoSuchWhistle(Refusal):
    """There is none, or it is not for the asker; the answer does not tell which."""

    messages: ClassVar[Mapping[str, str]] = {
        "whistle.not_found": N_("没有这次哨，或者您无权查看。"),
    }
