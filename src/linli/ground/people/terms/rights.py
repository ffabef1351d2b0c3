"""What somebody may do, and how far a right goes."""

from __future__ import annotations

from enum import StrEnum

from linli.ground.kernel.marking import N_


class Reach(StrEnum):
    """How far a right goes from the post that gives it."""

    OWN = "own"
    ORGANISATION = "organisation"
    AREA = "area"
    STREET = "street"
    ALL = "all"

    @property
    def label(self) -> str:
        """The Chinese name of the reach, a message id."""
        return REACH_LABELS[self]


REACH_LABELS = {
    Reach.OWN: N_("本人的"),
    Reach.ORGANISATION: N_("交给本单位的"),
    Reach.AREA: N_("任职区域内"),
    Reach.STREET: N_("本街道内"),
    Reach.ALL: N_("全部"),
}


class Action(StrEnum):
    """What somebody may do; names are also used in addresses and in the API."""

    CASE_READ = "case.read"
    CASE_LIST = "case.list"
    COMPLAINT_READ = "complaint.read"
    CASE_INTAKE = "case.intake"
    CASE_VERIFY = "case.verify"
    CASE_REFUTE = "case.refute"
    CASE_FILE = "case.file"
    CASE_DECLINE = "case.decline"
    CASE_DISPATCH = "case.dispatch"
    CASE_ACCEPT = "case.accept"
    CASE_RETURN = "case.return"
    CASE_RULE = "case.rule"
    CASE_FEED_BACK = "case.feed_back"
    CASE_CHECK = "case.check"
    CASE_CLOSE = "case.close"
    CASE_REOPEN = "case.reopen"
    CASE_REDO_AFTER_CALLBACK = "case.redo_after_callback"
    CASE_RATE = "case.rate"
    CASE_CONFIRM = "case.confirm"
    CASE_VOID = "case.void"
    CASE_SETTLE = "case.settle"
    CASE_COMMENT = "case.comment"
    CASE_RECATEGORISE = "case.recategorise"
    CASE_RELOCATE = "case.relocate"
    CASE_CONTACT_REQUEST = "case.contact_request"
    CASE_GATHER = "case.gather"
    CASE_REMIND = "case.remind"
    CASE_GRID = "case.grid"
    CASE_COMMUNITY = "case.community"
    CASE_FORWARD = "case.forward"
    CASE_SUPERVISE = "case.supervise"
    CASE_INSTRUCT = "case.instruct"
    CASE_ANSWER = "case.answer"
    CASE_ASK_EXTENSION = "case.ask_extension"
    CASE_EXTENSION = "case.extension"
    CASE_EXTENSION_LEADER = "case.extension_leader"
    CASE_ASK_PENDING = "case.ask_pending"
    CASE_PENDING = "case.pending"
    CASE_WAKE = "case.wake"
    SUPERVISION_READ = "supervision.read"
    CHECK_READ = "check.read"
    PRECEDENT_WITHDRAW = "precedent.withdraw"
    SETTINGS_EDIT = "settings.edit"
    CASE_LINK = "case.link"
    CASE_PRINT = "case.print"
    CASE_SHARE = "case.share"
    CASE_IMPORT = "case.import"
    REPORTER_OPEN = "reporter.open"
    PHOTO_APPROVE = "photo.approve"
    PERSON_OPEN = "person.open"
    CALL_TAKE = "call.take"
    RECORDING_LISTEN = "recording.listen"
    ANSWER_EDIT = "answer.edit"
    ENFORCEMENT_READ = "enforcement.read"
    ENFORCEMENT_ROSTER = "enforcement.roster"
    ENFORCEMENT_PLAN = "enforcement.plan"
    ENFORCEMENT_APPROVE = "enforcement.approve"
    ENFORCEMENT_WORK = "enforcement.work"
    ENFORCEMENT_PARTY = "enforcement.party"
    ENFORCEMENT_REVIEW = "enforcement.review"
    ENFORCEMENT_PUBLISH = "enforcement.publish"
    ENFORCEMENT_JUDGE = "enforcement.judge"
    ENFORCEMENT_REPLY = "enforcement.reply"
    WHISTLE_READ = "whistle.read"
    WHISTLE_BLOW = "whistle.blow"
    WHISTLE_ANSWER = "whistle.answer"
    WHISTLE_SETTLE = "whistle.settle"
    CALLBACK_READ = "callback.read"
    CALLBACK_WORK = "callback.work"
    CALLBACK_DECIDE = "callback.decide"
    CALLBACK_RATES = "callback.rates"
    DUTY_READ = "duty.read"
    DUTY_PLAN = "duty.plan"
    HANDOVER_READ = "handover.read"
    HANDOVER_WRITE = "handover.write"
    LIST_EXPORT = "list.export"
    ORGANISATION_IMPORT = "organisation.import"
    LOOK_UP = "search.use"
    SEARCH_LOG = "search.log"
    PLACE_NAME = "place.name"
    TERRITORY_READ = "territory.read"
    TERRITORY_PLAN = "territory.plan"
    TERRITORY_APPROVE = "territory.approve"
    KEEPING_READ = "keeping.read"
    KEEPING_DRAFT = "keeping.draft"
    KEEPING_APPROVE = "keeping.approve"
    RETURN_READ = "return.read"
    RETURN_KEEP = "return.keep"
    RETURN_FILL = "return.fill"
    POST_READ = "post.read"
    POST_KEEP = "post.keep"
    STAFF_KEEP = "staff.keep"
    ACCOUNT_KEEP = "account.keep"
    LOOK_LOG = "look.log"
    TALK_KEEP = "talk.keep"
    TALK_HOST = "talk.host"
    COURIER_CONFIRM = "courier.confirm"
    COURIER_ANSWER = "courier.answer"
    CATALOGUE_READ = "catalogue.read"
    AREA_READ = "area.read"
    ADMIN_READ = "admin.read"

    @property
    def label(self) -> str:
        """The Chinese name of the action, a message id."""
        return ACTION_LABELS[self]


ACTION_LABELS = {
    Action.CASE_READ: N_("查看案件"),
    Action.CASE_LIST: N_("列出案件"),
    Action.COMPLAINT_READ: N_("查看投诉"),
    Action.CASE_INTAKE: N_("代为登记"),
    Action.CASE_VERIFY: N_("核实"),
    Action.CASE_REFUTE: N_("核实未见"),
    Action.CASE_FILE: N_("立案"),
    Action.CASE_DECLINE: N_("不立案"),
    Action.CASE_DISPATCH: N_("派遣"),
    Action.CASE_ACCEPT: N_("接单"),
    Action.CASE_RETURN: N_("退单"),
    Action.CASE_RULE: N_("裁定"),
    Action.CASE_FEED_BACK: N_("反馈处置结果"),
    Action.CASE_CHECK: N_("核查"),
    Action.CASE_CLOSE: N_("结案"),
    Action.CASE_REOPEN: N_("重开"),
    Action.CASE_REDO_AFTER_CALLBACK: N_("回访后交回重办"),
    Action.CASE_RATE: N_("评价"),
    Action.CASE_CONFIRM: N_("回答现在好了没有"),
    Action.CASE_VOID: N_("作废"),
    Action.CASE_SETTLE: N_("即时处置"),
    Action.CASE_COMMENT: N_("补充说明"),
    Action.CASE_RECATEGORISE: N_("改类别"),
    Action.CASE_RELOCATE: N_("改位置"),
    Action.CASE_CONTACT_REQUEST: N_("请中心联系反映人"),
    Action.CASE_GATHER: N_("并案、拆案、关联案件"),
    Action.CASE_REMIND: N_("记催办"),
    Action.CASE_GRID: N_("网格处理"),
    Action.CASE_COMMUNITY: N_("社区处理"),
    Action.CASE_FORWARD: N_("报区级、收回"),
    Action.CASE_SUPERVISE: N_("督办"),
    Action.CASE_INSTRUCT: N_("登记领导批示"),
    Action.CASE_ANSWER: N_("回复领导批示"),
    Action.CASE_ASK_EXTENSION: N_("申请延期"),
    Action.CASE_EXTENSION: N_("决定第一次延期"),
    Action.CASE_EXTENSION_LEADER: N_("决定第二次延期和工程延期"),
    Action.CASE_ASK_PENDING: N_("申请挂账"),
    Action.CASE_PENDING: N_("决定挂账"),
    Action.CASE_WAKE: N_("提前恢复办理挂账案件"),
    Action.SUPERVISION_READ: N_("查看督办台"),
    Action.CHECK_READ: N_("查看核查和抽查结果"),
    Action.PRECEDENT_WITHDRAW: N_("撤销裁定先例"),
    Action.SETTINGS_EDIT: N_("修改街道的办理设置"),
    Action.CASE_LINK: N_("发承办链接"),
    Action.CASE_PRINT: N_("打印案件和工单"),
    Action.CASE_SHARE: N_("做分享卡片"),
    Action.CASE_IMPORT: N_("从表格导入案件"),
    Action.REPORTER_OPEN: N_("查看反映人"),
    Action.PHOTO_APPROVE: N_("审核照片公开"),
    Action.PERSON_OPEN: N_("查看居民资料"),
    Action.CALL_TAKE: N_("接听登记"),
    Action.RECORDING_LISTEN: N_("收听录音"),
    Action.ANSWER_EDIT: N_("维护答案库"),
    Action.ENFORCEMENT_READ: N_("查看联合执法"),
    Action.ENFORCEMENT_ROSTER: N_("管理执法队名册"),
    Action.ENFORCEMENT_PLAN: N_("拟定执法方案"),
    Action.ENFORCEMENT_APPROVE: N_("审批执法方案"),
    Action.ENFORCEMENT_WORK: N_("参加联合执法"),
    Action.ENFORCEMENT_PARTY: N_("查看执法当事人"),
    Action.ENFORCEMENT_REVIEW: N_("复核陈述申辩"),
    Action.ENFORCEMENT_PUBLISH: N_("公示执法结果"),
    Action.ENFORCEMENT_JUDGE: N_("评价联合执法"),
    Action.ENFORCEMENT_REPLY: N_("回应执法评价"),
    Action.WHISTLE_READ: N_("查看吹哨报到"),
    Action.WHISTLE_BLOW: N_("吹哨召集、评价"),
    Action.WHISTLE_ANSWER: N_("代表单位报到"),
    Action.WHISTLE_SETTLE: N_("裁定评价异议"),
    Action.CALLBACK_READ: N_("查看回访"),
    Action.CALLBACK_WORK: N_("回访反映人"),
    Action.CALLBACK_DECIDE: N_("决定回访排除、免予重办"),
    Action.CALLBACK_RATES: N_("查看三率"),
    Action.DUTY_READ: N_("查看值班表"),
    Action.DUTY_PLAN: N_("排值班表"),
    Action.HANDOVER_READ: N_("查看交接班记录"),
    Action.HANDOVER_WRITE: N_("交接班"),
    Action.LIST_EXPORT: N_("导出清单"),
    Action.ORGANISATION_IMPORT: N_("从表格导入单位"),
    Action.LOOK_UP: N_("信息查询"),
    Action.SEARCH_LOG: N_("查看查询记录"),
    Action.PLACE_NAME: N_("补充地名"),
    Action.TERRITORY_READ: N_("查看网格沿革和调整方案"),
    Action.TERRITORY_PLAN: N_("起草网格调整方案"),
    Action.TERRITORY_APPROVE: N_("批准网格调整方案"),
    Action.KEEPING_READ: N_("查看目录和清单的各个版本"),
    Action.KEEPING_DRAFT: N_("起草目录和清单的修订"),
    Action.KEEPING_APPROVE: N_("批准目录和清单的修订"),
    Action.RETURN_READ: N_("查看上级报表"),
    Action.RETURN_KEEP: N_("管理上级报表的格式和对应"),
    Action.RETURN_FILL: N_("填报上级报表"),
    Action.POST_READ: N_("查看任职"),
    Action.POST_KEEP: N_("管理网格、楼栋、单元的任职"),
    Action.STAFF_KEEP: N_("管理机关岗位的任职"),
    Action.ACCOUNT_KEEP: N_("让他人的账号退出登录"),
    Action.LOOK_LOG: N_("查看谁看过个人资料"),
    Action.TALK_KEEP: N_("管理百姓说事点"),
    Action.TALK_HOST: N_("在说事点登记和答复"),
    Action.COURIER_CONFIRM: N_("确认小哥的登记"),
    Action.COURIER_ANSWER: N_("接下或转派小哥的上报"),
    Action.CATALOGUE_READ: N_("查看事项目录"),
    Action.AREA_READ: N_("查看辖区"),
    Action.ADMIN_READ: N_("查看管理后台"),
}
