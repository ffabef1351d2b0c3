"""The enumerations of call-backs and their labels."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Subject

SUBJECT_KIND = "callback.Callback"
SETTINGS_KIND = "callback.CallbackSettings"
MOST_TRIES = 3
MOST_NOTE = 1000
SATISFIED, FAIRLY, NOT_SATISFIED = 3, 2, 1


def callback_subject(callback_id: UUID) -> Subject:
    """Name a call-back as the subject of events."""
    return Subject(kind=SUBJECT_KIND, id=str(callback_id))


def settings_subject(street_code: str) -> Subject:
    """Name the settings of a sub-district as the subject of events."""
    return Subject(kind=SETTINGS_KIND, id=street_code)


class Step(StrEnum):
    """Where a call-back stands; all but the first are ends."""

    WAITING = "waiting"
    ANSWERED = "answered"
    MISSED = "missed"
    CANCELLED = "cancelled"
    EXCLUDED = "excluded"


STEP_LABELS: Mapping[Step, str] = {
    Step.WAITING: N_("等待回访"),
    Step.ANSWERED: N_("已经答复"),
    Step.MISSED: N_("没有联系上"),
    Step.CANCELLED: N_("不再回访"),
    Step.EXCLUDED: N_("排除，不再回访"),
}


class Way(StrEnum):
    """By which way an answer came; the first two are ways of trying too."""

    PHONE = "phone"
    MESSAGE = "message"
    LINK = "link"
    REOPENING = "reopening"


WAY_LABELS: Mapping[Way, str] = {
    Way.PHONE: N_("电话"),
    Way.MESSAGE: N_("消息"),
    Way.LINK: N_("反映人自己在进度页评价"),
    Way.REOPENING: N_("反映人自己重开"),
}
WAYS_TO_TRY = (Way.PHONE, Way.MESSAGE)


class Result(StrEnum):
    """What came of one try."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    LATER = "later"
    SENT = "sent"
    REFUSED = "refused"


RESULT_LABELS: Mapping[Result, str] = {
    Result.REACHED: N_("联系上了，问到了"),
    Result.NO_ANSWER: N_("没有人接"),
    Result.WRONG_NUMBER: N_("号码不对"),
    Result.LATER: N_("请改天再打"),
    Result.SENT: N_("消息已发出"),
    Result.REFUSED: N_("不愿意接受回访"),
}
# What a message can bring at once, and a call can't.
OF_MESSAGES = frozenset({Result.SENT})

SATISFACTION_LABELS: Mapping[int, str] = {
    SATISFIED: N_("满意"),
    FAIRLY: N_("基本满意"),
    NOT_SATISFIED: N_("不满意"),
}


class Redo(StrEnum):
    """What follows from an answer of not solved."""

    NONE = ""
    WANTED = "wanted"
    ORDERED = "ordered"
    WAIVED = "waived"
    REOPENED = "reopened"


REDO_LABELS: Mapping[Redo, str] = {
    Redo.NONE: "",
    Redo.WANTED: N_("没有解决，等交回重办"),
    Redo.ORDERED: N_("已交回重办"),
    Redo.WAIVED: N_("免予重办"),
    Redo.REOPENED: N_("反映人自己重开了"),
}


class Cause(StrEnum):
    """Why a call-back is left out of the rates."""

    DUPLICATE = "duplicate"
    MALICIOUS = "malicious"
    OUTSIDE = "outside"
    REFUSED = "refused"
    OTHER = "other"


CAUSE_LABELS: Mapping[Cause, str] = {
    Cause.DUPLICATE: N_("同一件事重复反映"),
    Cause.MALICIOUS: N_("同一号码恶意重复拨打"),
    Cause.OUTSIDE: N_("不归本街道管"),
    Cause.REFUSED: N_("反映人不愿意接受回访"),
    Cause.OTHER: N_("其他"),
}


class Shown(StrEnum):
    """Which call-backs a figure counts; also what its list shows."""

    MADE = "made"
    DUE = "due"
    IN_TIME = "in_time"
    ANSWERED = "answered"
    SOLVED = "solved"
    UNSOLVED = "unsolved"
    SAID = "said"
    SATISFIED = "satisfied"
    FAIRLY = "fairly"
    NOT_SATISFIED = "not_satisfied"
    MISSED = "missed"
    LATE = "late"
    PENDING = "pending"
    EXCLUDED = "excluded"
    CANCELLED = "cancelled"
    REDO = "redo"


SHOWN_LABELS: Mapping[Shown, str] = {
    Shown.MADE: N_("全部回访"),
    Shown.DUE: N_("应回访"),
    Shown.IN_TIME: N_("按时答复"),
    Shown.ANSWERED: N_("已经答复"),
    Shown.SOLVED: N_("已经解决"),
    Shown.UNSOLVED: N_("没有解决"),
    Shown.SAID: N_("说了满意程度"),
    Shown.SATISFIED: N_("满意"),
    Shown.FAIRLY: N_("基本满意"),
    Shown.NOT_SATISFIED: N_("不满意"),
    Shown.MISSED: N_("没有联系上"),
    Shown.LATE: N_("过期还没有回访"),
    Shown.PENDING: N_("还在期限内"),
    Shown.EXCLUDED: N_("排除"),
    Shown.CANCELLED: N_("不再回访"),
    Shown.REDO: N_("没有解决，等交回重办"),
}


class By(StrEnum):
    """What the rates are split by."""

    MONTH = "month"
    ORGANISATION = "organisation"
    CATEGORY = "category"


BY_LABELS: Mapping[By, str] = {
    By.MONTH: N_("按月"),
    By.ORGANISATION: N_("按单位"),
    By.CATEGORY: N_("按类别"),
}
