"""Who is called out for urgent cases. Time brings this about, so a job asks every minute.

It asks for what stands open, rather than reacting to each report: the lane that takes reports in
bursts pays nothing for it, and nothing is forgotten when a worker was down.
"""

from __future__ import annotations

from datetime import datetime

from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Subject
from linli.ground.notices.queries import list_open_subjects
from linli.ground.notices.rules import declare
from linli.ground.notices.services import settle_alerts, tell
from linli.ground.notices.terms import Topic, Wording
from linli.ground.people.queries import list_account_ids
from linli.spine.cases.queries.urgent import UrgentCase, list_urgent
from linli.spine.cases.terms import SUBJECT_KIND, Step, case_subject

from .case_words import DESK
from .cases import ANSWERING

WAITING, UNACCEPTED, OVERDUE = (
    "cases.urgent_waiting",
    "cases.urgent_unaccepted",
    "cases.urgent_overdue",
)
WORDINGS = {
    WAITING: Wording(
        sentence=N_("紧急案件 %(number)s 还没有派出，请马上处理。"),
        address=DESK,
        topic=Topic.URGENT,
    ),
    UNACCEPTED: Wording(
        sentence=N_("紧急案件 %(number)s 已派出，还没有人接单。"),
        address=DESK,
        topic=Topic.URGENT,
    ),
    OVERDUE: Wording(
        sentence=N_("紧急案件 %(number)s 已经超时。"), address=DESK, topic=Topic.URGENT
    ),
}

declare(WORDINGS)


def call_out(*, at: datetime) -> None:
    """Raise an alert for every urgent case that waits, and end those that have moved on."""
    wanted = {(case.id, _kind(case)): case for case in list_urgent(at=at)}
    for kind in WORDINGS:
        standing = {str(case_id) for case_id, known in wanted if known == kind}
        for subject_id in list_open_subjects(kind=kind, subject_kind=SUBJECT_KIND):
            if subject_id not in standing:
                subject = Subject(kind=SUBJECT_KIND, id=subject_id)
                settle_alerts(subject=subject, kind=kind, at=at)
    for (_, kind), case in wanted.items():
        _raise(case, kind, at)


def _kind(case: UrgentCase) -> str:
    if case.is_overdue:
        return OVERDUE
    return UNACCEPTED if case.step is Step.ACCEPTING else WAITING


def _raise(case: UrgentCase, kind: str, at: datetime) -> None:
    handlers = (
        list_account_ids(at=at, organisation_id=case.lead_id, roles=ANSWERING)
        if case.lead_id is not None
        else []
    )
    tell(
        account_ids=handlers,
        kind=kind,
        subject=case_subject(case.id),
        params={"number": case.number},
        key=case.step.value,
        urgent=True,
        street_code=case.street_code,
        at=at,
    )
