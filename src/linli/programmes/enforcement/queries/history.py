"""What happened to an operation, in words; a party by its mark, a colleague by post and name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from linli.ground.kernel.marking import N_
from linli.ground.kernel.queries import list_occurrences
from linli.ground.kernel.terms import Happened, Occurrence
from linli.programmes.enforcement import events
from linli.programmes.enforcement.models import Party, Secondment
from linli.programmes.enforcement.terms import (
    MEASURE_LABELS,
    NOTICE_KIND_LABELS,
    OUTCOME_LABELS,
    STEP_LABELS,
    MeasureKind,
    NoticeKind,
    Outcome,
    Step,
    TimelineEntry,
    operation_subject,
)
from linli.spine.cases.queries.history import Known, name_actors, who

WHAT: Mapping[type[Happened], str] = {
    events.OperationPlanned: N_("方案已提交"),
    events.PlanRevised: N_("修改方案"),
    events.PlanApproved: N_("方案获批"),
    events.PlanRejected: N_("方案退回修改"),
    events.NoticeGiven: N_("%(what)s：%(mark)s"),
    events.NoticesEnded: N_("告知完毕"),
    events.EvidenceKept: N_("留存证据 %(count)s 张"),
    events.ComplianceRecorded: N_("%(mark)s已改正"),
    events.ActionBegun: N_("开始现场执法"),
    events.MeasureTaken: N_("%(what)s：%(mark)s"),
    events.ActionFinished: N_("现场执法结束"),
    events.AppealReceived: N_("%(mark)s提出申辩或复议"),
    events.AppealAnswered: N_("复核答复：%(what)s"),
    events.AppealsClosed: N_("申辩期结束"),
    events.MemberRecused: N_("%(member)s回避"),
    events.RecusalRefused: N_("%(member)s不用回避"),
    events.CaseFedBack: N_("结果已反馈给案件"),
    events.ResultPublished: N_("结果公示"),
    events.PublicationWithdrawn: N_("公示撤下"),
    events.OperationJudged: N_("街道评价：%(points)s 分"),
    events.JudgementAnswered: N_("派出部门回应评价"),
    events.OperationCancelled: N_("取消行动"),
    events.OperationCommented: N_("写了一句话"),
    events.PartyOpened: N_("查看了当事人：%(mark)s"),
    events.PartyErased: N_("当事人资料到期清除：%(mark)s"),
}
NOT_YET = N_("%(mark)s没有改正")


def timeline(*, operation_id: UUID) -> list[TimelineEntry]:
    """Tell what happened to an operation, oldest first; the asker's right is checked."""
    occurrences = list_occurrences(operation_subject(operation_id))
    marks = dict(Party.objects.filter(operation_id=operation_id).values_list("pk", "mark"))
    named = Named(marks=marks, members=_members(occurrences))
    return list(_entries(occurrences, name_actors(occurrences, units={}), named))


@dataclass(frozen=True, kw_only=True)
class Named:
    """What the sentences name: parties by their marks, members of the team."""

    marks: Mapping[int, str]
    members: Mapping[int, str]


def _members(occurrences: Iterable[Occurrence]) -> dict[int, str]:
    found = (one.event for one in occurrences)
    recusals = events.MemberRecused | events.RecusalRefused
    ids = {event.member_id for event in found if isinstance(event, recusals)}
    rows = Secondment.objects.filter(pk__in=ids).values_list("pk", "person__name")
    return dict(rows) if ids else {}


def _entries(
    occurrences: Iterable[Occurrence], known: Known, named: Named
) -> Iterable[TimelineEntry]:
    for one in occurrences:
        step = Step(one.step_after)
        yield TimelineEntry(
            at=one.at,
            who=who(one, known),
            what=_what(one.event, named),
            note=one.texts.get("note", ""),
            step_label=gettext(STEP_LABELS[step]),
            moved=one.step_before != one.step_after,
        )


def _what(event: Happened, named: Named) -> str:
    sentence = WHAT[type(event)]
    if isinstance(event, events.ComplianceRecorded) and not event.complied:
        sentence = NOT_YET
    return gettext(sentence) % {
        "mark": named.marks.get(getattr(event, "party_id", None) or 0, ""),
        "member": named.members.get(getattr(event, "member_id", None) or 0, ""),
        "what": gettext(_kind(event)),
        "count": len(getattr(event, "photo_ids", ())),
        "points": sum(getattr(event, "points", {}).values()),
    }


def _kind(event: Happened) -> str:
    match event:
        case events.NoticeGiven():
            return NOTICE_KIND_LABELS[NoticeKind(event.notice_kind)]
        case events.MeasureTaken():
            return MEASURE_LABELS[MeasureKind(event.measure_kind)]
        case events.AppealAnswered():
            return OUTCOME_LABELS[Outcome(event.outcome)]
        case _:
            return "-"
