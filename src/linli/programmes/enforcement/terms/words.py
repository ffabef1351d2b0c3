"""The enumerations of joint enforcement and their labels."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Subject

SUBJECT_KIND = "enforcement.Operation"
MOST_POINTS = 20


def operation_subject(operation_id: UUID) -> Subject:
    """Name an operation as the subject of events and photos."""
    return Subject(kind=SUBJECT_KIND, id=str(operation_id))


class Kind(StrEnum):
    """What an operation is about."""

    OPEN_AIR_MARKET = "open_air_market"
    ABANDONED_CARS = "abandoned_cars"
    STREET_TRADE = "street_trade"
    ILLEGAL_BUILDING = "illegal_building"
    OUTDOOR_SIGNS = "outdoor_signs"
    OTHER = "other"


KIND_LABELS: Mapping[Kind, str] = {
    Kind.OPEN_AIR_MARKET: N_("露天市场"),
    Kind.ABANDONED_CARS: N_("“僵尸车”清理"),
    Kind.STREET_TRADE: N_("占道经营"),
    Kind.ILLEGAL_BUILDING: N_("违法建设"),
    Kind.OUTDOOR_SIGNS: N_("户外广告牌匾"),
    Kind.OTHER: N_("其他联合执法"),
}


class Step(StrEnum):
    """Where an operation stands; the last two are ends."""

    PLANNING = "planning"
    NOTICING = "noticing"
    GATHERING = "gathering"
    ACTING = "acting"
    APPEALING = "appealing"
    PUBLISHING = "publishing"
    JUDGING = "judging"
    FINISHED = "finished"
    CANCELLED = "cancelled"


STEP_LABELS: Mapping[Step, str] = {
    Step.PLANNING: N_("拟定方案"),
    Step.NOTICING: N_("依法告知"),
    Step.GATHERING: N_("调查取证"),
    Step.ACTING: N_("现场执法"),
    Step.APPEALING: N_("申辩与复核"),
    Step.PUBLISHING: N_("待公示"),
    Step.JUDGING: N_("待评价"),
    Step.FINISHED: N_("行动办结"),
    Step.CANCELLED: N_("行动取消"),
}
ENDS = frozenset({Step.FINISHED, Step.CANCELLED})
OPEN_STEPS = tuple(step for step in Step if step not in ENDS)


class ActionName(StrEnum):
    """The actions of the procedure; also the names in addresses."""

    REVISE_PLAN = "revise_plan"
    APPROVE_PLAN = "approve_plan"
    REJECT_PLAN = "reject_plan"
    GIVE_NOTICE = "give_notice"
    END_NOTICES = "end_notices"
    KEEP_EVIDENCE = "keep_evidence"
    RECORD_COMPLIANCE = "record_compliance"
    BEGIN_ACTION = "begin_action"
    TAKE_MEASURE = "take_measure"
    FINISH_ACTION = "finish_action"
    RECEIVE_APPEAL = "receive_appeal"
    ANSWER_APPEAL = "answer_appeal"
    CLOSE_APPEALS = "close_appeals"
    STEP_ASIDE = "step_aside"
    DECIDE_RECUSAL = "decide_recusal"
    FEED_BACK = "feed_back"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    JUDGE = "judge"
    REPLY = "reply"
    CANCEL = "cancel"
    COMMENT = "comment"


class PartyKind(StrEnum):
    """Who or what a notice is given to."""

    BUSINESS = "business"
    VEHICLE = "vehicle"
    PERSON = "person"


PARTY_KIND_LABELS: Mapping[PartyKind, str] = {
    PartyKind.BUSINESS: N_("经营者"),
    PartyKind.VEHICLE: N_("车辆"),
    PartyKind.PERSON: N_("个人"),
}


class NoticeKind(StrEnum):
    """What a notice says: put it right, or what penalty is intended and that one is heard first."""

    RECTIFY = "rectify"
    PENALTY = "penalty"


NOTICE_KIND_LABELS: Mapping[NoticeKind, str] = {
    NoticeKind.RECTIFY: N_("责令改正通知"),
    NoticeKind.PENALTY: N_("行政处罚事先告知"),
}


class Serving(StrEnum):
    """How a notice was served."""

    IN_PERSON = "in_person"
    LEFT = "left"
    POSTED = "posted"
    MAIL = "mail"
    ANNOUNCED = "announced"


SERVING_LABELS: Mapping[Serving, str] = {
    Serving.IN_PERSON: N_("当面送达"),
    Serving.LEFT: N_("留置送达"),
    Serving.POSTED: N_("张贴在现场或车上"),
    Serving.MAIL: N_("邮寄送达"),
    Serving.ANNOUNCED: N_("公告送达"),
}


class Stage(StrEnum):
    """When evidence was taken."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


STAGE_LABELS: Mapping[Stage, str] = {
    Stage.BEFORE: N_("执法前"),
    Stage.DURING: N_("执法中"),
    Stage.AFTER: N_("执法后"),
}


class MeasureKind(StrEnum):
    """What was done; penalties and compulsion each have their own conditions."""

    GUIDE = "guide"
    EDUCATE = "educate"
    WARNING = "warning"
    FINE = "fine"
    CONFISCATE = "confiscate"
    TOW = "tow"
    REMOVE = "remove"


MEASURE_LABELS: Mapping[MeasureKind, str] = {
    MeasureKind.GUIDE: N_("疏导到允许地点"),
    MeasureKind.EDUCATE: N_("教育，当场改正"),
    MeasureKind.WARNING: N_("警告"),
    MeasureKind.FINE: N_("罚款"),
    MeasureKind.CONFISCATE: N_("没收"),
    MeasureKind.TOW: N_("拖移车辆"),
    MeasureKind.REMOVE: N_("清理拆除"),
}
PENALTIES = frozenset({MeasureKind.WARNING, MeasureKind.FINE, MeasureKind.CONFISCATE})
COMPULSION = frozenset({MeasureKind.TOW, MeasureKind.REMOVE})


class Way(StrEnum):
    """By what a department exercises a power: its own, handed down to it, or entrusted to it."""

    OWN = "own"
    DEVOLVED = "devolved"
    ENTRUSTED = "entrusted"


WAY_LABELS: Mapping[Way, str] = {
    Way.OWN: N_("本部门法定职权"),
    Way.DEVOLVED: N_("下放行使"),
    Way.ENTRUSTED: N_("委托行使"),
}


class AppealKind(StrEnum):
    """How a party objects: before a decision to the team, after it to those above or a court."""

    STATEMENT = "statement"
    HEARING = "hearing"
    RECONSIDERATION = "reconsideration"
    SUIT = "suit"


APPEAL_LABELS: Mapping[AppealKind, str] = {
    AppealKind.STATEMENT: N_("陈述申辩"),
    AppealKind.HEARING: N_("要求听证"),
    AppealKind.RECONSIDERATION: N_("行政复议"),
    AppealKind.SUIT: N_("行政诉讼"),
}
BEFORE_DECISION = frozenset({AppealKind.STATEMENT, AppealKind.HEARING})


class Outcome(StrEnum):
    """How an objection ended."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"


OUTCOME_LABELS: Mapping[Outcome, str] = {
    Outcome.ACCEPTED: N_("采纳或撤销"),
    Outcome.PARTLY: N_("部分采纳或变更"),
    Outcome.REJECTED: N_("不采纳或维持"),
}


class Criterion(StrEnum):
    """By what the sub-district judges an operation, 20 points each; never a person."""

    PLAN = "plan"
    NOTICE = "notice"
    EVIDENCE = "evidence"
    RESULT = "result"
    MANNER = "manner"


CRITERION_LABELS: Mapping[Criterion, str] = {
    Criterion.PLAN: N_("方案周密、到位准时"),
    Criterion.NOTICE: N_("依法告知、听取申辩"),
    Criterion.EVIDENCE: N_("证据完整"),
    Criterion.RESULT: N_("现场效果"),
    Criterion.MANNER: N_("文明执法、群众感受"),
}


class Need(StrEnum):
    """What an action asks for; the value is the field of `OperationInput`."""

    NOTE = "note"
    PLAN = "plan"
    PARTY = "party"
    NOTICE = "notice"
    PHOTOS = "photos"
    EVIDENCE = "evidence"
    COMPLIED = "complied"
    MEASURE = "measure"
    APPEAL = "appeal"
    ANSWER = "answer"
    SUMMARY = "summary"
    PUBLIC_PHOTOS = "public_photo_ids"
    SCORES = "scores"
    SUCCESSOR = "successor_id"
    RECUSAL = "recusal"
