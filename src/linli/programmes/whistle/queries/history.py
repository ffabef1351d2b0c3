"""What happened around a whistle, in words; organisations by name, colleagues by post and name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext

from linli.ground.kernel.marking import N_
from linli.ground.kernel.queries import list_occurrences
from linli.ground.kernel.terms import Happened, Occurrence
from linli.programmes.whistle import events
from linli.programmes.whistle.models import Call
from linli.programmes.whistle.terms import (
    ANSWER_LABELS,
    STEP_LABELS,
    Answer,
    Step,
    TimelineEntry,
    whistle_subject,
)
from linli.spine.cases.queries.history import Known, name_actors, who
from linli.spine.cases.queries.words import name_of

WHAT: Mapping[type[Happened], str] = {
    events.WhistleBlown: N_("吹哨"),
    events.MoreCalled: N_("又叫了%(units)s"),
    events.LeadNamed: N_("%(unit)s改为主办"),
    events.CallAnswered: N_("%(unit)s答复：%(what)s"),
    events.SignedIn: N_("%(unit)s报到"),
    events.SignInConfirmed: N_("确认%(unit)s到场"),
    events.DeedReported: N_("%(unit)s写了做了什么"),
    events.OutcomeRecorded: N_("登记处置结果"),
    events.OrganisationsJudged: N_("评价各单位"),
    events.JudgementAnswered: N_("%(unit)s回应评价"),
    events.DisputeSettled: N_("裁定%(unit)s的异议"),
    events.CaseOpened: N_("另立了案件"),
    events.CaseTold: N_("进展写进了案件"),
    events.CaseFedBack: N_("结果反馈给案件"),
    events.WhistleCancelled: N_("取消这次哨"),
    events.WhistleCommented: N_("写了一句话"),
    events.WhistlePassedOn: N_("召集的人离岗，工作已交接"),
    events.CallUnanswered: N_("%(unit)s到时没有答复"),
    events.CallLate: N_("%(unit)s到时没有到场"),
    events.CallLinkMade: N_("给%(unit)s发了报到链接"),
    events.CallLinkRevoked: N_("停用了%(unit)s的报到链接"),
    events.PositionOpened: N_("核对了%(unit)s报到的位置"),
    events.TracesErased: N_("位置和派员姓名按期删除"),
}
LATE = N_("%(unit)s报到，迟到")
DISPUTES = N_("%(unit)s对评价有异议")


def timeline(*, whistle_id: UUID) -> list[TimelineEntry]:
    """Tell what happened around a whistle, oldest first; the asker's right is checked."""
    occurrences = list_occurrences(whistle_subject(whistle_id))
    calls = Call.objects.filter(whistle_id=whistle_id).select_related("organisation")
    units = {one.organisation_id: name_of(one.organisation) for one in calls}
    return list(_entries(occurrences, name_actors(occurrences, units=units)))


def _entries(occurrences: Iterable[Occurrence], known: Known) -> Iterable[TimelineEntry]:
    for one in occurrences:
        yield TimelineEntry(
            at=one.at,
            who=who(one, known),
            what=_what(one.event, known.units),
            note=one.texts.get("note", ""),
            step_label=gettext(STEP_LABELS[Step(one.step_after)]),
            moved=one.step_before != one.step_after,
        )


def _what(event: Happened, units: Mapping[int, str]) -> str:
    ids = getattr(event, "organisation_ids", ())
    answer = getattr(event, "answer", "")
    return gettext(_sentence(event)) % {
        "unit": units.get(getattr(event, "organisation_id", 0), ""),
        "units": "、".join(units.get(one, "") for one in ids),
        "what": gettext(ANSWER_LABELS[Answer(answer)]) if answer else "",
    }


def _sentence(event: Happened) -> str:
    match event:
        case events.SignedIn(is_late=True):
            return LATE
        case events.JudgementAnswered(disputes=True):
            return DISPUTES
        case _:
            return WHAT[type(event)]
