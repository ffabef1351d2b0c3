"""How the room says no, in words, with where else to go."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_


class ReportRefused(Refusal):
    """A report that can't be taken in as it is."""

    messages: ClassVar[Mapping[str, str]] = {
        "report.id_reused": N_("这个编号已用于另一份内容不同的上报，请换一个新编号再发送。"),
        "report.id_not_v7": N_("编号必须是 UUIDv7。"),
        "report.text_missing": N_("请写明发生了什么。"),
        "report.text_too_long": N_("文字超过 %(most)s 个字符，请缩短后再提交。"),
        "report.nul_character": N_("文字里含有无法保存的空字符（NUL），请删除后再提交。"),
        "report.broken_character": N_("文字里含有残缺的字符，请删除后再提交。"),
        "report.field_too_long": N_("这一栏最多 %(most)s 个字符。"),
        "report.for_whom_too_long": N_("替谁报的：姓名最多 60 个字，电话最多 30 个字。"),
        "report.place_missing": N_("请给出位置：在地图上点选、使用手机定位，或填写地址。"),
        "report.no_street": N_("系统还没有录入任何街道，暂时不能受理。请拨打街道电话反映。"),
        "report.about_unknown": N_("没有这个单位，请重新选择被反映的单位。"),
        "report.void": N_("这件事已经作废，不再收照片和录音。"),
        "report.too_many_photos": N_("一件事最多收 %(most)s 张照片，这张没有收下。"),
        "report.there_already": N_("已经有这件案件：%(number)s，不再导入。"),
        "report.unfit": N_("数据库存不下这一行的内容，请核对后再导入。"),
    }


class ActionRefused(Refusal):
    """An action that would not be right now, by this person, with what was given.

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
        "cases.not_at_this_step": N_("案件现在是“%(step)s”，不能“%(action)s”。"),
        "cases.not_your_turn": N_(
            "您的岗位不能对这件案件“%(action)s”。如有需要，请联系街道指挥中心。"
        ),
        "cases.handler_may_not_check": N_("承办人不能核查自己办理的案件，请由其他核查员核查。"),
        "cases.finder_may_not_check": N_("发现这件事的人不能核查它，请由其他人核查。"),
        "cases.no_open_sample": N_("这件没有抽到，或已经抽查过。"),
        "cases.not_asked": N_("现在没有要您回答的问题；有新情况可以补充说明。"),
        "cases.only_the_finder": N_("只有当场发现并处理的人可以登记“%(action)s”。"),
        "cases.already_done": N_(
            "您打开页面之后，%(who)s已于 %(when)s“%(what)s”。请看过最新情况再操作。"
        ),
        "cases.ruling_needed": N_("此案已被退回过，须由中心裁定主办单位。"),
        "cases.nothing_to_rule": N_("此案没有退单，按职责清单派遣即可，不需要裁定。"),
        "cases.ruling_binds": N_("中心已经裁定由贵单位办理，不能再退单。如有异议请联系值班长。"),
        "cases.return_window_over": N_("退单期限已过，视为已接单。如有异议请联系值班长。"),
        "cases.reopen_window_over": N_("重开期限已过。您可以重新上报，也可以拨打 12345 热线反映。"),
        "cases.already_rated": N_("您已经评价过，谢谢。"),
        "cases.note_missing": N_("请写明情况。"),
        "cases.photos_missing": N_("请附上照片。"),
        "cases.before_photos_missing": N_("请附上处置前的照片。"),
        "cases.category_missing": N_("请选择类别。"),
        "cases.lead_missing": N_("请选择主办单位。"),
        "cases.responsibility_missing": N_("请引用职责清单中的条目。"),
        "cases.elsewhere_missing": N_("请写明还可以向哪里反映。"),
        "cases.solved_missing": N_("请说明问题是否解决。"),
        "cases.satisfaction_missing": N_("请选择满意程度。"),
        "cases.satisfaction_out_of_range": N_("满意程度只能是 1、2、3。"),
        "cases.place_missing": N_("请给出新的位置。"),
        "cases.photo_missing": N_("请选择照片。"),
        "cases.place_outside": N_("这个位置不在任何街道内，请重新选择。"),
        "cases.lead_unknown": N_("没有这个单位，或已停用，请重新选择主办单位。"),
        "cases.helper_unknown": N_("协办单位中有不存在或已停用的单位，请重新选择。"),
        "cases.lead_is_complained_about": N_(
            "反映的正是这个单位或其下属，须由其上级办理，不能派给它自己。"
        ),
        "cases.responsibility_unknown": N_("职责清单里没有这一条，请重新选择。"),
        "cases.category_unknown": N_("目录里没有这个类别，请重新选择。"),
        "cases.photo_unknown": N_("这张照片不属于这件案件。"),
        "cases.main_not_closed": N_("这件已并入另一件，等那一件办结后再评价。"),
        "cases.tasks_open": N_("还有任务没有核查通过，等各项任务都办好再核查整件。"),
        "cases.nobody_to_rework": N_("这件没有主办单位可以返工，请选“核查不通过，交中心”。"),
        "cases.lead_reworks": N_("这件有主办单位，请选“核查不通过”退回返工。"),
        "cases.nothing_to_reroute": N_("没有等待确认的改派建议。"),
        "cases.no_grid": N_("这件还没有落到网格，不能交网格；请先改位置。"),
        "cases.no_community": N_("这件还没有落到社区，不能交社区；请先改位置。"),
        "cases.complaint_not_to_grid": N_("投诉不交网格办理，请派给有关单位的上级。"),
        "cases.no_parent": N_("这件不属于任何上级案件。"),
        "cases.rung_missing": N_("请选择督办方式。"),
        "cases.rung_reached": N_("这个时限已经到过这一级或更高一级，每一级只有一次。"),
        "cases.clock_suspended": N_("这个时限已暂停，暂停期间不督办。"),
        "cases.instructed_by_missing": N_("请写明哪位领导批示。"),
        "cases.way_missing": N_("请选择怎么批示的。"),
        "cases.no_open_instruction": N_("没有等待回复的批示。"),
        "cases.instruction_unit_not_at_work": N_(
            "这个单位没有承办这件案件，看不到它；请先派遣或加任务，再交批示。"
        ),
        "cases.answer_too_long": N_("回复只写一句话，最多 %(most)s 个字符。"),
        "cases.instruction_too_long": N_("批示最多 %(most)s 个字符，领导姓名职务最多 60 个。"),
        "cases.cause_missing": N_("请选择原因。"),
        "cases.until_missing": N_("请给出新的日期。"),
        "cases.until_not_worked": N_("那一天不上班，请选一个工作日。"),
        "cases.until_not_later": N_("新的日期要在现在的期限之后。"),
        "cases.until_too_far": N_("这一次最多延 %(most)s 个工作日，到 %(last)s。"),
        "cases.extension_open": N_("已经申请延期，还没有决定；决定之前时限照走。"),
        "cases.extended_enough": N_("这件已经延期两次，不能再延。"),
        "cases.extension_too_late": N_("期限已过，不能再申请延期。"),
        "cases.no_open_extension": N_("没有等待决定的延期申请。"),
        "cases.extension_for_leader": N_("第二次延期和工程施工由街道领导决定。"),
        "cases.extension_for_shift": N_("第一次延期由值班长决定。"),
        "cases.extension_past": N_("申请的日期已过，只能不准，或请承办单位尽快办结。"),
        "cases.asker_may_not_decide": N_("申请人不能决定自己的申请，请由其他人决定。"),
        "cases.obstacle_missing": N_("请选择为什么办不了。"),
        "cases.measure_missing": N_("请写明挂账期间的临时安全措施。"),
        "cases.wake_on_missing": N_("请给出唤醒日期。"),
        "cases.wake_on_not_worked": N_("那一天不上班，请选一个工作日。"),
        "cases.wake_on_not_later": N_("唤醒日期要在今天之后。"),
        "cases.wake_on_too_far": N_("一次最多挂账 %(most)s 天，到 %(last)s；到时可以再申请。"),
        "cases.pending_words_too_long": N_("这一栏最多 %(most)s 个字符。"),
        "cases.pending_owner_not_at_work": N_(
            "这个单位没有承办这件案件，看不到它；请选主办或协办单位，岗位可以另外写明。"
        ),
        "cases.pending_open": N_("已经申请挂账，还没有决定。"),
        "cases.no_open_pending": N_("没有等待决定的挂账申请。"),
        "cases.pending_tasks_open": N_("还有任务没有办完，办完或撤回后再挂账。"),
        "cases.pending_extension_open": N_("有一个延期申请还没有决定，决定以后再挂账。"),
        "cases.pending_past": N_("申请的唤醒日期已过，只能不准；还要挂账的请重新申请。"),
        "cases.task_unknown": N_("这件案件没有这项任务。"),
        "cases.task_not_so": N_(
            "这项任务的情况已经变了，现在不能“%(action)s”。请看过最新情况再操作。"
        ),
        "cases.task_already_there": N_("这个单位已是主办，或已有一项没办完的任务。"),
        "cases.unit_unknown": N_("没有这个单位，或已停用，请重新选择承办单位。"),
        "cases.unit_missing": N_("请选择承办单位。"),
        "cases.limit_missing": N_("请给出时限。"),
        "cases.channel_missing": N_("请选择从哪里来。"),
        "cases.target_missing": N_("请写明另一件案件的编号。"),
        "cases.target_unknown": N_("没有这件案件，或者您无权查看，请核对编号。"),
        "cases.target_itself": N_("不能选这件案件自己。"),
        "cases.target_merged": N_("那一件已并入 %(number)s，请直接选 %(number)s。"),
        "cases.target_ended": N_("那一件已经结束，请选一件还在办的。"),
        "cases.target_elsewhere": N_("两件不在同一个街道，不能并在一起。"),
        "cases.target_differs": N_("投诉、举报只能和反映同一单位的同类案件并在一起。"),
        "cases.parent_is_child": N_("那一件本来就属于这一件，不能反过来当它的上级案件。"),
        "cases.proposal_changed": N_("建议的主办单位刚刚变了，请看过新的建议再派遣。"),
        "cases.text_unfit": N_("文字里含有无法保存的字符，或超过 %(most)s 个字符。"),
    }


class NoSuchCase(Refusal):
    """There is no such case, or it is not for the asker to see; the answer does not tell which."""

    messages: ClassVar[Mapping[str, str]] = {
        "cases.not_found": N_("没有这件案件，或者您无权查看。"),
        "cases.no_such_code": N_("没有找到这个查询码，请核对后再输入。"),
    }


class UnableToWithdrawPrecedent(Refusal):
    """A precedent stays."""

    messages: ClassVar[Mapping[str, str]] = {
        "precedent.unknown": N_("没有这条先例，或已撤销。"),
        "precedent.not_yours": N_("裁定先例由值班长撤销。"),
        "precedent.note_missing": N_("请写明为什么撤销。"),
    }


class SettingRefused(Refusal):
    """A setting stays as it is."""

    messages: ClassVar[Mapping[str, str]] = {
        "setting.not_yours": N_("街道的设置由值班长和管理员修改。"),
        "setting.unknown": N_("没有这一项设置。"),
        "setting.unit_unknown": N_("请选择单位。"),
        "setting.out_of_range": N_("请填 %(least)s 到 %(most)s 之间的整数。"),
        "setting.same": N_("和现在的一样，没有改动。"),
        "setting.no_reason": N_("请写明为什么要改，最多 %(most)s 个字。"),
        "setting.no_rung": N_("督办阶梯至少要留一级。"),
        "setting.yellow_too_early": N_(
            "%(hours)s 个办公小时的时限里，黄牌就不比提醒晚了。请改晚一点，或先改提醒。"
        ),
        "setting.red_too_early": N_(
            "%(hours)s 个办公小时的时限里，红牌就不比前一级晚了。请改晚一点，或先改前一级。"
        ),
        "setting.up_too_early": N_(
            "%(hours)s 个办公小时的时限里，升级就不比前一级晚了。请改晚一点，或先改前一级。"
        ),
        "setting.answer_after_coming": N_(
            "答复不能晚于到场：最快 %(least)s 就要到，答复的时间不能比它长。"
        ),
        "setting.usual_too_short": N_("一般到场的时间不能短于最快的 %(least)s。"),
        "setting.changed_meanwhile": N_("您打开之后别人改过这一项，请看过现在的值再改。"),
    }


class UnableToMeetToo(Refusal):
    """Nobody is counted for this case."""

    messages: ClassVar[Mapping[str, str]] = {
        "cases.met_too_over": N_("这件事已经办完，或者不公开。还有问题，请另报一件。"),
        "cases.met_too_own": N_("这件事就是您报的，不用再说一遍。"),
        "cases.met_too_not_said": N_("您没有说过也遇到了，或者已经收回。"),
    }


class UnableToOpenReporter(Refusal):
    """The reporter's data stay closed."""

    messages: ClassVar[Mapping[str, str]] = {
        "cases.reason_missing": N_("请写明为什么要查看反映人，反映人会看到这条记录。"),
        "cases.reporter_not_yours": N_(
            "反映人的资料只有街道指挥中心可以查看；请用“请中心联系反映人”。"
        ),
    }
