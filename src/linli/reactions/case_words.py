"""The words of the notices about cases, by what a person may choose not to hear of."""

from __future__ import annotations

from collections.abc import Mapping

from linli.ground.kernel.marking import N_
from linli.ground.notices.terms import Topic, Wording

DESK = "/desk/cases/%(number)s/"
MINE = "/me"

FOR_THOSE_AT_WORK = {
    "cases.assigned": N_("案件 %(number)s 已派给贵单位，请接单。"),
    "cases.ruled": N_("中心裁定案件 %(number)s 由贵单位办理，请尽快处置。"),
    "cases.helping": N_("请贵单位协办案件 %(number)s。"),
    "cases.rework": N_("案件 %(number)s 核查不通过，请返工。"),
    "cases.task_given": N_("案件 %(number)s 有一项任务交给贵单位，请接下。"),
    "cases.task_reworked": N_("案件 %(number)s 中贵单位的任务核查不通过，请返工。"),
    "cases.task_withdrawn": N_("案件 %(number)s 中交给贵单位的任务已撤回。"),
    "cases.lead_changed": N_("案件 %(number)s 已改派其他单位，贵单位不用再办。"),
    "cases.lowered": N_("案件 %(number)s 交给您这一级办理。"),
    "cases.raised": N_("案件 %(number)s 下一级办不了，报上来了。"),
    "cases.instructed": N_("案件 %(number)s 有领导批示，请在时限内一句话回复。"),
    "cases.extension_granted": N_("案件 %(number)s 准许延期，请在新的期限内办好。"),
    "cases.extension_refused": N_("案件 %(number)s 不准延期，请按原来的期限办好。"),
    "cases.pended": N_("案件 %(number)s 已挂账到 %(until)s，请落实临时安全措施。"),
    "cases.pending_refused": N_("案件 %(number)s 不准挂账，请看理由。"),
    "cases.woken": N_("案件 %(number)s 挂账结束，处置时限接着走，请继续办理。"),
    "cases.reminded": N_("有人催办案件 %(number)s，请抓紧。"),
    "cases.check_given": N_("案件 %(number)s 办好了，请您核查。"),
    "cases.sample_given": N_("案件 %(number)s 是当场处置的，抽到了，请您去看看。"),
    "cases.check_answered": N_("案件 %(number)s 的反映人回答了现在好了没有，请核查。"),
    "cases.check_unanswered": N_("案件 %(number)s 的反映人没有回答，请打电话核实。"),
}
FOR_THE_CENTRE = {
    "cases.returned": N_("案件 %(number)s 被退单，请裁定。"),
    "cases.sample_failed": N_("案件 %(number)s 抽查不实，已重开，请派遣。"),
    "cases.contact_wanted": N_("承办单位请中心就案件 %(number)s 联系反映人。"),
    "cases.reopened": N_("反映人重开了案件 %(number)s。"),
    "cases.redone_after_callback": N_("案件 %(number)s 回访后交回重办，请重新派遣。"),
    "cases.task_returned": N_("案件 %(number)s 的一项任务被退回，请改派或撤回。"),
    "cases.instruction_answered": N_("案件 %(number)s 的领导批示已回复，请转告领导。"),
    "cases.extension_asked": N_("案件 %(number)s 申请延期，请决定。"),
    "cases.pending_asked": N_("案件 %(number)s 申请挂账，请决定。"),
    "cases.reroute_proposed": N_("案件 %(number)s 的类别或位置改了，请确认是否改派。"),
}
OF_CLOCKS = {
    "cases.due_soon": N_("案件 %(number)s 即将到期，请抓紧办理。"),
    "cases.yellow_card": N_("案件 %(number)s 已发黄牌，请抓紧办理。"),
    "cases.red_card": N_("案件 %(number)s 已发红牌，请马上办理。"),
    "cases.escalated": N_("案件 %(number)s 红牌后仍未办好，已升级，请过问。"),
    "cases.overdue": N_("案件 %(number)s 已超过时限。"),
    "cases.task_overdue": N_("案件 %(number)s 的一项任务已超过时限。"),
}
FOR_REPORTERS = {
    "cases.filed_for_you": N_("您反映的事项 %(number)s 已立案。"),
    "cases.declined_for_you": N_("您反映的事项 %(number)s 未予立案，请看理由和还可以找哪里。"),
    "cases.asked_for_you": N_("您反映的事项 %(number)s 说是办好了：现在好了吗？请回答。"),
    "cases.dispatched_for_you": N_("您反映的事项 %(number)s 已派给承办单位。"),
    "cases.closed_for_you": N_("您反映的事项 %(number)s 已办结，请评价；没有解决可以重开。"),
    "cases.closed_for_followers": N_("您也遇到的事项 %(number)s 已办结，谢谢您说了一声。"),
    "cases.declined_for_followers": N_(
        "您也遇到的事项 %(number)s 未予立案；还有问题，请另报一件。"
    ),
    "cases.reopened_for_followers": N_(
        "您也遇到的事项 %(number)s 还没有解决，重新办理，办好了再告诉您。"
    ),
    "cases.extended_for_you": N_("您反映的事项 %(number)s 办理延期，请看新的时间和原因。"),
    "cases.pended_for_you_season": N_(
        "您反映的事项 %(number)s 先挂账，%(until)s 再办：现在的季节没法施工。临时安全措施请看进展。"
    ),
    "cases.pended_for_you_money": N_(
        "您反映的事项 %(number)s 先挂账，%(until)s 再办：要花的钱还没有落实。临时安全措施请看进展。"
    ),
    "cases.pended_for_you_ownership": N_(
        "您反映的事项 %(number)s 先挂账，%(until)s 再办：归谁管还没有理清。临时安全措施请看进展。"
    ),
    "cases.pended_for_you_law": N_(
        "您反映的事项 %(number)s 先挂账，%(until)s 再办：法律程序还没有走完。临时安全措施请看进展。"
    ),
    "cases.woken_for_you": N_("您反映的事项 %(number)s 恢复办理，请看新的时间。"),
    "cases.opened_for_you": N_("工作人员查看了您在事项 %(number)s 中留下的联系方式。"),
    "cases.merged_for_you": N_(
        "您反映的事项 %(number)s 和另一件是同一件事，一起办理。谢谢您，进展照样告诉您。"
    ),
}


def _words(topic: Topic, address: str, sentences: Mapping[str, str]) -> dict[str, Wording]:
    return {
        kind: Wording(sentence=sentence, address=address, topic=topic)
        for kind, sentence in sentences.items()
    }


WORDINGS = {
    **_words(Topic.WORK, DESK, FOR_THOSE_AT_WORK),
    **_words(Topic.CENTRE, DESK, FOR_THE_CENTRE),
    **_words(Topic.CLOCKS, DESK, OF_CLOCKS),
    **_words(Topic.OWN, MINE, FOR_REPORTERS),
}
