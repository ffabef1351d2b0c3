"""The enumerations of whistles and their labels."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Subject
from linli.ground.people.terms import OrganisationKind

SUBJECT_KIND = "whistle.Whistle"
CALL_KIND = "whistle.Call"
MOST_CALLED = 20
MOST_REPLY = 120
MOST_NAME = 40

# Volunteers come of their own will: whether they were late is neither asked nor kept.
NEVER_TIMED = frozenset({OrganisationKind.VOLUNTEER_TEAM, OrganisationKind.ALLIANCE})
# Who may be called.
CALLABLE = (
    OrganisationKind.DEPARTMENT,
    OrganisationKind.JOINT_TEAM,
    OrganisationKind.UTILITY,
    OrganisationKind.STREET_OFFICE,
    OrganisationKind.COMMUNITY_COMMITTEE,
    OrganisationKind.PROPERTY_COMPANY,
    OrganisationKind.ALLIANCE,
    OrganisationKind.VOLUNTEER_TEAM,
)


def whistle_subject(whistle_id: UUID) -> Subject:
    """Name a whistle as the subject of events and photos."""
    return Subject(kind=SUBJECT_KIND, id=str(whistle_id))


def call_subject(call_id: int) -> Subject:
    """Name the call to one organisation as the subject of an urgent notice."""
    return Subject(kind=CALL_KIND, id=str(call_id))


class Kind(StrEnum):
    """For what organisations are called."""

    EMERGENCY = "emergency"
    COMPREHENSIVE = "comprehensive"
    INSPECTION = "inspection"


KIND_LABELS: Mapping[Kind, str] = {
    Kind.EMERGENCY: N_("应急处置"),
    Kind.COMPREHENSIVE: N_("综合执法"),
    Kind.INSPECTION: N_("联合检查"),
}


class Step(StrEnum):
    """Where a whistle stands; the last two are ends."""

    CALLED = "called"
    ON_SPOT = "on_spot"
    JUDGING = "judging"
    FINISHED = "finished"
    CANCELLED = "cancelled"


STEP_LABELS: Mapping[Step, str] = {
    Step.CALLED: N_("等待报到"),
    Step.ON_SPOT: N_("到场处置"),
    Step.JUDGING: N_("等待评价"),
    Step.FINISHED: N_("评价完毕"),
    Step.CANCELLED: N_("已经取消"),
}
ENDS = frozenset({Step.FINISHED, Step.CANCELLED})
OPEN_STEPS = tuple(step for step in Step if step not in ENDS)
# While organisations are on their way or at work; only then a position may be taken.
RUNNING = (Step.CALLED, Step.ON_SPOT)


class ActionName(StrEnum):
    """The actions of the procedure; also the names in addresses."""

    SIGN_IN = "sign_in"
    COME = "come"
    DECLINE = "decline"
    COUNTERSIGN = "countersign"
    TAKE_ANSWER = "take_answer"
    CALL_MORE = "call_more"
    NAME_LEAD = "name_lead"
    REPORT_DEED = "report_deed"
    RECORD_OUTCOME = "record_outcome"
    JUDGE = "judge"
    REPLY = "reply"
    SETTLE = "settle"
    OPEN_CASE = "open_case"
    TELL_CASE = "tell_case"
    FEED_BACK = "feed_back"
    CANCEL = "cancel"
    COMMENT = "comment"


class Answer(StrEnum):
    """What a called organisation answered."""

    COMES = "comes"
    CANNOT = "cannot"


ANSWER_LABELS: Mapping[Answer, str] = {
    Answer.COMES: N_("会来"),
    Answer.CANNOT: N_("来不了"),
}


class Proof(StrEnum):
    """What a sign-in on the spot rests on."""

    POSITION = "position"
    CODE = "code"
    CALLER = "caller"
    NONE = "none"


PROOF_LABELS: Mapping[Proof, str] = {
    Proof.POSITION: N_("按位置核对"),
    Proof.CODE: N_("按召集人的到场码核对"),
    Proof.CALLER: N_("召集人确认"),
    Proof.NONE: N_("等召集人确认"),
}


class Shown(StrEnum):
    """Which calls a figure of the year counts; also what its list shows."""

    CALLED = "called"
    UNDER_WAY = "under_way"
    CAME = "came"
    ABSENT = "absent"
    TIMED = "timed"
    IN_TIME = "in_time"
    LATE = "late"
    JUDGED = "judged"
    RESPONDED = "responded"
    JUDGED_IN_TIME = "judged_in_time"
    JUDGED_TIMED = "judged_timed"
    DID_PART = "did_part"
    DISPUTED = "disputed"
    CHANGED = "changed"


SHOWN_LABELS: Mapping[Shown, str] = {
    Shown.CALLED: N_("被召集"),
    Shown.UNDER_WAY: N_("还在进行"),
    Shown.CAME: N_("到了场"),
    Shown.ABSENT: N_("没有到场"),
    Shown.TIMED: N_("到场并计时"),
    Shown.IN_TIME: N_("按时到场"),
    Shown.LATE: N_("迟到"),
    Shown.JUDGED: N_("已评价"),
    Shown.RESPONDED: N_("评为响应"),
    Shown.JUDGED_IN_TIME: N_("评为按时"),
    Shown.JUDGED_TIMED: N_("评价了按时"),
    Shown.DID_PART: N_("评为尽责"),
    Shown.DISPUTED: N_("提出异议"),
    Shown.CHANGED: N_("裁定改变"),
}


class Need(StrEnum):
    """What an action asks for; the value is the field of `WhistleInput`."""

    NOTE = "note"
    SENDS = "sends"
    POSITION = "position"
    CODE = "code"
    ORGANISATION = "organisation_id"
    ORGANISATIONS = "organisation_ids"
    ARRIVED = "arrived_at"
    ANSWER = "answer"
    PHOTOS = "photos"
    VERDICTS = "verdicts"
    VERDICT = "verdict"
    DISPUTES = "disputes"
