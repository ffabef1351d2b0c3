"""A whistle and the case it is for; nothing of the case is moved by being whistled for."""

from __future__ import annotations

import pytest

from linli.programmes.whistle.queries.replay import live_state, replayed_state
from linli.programmes.whistle.rules.refusals import WhistleRefused
from linli.programmes.whistle.terms import (
    ActionName,
    Step,
)
from linli.spine.cases.models import Case
from linli.spine.cases.terms import CaseKind
from linli.spine.cases.terms import Step as CaseStep

from .factories import THERE, Crew, make_picture


def test_a_whistle_for_a_case_leaves_its_clock_running(crew: Crew) -> None:
    reported = crew.office.play(to=CaseStep.HANDLING)
    before = Case.objects.get(id=reported.case_id)
    view = crew.play(to=Step.FINISHED, case_id=reported.case_id)
    crew.act(view.id, ActionName.TELL_CASE, "dispatcher", note="阀门已关，路面明天恢复")
    after = Case.objects.get(id=reported.case_id)
    assert view.case_number == before.number
    assert (after.due_at, after.step, after.version) == (
        before.due_at,
        before.step,
        before.version,
    )
    assert replayed_state(view.id) == live_state(view.id)


def test_the_lead_of_the_case_feeds_the_outcome_back(crew: Crew) -> None:
    reported = crew.office.play(to=CaseStep.HANDLING)
    lead = crew.office.lead
    view = crew.blow(case_id=reported.case_id, lead_id=lead.pk, helper_ids=())
    crew.act(view.id, ActionName.SIGN_IN, "stranger", position=THERE)
    picture = make_picture(at=crew.at)
    crew.act(view.id, ActionName.RECORD_OUTCOME, "stranger", note="清完了", photos=(picture,))
    view = crew.act(view.id, ActionName.FEED_BACK, "stranger", note="清完了")
    assert view.is_fed_back
    assert Case.objects.get(id=reported.case_id).step == CaseStep.CHECKING
    with pytest.raises(WhistleRefused, match="fed_back"):
        crew.act(view.id, ActionName.FEED_BACK, "stranger", note="清完了")


def test_what_else_is_found_becomes_a_case(crew: Crew) -> None:
    view = crew.play(to=Step.ON_SPOT)
    view = crew.act(view.id, ActionName.OPEN_CASE, "dispatcher", note="旁边井盖松动")
    assert [one.title for one in view.follow_ups] == ["旁边井盖松动"]
    assert Case.objects.get().channel == "patrol"
    assert replayed_state(view.id) == live_state(view.id)


def test_the_organisation_a_case_complains_of_is_not_called(crew: Crew) -> None:
    reported = crew.office.report(kind=CaseKind.COMPLAINT, about_organisation_id=crew.id_of("road"))
    with pytest.raises(WhistleRefused, match="complained_of"):
        crew.blow(case_id=reported.case_id)
    view = crew.blow(case_id=reported.case_id, helper_ids=())
    with pytest.raises(WhistleRefused, match="complained_of"):
        crew.act(
            view.id,
            ActionName.CALL_MORE,
            "dispatcher",
            organisation_ids=(crew.id_of("road"),),
        )


def test_a_closed_case_is_not_whistled_for(crew: Crew) -> None:
    reported = crew.office.play(to=CaseStep.CLOSED)
    with pytest.raises(WhistleRefused, match="case_over"):
        crew.blow(case_id=reported.case_id)
