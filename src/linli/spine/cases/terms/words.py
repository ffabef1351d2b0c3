"""The enumerations of the case and their labels."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Subject

SUBJECT_KIND = "cases.Case"
MAX_TEXT = 10_000
NEARBY_M = 50
NEARBY_HOURS = 24


def case_subject(case_id: UUID) -> Subject:
    """Name a case as the subject of events and notices."""
    return Subject(kind=SUBJECT_KIND, id=str(case_id))


class Step(StrEnum):
    """Where a case stands; the last five are ends.

    Pending is on the register 挂账: the clock of handling rests and nothing is due. In the grid, in
    the community and forwarded a case is handled at another level than the sub-district's: it has
    no lead, and the clock of handling runs.
    """

    VERIFYING = "verifying"
    FILING = "filing"
    DISPATCHING = "dispatching"
    ACCEPTING = "accepting"
    HANDLING = "handling"
    PENDING = "pending"
    IN_GRID = "in_grid"
    IN_COMMUNITY = "in_community"
    FORWARDED = "forwarded"
    CHECKING = "checking"
    CLOSING = "closing"
    CLOSED = "closed"
    DECLINED = "declined"
    VOID = "void"
    SETTLED = "settled"
    MERGED = "merged"


STEP_LABELS: Mapping[Step, str] = {
    Step.VERIFYING: N_("待核实"),
    Step.FILING: N_("待立案"),
    Step.DISPATCHING: N_("待派遣"),
    Step.ACCEPTING: N_("待接单"),
    Step.HANDLING: N_("处置中"),
    Step.PENDING: N_("挂账中"),
    Step.IN_GRID: N_("网格处理中"),
    Step.IN_COMMUNITY: N_("社区处理中"),
    Step.FORWARDED: N_("已报区级"),
    Step.CHECKING: N_("待核查"),
    Step.CLOSING: N_("待结案"),
    Step.CLOSED: N_("已结案"),
    Step.DECLINED: N_("不予立案"),
    Step.VOID: N_("已作废"),
    Step.SETTLED: N_("已即时处置"),
    Step.MERGED: N_("已并入"),
}

SATISFACTION_LABELS: Mapping[int, str] = {
    3: N_("满意"),
    2: N_("基本满意"),
    1: N_("不满意"),
}

ENDS = frozenset({Step.CLOSED, Step.DECLINED, Step.VOID, Step.SETTLED, Step.MERGED})
OPEN_STEPS = tuple(step for step in Step if step not in ENDS)
# Where something is due; what is on the register rests.
RUNNING_STEPS = tuple(step for step in OPEN_STEPS if step is not Step.PENDING)


class Level(StrEnum):
    """Who deals with a case: from the grid up to the district, which is outside this house."""

    GRID = "grid"
    COMMUNITY = "community"
    STREET = "street"
    DISTRICT = "district"


LEVEL_LABELS: Mapping[Level, str] = {
    Level.GRID: N_("网格"),
    Level.COMMUNITY: N_("社区"),
    Level.STREET: N_("街道"),
    Level.DISTRICT: N_("区级"),
}


class CaseKind(StrEnum):
    """What kind of matter somebody brings."""

    INCIDENT = "incident"
    QUESTION = "question"
    REQUEST = "request"
    COMPLAINT = "complaint"
    REPORT = "report"
    PRAISE = "praise"
    SUGGESTION = "suggestion"


KIND_LABELS: Mapping[CaseKind, str] = {
    CaseKind.INCIDENT: N_("问题上报"),
    CaseKind.QUESTION: N_("咨询"),
    CaseKind.REQUEST: N_("求助"),
    CaseKind.COMPLAINT: N_("投诉"),
    CaseKind.REPORT: N_("举报"),
    CaseKind.PRAISE: N_("表扬"),
    CaseKind.SUGGESTION: N_("建议"),
}

# What may be asked, wished for or praised without a place.
PLACELESS_KINDS = frozenset({CaseKind.QUESTION, CaseKind.SUGGESTION, CaseKind.PRAISE})


class Channel(StrEnum):
    """By which door a case came; staff-found ones come by patrol."""

    WEB = "web"
    API = "api"
    PHONE = "phone"
    HOTLINE = "hotline"
    COUNTER = "counter"
    MEDIA = "media"
    WECHAT = "wechat"
    COURIER = "courier"
    TALK_POINT = "talk_point"
    PATROL = "patrol"
    REPLAY = "replay"


CHANNEL_LABELS: Mapping[Channel, str] = {
    Channel.WEB: N_("网页上报"),
    Channel.API: N_("接口上报"),
    Channel.PHONE: N_("电话"),
    Channel.HOTLINE: N_("热线转办"),
    Channel.COUNTER: N_("窗口"),
    Channel.MEDIA: N_("媒体反映"),
    Channel.WECHAT: N_("微信"),
    Channel.COURIER: N_("快递外卖员上报"),
    Channel.TALK_POINT: N_("百姓说事点"),
    Channel.PATROL: N_("巡查发现"),
    Channel.REPLAY: N_("数据导入"),
}


class Visibility(StrEnum):
    """Whether the masked case may be shown to the public."""

    PUBLIC = "public"
    STAFF = "staff"


class Duty(StrEnum):
    """As what somebody is assigned to a case."""

    LEAD = "lead"
    HELPER = "helper"
    VERIFIER = "verifier"
    SUPERVISOR = "supervisor"
    TASK = "task"


class AssignmentState(StrEnum):
    """How far one assignment is; the first three are open, `reported` is a task to be checked."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REPORTED = "reported"
    RETURNED = "returned"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class PhotoStage(StrEnum):
    """At which stage a photo was taken; the three stand side by side on the case page."""

    REPORT = "report"
    HANDLING = "handling"
    CHECK = "check"


STAGE_LABELS: Mapping[PhotoStage, str] = {
    PhotoStage.REPORT: N_("上报照片"),
    PhotoStage.HANDLING: N_("处置照片"),
    PhotoStage.CHECK: N_("核查照片"),
}


class ClockName(StrEnum):
    """The clocks of the incident procedure, one per step."""

    VERIFY = "verify"
    FILE = "file"
    DISPATCH = "dispatch"
    ACCEPT = "accept"
    HANDLE = "handle"
    CHECK = "check"
    CLOSE = "close"


CLOCK_LABELS: Mapping[ClockName, str] = {
    ClockName.VERIFY: N_("核实时限"),
    ClockName.FILE: N_("立案时限"),
    ClockName.DISPATCH: N_("派遣时限"),
    ClockName.ACCEPT: N_("接单时限"),
    ClockName.HANDLE: N_("处置时限"),
    ClockName.CHECK: N_("核查时限"),
    ClockName.CLOSE: N_("结案时限"),
}


class ActionName(StrEnum):
    """The actions of the incident procedure; also the names in URLs and in the API."""

    VERIFY = "verify"
    REFUTE = "refute"
    FILE = "file"
    DECLINE = "decline"
    SETTLE = "settle"
    DISPATCH = "dispatch"
    RULE = "rule"
    ACCEPT = "accept"
    RETURN = "return"
    FEED_BACK = "feed_back"
    PASS_CHECK = "pass_check"  # noqa: S105 - the name of an action
    REWORK = "rework"
    CLOSE = "close"
    REOPEN = "reopen"
    REDO_AFTER_CALLBACK = "redo_after_callback"
    RATE = "rate"
    VOID = "void"
    COMMENT = "comment"
    RECATEGORISE = "recategorise"
    RELOCATE = "relocate"
    CONTACT_REQUEST = "contact_request"
    APPROVE_PHOTO = "approve_photo"
    REROUTE = "reroute"
    KEEP_LEAD = "keep_lead"
    ADD_TASK = "add_task"
    ACCEPT_TASK = "accept_task"
    RETURN_TASK = "return_task"
    FEED_BACK_TASK = "feed_back_task"
    PASS_TASK = "pass_task"  # noqa: S105 - the name of an action
    REWORK_TASK = "rework_task"
    REDISPATCH_TASK = "redispatch_task"
    WITHDRAW_TASK = "withdraw_task"
    TAKE_IN_GRID = "take_in_grid"
    SOLVE_IN_GRID = "solve_in_grid"
    RAISE_TO_COMMUNITY = "raise_to_community"
    SOLVE_IN_COMMUNITY = "solve_in_community"
    RAISE_TO_STREET = "raise_to_street"
    GIVE_TO_GRID = "give_to_grid"
    LOWER_TO_COMMUNITY = "lower_to_community"
    LOWER_TO_GRID = "lower_to_grid"
    FORWARD = "forward"
    HEAR_BACK = "hear_back"
    TAKE_BACK = "take_back"
    REDO = "redo"
    REMIND = "remind"
    MERGE = "merge"
    UNMERGE = "unmerge"
    SPLIT = "split"
    LINK = "link"
    UNLINK = "unlink"
    SUPERVISE = "supervise"
    SUPERVISE_TASK = "supervise_task"
    INSTRUCT = "instruct"
    ANSWER_INSTRUCTION = "answer_instruction"
    WITHDRAW_INSTRUCTION = "withdraw_instruction"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    LEADER_GRANT_EXTENSION = "leader_grant_extension"
    LEADER_REFUSE_EXTENSION = "leader_refuse_extension"
    ASK_PENDING = "ask_pending"
    APPROVE_PENDING = "approve_pending"
    REFUSE_PENDING = "refuse_pending"
    WAKE = "wake"
    PASS_SAMPLE = "pass_sample"  # noqa: S105 - the name of an action
    FAIL_SAMPLE = "fail_sample"
    ANSWER_CHECK = "answer_check"


class Need(StrEnum):
    """What an action asks for; the value is the field of `ActionInput`."""

    NOTE = "note"
    PHOTOS = "photos"
    BEFORE_PHOTOS = "before_photos"
    CATEGORY = "category_id"
    LEAD = "lead_id"
    HELPERS = "helper_ids"
    LIMIT = "limit"
    RESPONSIBILITY = "responsibility_id"
    ELSEWHERE = "elsewhere"
    SOLVED = "solved"
    SATISFACTION = "satisfaction"
    PLACE = "place"
    PHOTO = "photo_id"
    UNIT = "unit_id"
    TARGET = "target_id"
    CHANNEL = "channel"
    PHOTO_CHOICE = "photo_ids"
    RUNG = "rung"
    INSTRUCTED_BY = "instructed_by"
    WAY = "way"
    CAUSE = "cause"
    UNTIL = "until"
    OBSTACLE = "obstacle"
    MEASURE = "measure"
    POST = "post"
    WAKE_ON = "wake_on"


NEED_LABELS: Mapping[Need, str] = {
    Need.NOTE: N_("说明"),
    Need.PHOTOS: N_("照片"),
    Need.BEFORE_PHOTOS: N_("处置前照片"),
    Need.CATEGORY: N_("类别"),
    Need.LEAD: N_("主办单位"),
    Need.HELPERS: N_("协办单位"),
    Need.LIMIT: N_("处置时限"),
    Need.RESPONSIBILITY: N_("职责条目"),
    Need.ELSEWHERE: N_("可另向何处反映"),
    Need.SOLVED: N_("是否解决"),
    Need.SATISFACTION: N_("满意程度"),
    Need.PLACE: N_("位置"),
    Need.PHOTO: N_("照片"),
    Need.UNIT: N_("承办单位"),
    Need.TARGET: N_("另一件案件的编号"),
    Need.CHANNEL: N_("从哪里来"),
    Need.PHOTO_CHOICE: N_("归到新案件的照片"),
    Need.RUNG: N_("督办方式"),
    Need.INSTRUCTED_BY: N_("哪位领导批示"),
    Need.WAY: N_("怎么批示的"),
    Need.CAUSE: N_("原因"),
    Need.UNTIL: N_("新的日期"),
    Need.OBSTACLE: N_("为什么办不了"),
    Need.MEASURE: N_("临时安全措施"),
    Need.POST: N_("看管的岗位"),
    Need.WAKE_ON: N_("唤醒日期"),
}


class Urgency(StrEnum):
    """How urgent a piece of work is, most urgent first."""

    OVERDUE = "overdue"
    URGENT = "urgent"
    SOON = "soon"
    CALM = "calm"


URGENCY_LABELS: Mapping[Urgency, str] = {
    Urgency.OVERDUE: N_("已超时"),
    Urgency.URGENT: N_("紧急"),
    Urgency.SOON: N_("即将到期"),
    Urgency.CALM: N_("时限内"),
}
