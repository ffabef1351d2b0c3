"""How the room says no, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_


class OperationRefused(Refusal):
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
        "enforcement.not_at_this_step": N_("行动现在是“%(step)s”，不能“%(action)s”。"),
        "enforcement.not_yours": N_("您的岗位不能对这次行动“%(action)s”。"),
        "enforcement.not_a_participant": N_("只有方案里的参加人员可以“%(action)s”。"),
        "enforcement.participants_may_not": N_(
            "参加这次行动的人不能“%(action)s”，请由没有参加的人办。"
        ),
        "enforcement.recused": N_("您已经回避，不能再“%(action)s”。"),
        "enforcement.successor_needed": N_(
            "回避后执法人员不足两人，请选一位接替的人（行政处罚法第四十二条）。"
        ),
        "enforcement.successor_unfit": N_("接替的人要在今天的名册上，而且没有参加过这次行动。"),
        "enforcement.already_done": N_("您打开页面之后情况有了变化，请看过最新情况再操作。"),
        "enforcement.missing": N_("请把这一栏写上。"),
        "enforcement.text_unfit": N_("文字里含有无法保存的字符，或者太长。"),
        "enforcement.outside": N_("这个位置不在本街道内，请重新选择。"),
        "enforcement.too_few_officers": N_(
            "方案里至少要有两名有执法资格的人员（行政处罚法第四十二条）。"
        ),
        "enforcement.member_unknown": N_("参加人员里有人不在这一天的名册上，请重新选择。"),
        "enforcement.no_notice": N_("还没有告知任何当事人，不能进入下一步。"),
        "enforcement.power_unknown": N_("权力清单里没有这一项，请重新选择。"),
        "enforcement.department_not_here": N_("方案里没有%(department)s的人员，不能以它的名义办。"),
        "enforcement.deadline_passed": N_("改正或陈述的期限要在现在之后。"),
        "enforcement.party_unknown": N_("这次行动里没有这个当事人。"),
        "enforcement.mark_missing": N_("请写上摊位、车位等标记，让人知道说的是哪一处。"),
        "enforcement.no_evidence_before": N_("还没有执法前的照片，请先取证。"),
        "enforcement.no_evidence_after": N_("还没有执法后的照片，请先拍照留证。"),
        "enforcement.deadline_open": N_("还在给%(mark)s的改正期限内，到期仍未改正才能执法。"),
        "enforcement.complied": N_("%(mark)s已经改正，不再采取措施。"),
        "enforcement.not_dealt_with": N_("%(mark)s既没有改正记录，也没有采取措施，请补齐。"),
        "enforcement.two_officers": N_(
            "在场的执法人员不得少于两人，须有执法资格（行政处罚法第四十二条）。"
        ),
        "enforcement.department_absent": N_(
            "%(department)s没有人在场，不能行使它的职权；请由该部门的队员到场。"
        ),
        "enforcement.power_does_not_cover": N_("选的职权不包括这种措施。"),
        "enforcement.not_told_before": N_(
            "处罚以前要先告知内容、事实、理由、依据和陈述申辩的权利（行政处罚法第四十四条）。"
        ),
        "enforcement.not_told_to_rectify": N_("强制措施以前要先责令改正并给出期限。"),
        "enforcement.still_being_heard": N_(
            "陈述申辩的期限还没到，或者申辩还没有复核（行政处罚法第四十五条）。"
        ),
        "enforcement.amount_missing": N_("请写上罚款数额。"),
        "enforcement.amount_unfit": N_("只有罚款写数额，须大于零。"),
        "enforcement.appeal_unknown": N_("没有这条申辩，或者已经答复过。"),
        "enforcement.too_late_to_be_heard": N_(
            "已经采取措施的，请告诉当事人申请行政复议或提起行政诉讼，并按此登记。"
        ),
        "enforcement.nothing_decided": N_("还没有对这个当事人采取措施，请按陈述申辩登记。"),
        "enforcement.appeals_open": N_("还有申辩没有答复，先答复再公示。"),
        "enforcement.appeals_may_come": N_("申辩期到 %(until)s 为止，期限未到不能提前结束。"),
        "enforcement.names_somebody": N_("公示文字里写了当事人的姓名、车牌或电话，请改掉再公示。"),
        "enforcement.photo_unfit": N_("只能公开这次行动里执法后的照片。"),
        "enforcement.scores_incomplete": N_("每一项都要打分，零到二十分。"),
        "enforcement.no_case": N_("这次行动不是为哪件案件办的，没有可反馈的案件。"),
        "enforcement.fed_back": N_("处置结果已经反馈过了。"),
        "enforcement.not_published": N_("这次行动没有公示，或者已经撤下。"),
        "enforcement.reason_missing": N_("请写明为什么要看当事人是谁，这会留下记录。"),
        "enforcement.party_closed": N_("您的岗位不能查看当事人，或者资料已经按期清除。"),
    }


class NoSuchOperation(Refusal):
    """There is none, or it is not for the asker; the answer does not tell which."""

    messages: ClassVar[Mapping[str, str]] = {
        "enforcement.not_found": N_("没有这次行动，或者您无权查看。"),
    }


class UnableToWritePower(Refusal):
    """An entry of the list of powers that can't be written."""

    messages: ClassVar[Mapping[str, str]] = {
        "enforcement.powers_not_yours": N_("您的岗位不能改职权清单。"),
        "enforcement.power_missing": N_("请把这一栏写上。"),
        "enforcement.power_known": N_("这个部门在这类行动里已经有同名的职权。"),
        "enforcement.power_changed": N_("别人刚刚改过这一条，请看过最新的一版再改。"),
        "enforcement.power_home_unknown": N_("没有这个部门，请重新选择。"),
        "enforcement.power_without_measures": N_("请至少勾一种措施。"),
        "enforcement.delegation_missing": N_("不是本部门法定职权的，要写明下放或委托的文件。"),
    }


class UnableToSecond(Refusal):
    """A line of the roster that can't be written."""

    messages: ClassVar[Mapping[str, str]] = {
        "enforcement.roster_not_yours": N_("您的岗位不能改执法队名册。"),
        "enforcement.seconded_already": N_("这个人在这段时间已经在执法队名册上。"),
        "enforcement.badge_taken": N_("这个执法证号在这段时间已经有人使用。"),
        "enforcement.term_reversed": N_("结束日期不能早于开始日期。"),
        "enforcement.team_unknown": N_("没有这个执法队，请重新选择。"),
        "enforcement.home_unknown": N_("没有这个派出部门，请重新选择。"),
        "enforcement.person_unknown": N_("没有这个人，请从列表中选择。"),
        "enforcement.not_on_the_roster": N_("名册上没有这一条，或者已经结束。"),
    }
