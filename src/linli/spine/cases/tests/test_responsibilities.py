"""Lists of responsibilities: what may be published, and how proposals follow them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from linli.ground.kernel.models import Event
from linli.ground.people.models import Organisation
from linli.ground.people.queries.organisations import announce_organisations
from linli.ground.territory.models import Area
from linli.spine.cases.catalogue_terms import NewItem
from linli.spine.cases.models import Case, Responsibility, ResponsibilityList
from linli.spine.cases.queries.catalogue import get_category
from linli.spine.cases.queries.routing import (
    explain_proposal,
    explain_reason,
    list_without_route,
    propose_for_case,
    propose_for_place,
)
from linli.spine.cases.rules.routing import Proposal
from linli.spine.cases.services.catalogue import load_standard
from linli.spine.cases.services.responsibilities import UnableToPublishList

from .catalogue_places import (
    AT,
    COMMUNITY,
    GRID,
    SINCE,
    STREET,
    item,
    make_areas,
    make_units,
    publish,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def units() -> dict[str, Organisation]:
    """Make areas, units and the catalogue."""
    load_standard(at=AT, effective_from=SINCE)
    make_areas()
    return make_units()


def route(key: str = "matter:06010", *, area: str = GRID, later_days: int = 0) -> Proposal:
    """Route a matter in the grid."""
    return propose_for_place(
        category_key=key,
        street_code=STREET,
        area_code=area,
        on=SINCE + timedelta(days=later_days),
    )


def test_a_published_list_routes_and_says_why(
    units: dict[str, Organisation],
) -> None:
    publish(item(37, helpers=("team",)))
    proposal = route()
    assert proposal.lead_id == units["cleansing"].pk
    assert proposal.helper_ids == (units["team"].pk,)
    with override("zh-hans"):
        (said,) = explain_proposal(proposal)
    assert said == "派往单位cleansing，因为职责清单 2026-1 第 37 项写明由其负责此类事项。"
    event = Event.objects.get(name="cases.list_published")
    assert event.facts["items"] == 1


def test_a_new_version_ends_the_old_on_its_first_day(units: dict[str, Organisation]) -> None:
    publish(item(1))
    publish(item(1, lead="team"), version="2026-2", since=SINCE + timedelta(days=30))
    assert route(later_days=29).lead_id == units["cleansing"].pk
    assert route(later_days=30).lead_id == units["team"].pk
    assert ResponsibilityList.objects.filter(effective_to=None).count() == 1


def test_a_change_of_the_list_is_seen_at_once(units: dict[str, Organisation]) -> None:
    assert route().reason.code == "routing.to_centre"
    publish(item(1))
    assert route().lead_id == units["cleansing"].pk


def test_a_unit_closed_after_publishing_is_shown(units: dict[str, Organisation]) -> None:
    publish(item(1))
    Organisation.objects.filter(code="cleansing").update(is_active=False)
    announce_organisations()
    proposal = route()
    assert proposal.lead_id == units["centre"].pk
    assert [note.code for note in proposal.notes] == ["routing.broken_lead"]


def test_the_community_named_by_an_item_gets_its_own(units: dict[str, Organisation]) -> None:
    publish(item(1), item(2, lead="team", area=COMMUNITY))
    assert route().lead_id == units["team"].pk
    assert route(area="").lead_id == units["cleansing"].pk


def test_a_complaint_goes_to_the_superior(units: dict[str, Organisation]) -> None:
    publish(item(1))
    proposal = propose_for_place(
        category_key="local:L48",
        street_code=STREET,
        on=SINCE,
        about_organisation_id=units["team"].pk,
    )
    assert proposal.lead_id == units["street-office"].pk


def test_an_unknown_or_missing_category_goes_to_the_centre(
    units: dict[str, Organisation],
) -> None:
    publish(item(1))
    assert route("").lead_id == units["centre"].pk
    assert route("matter:99999").lead_id == units["centre"].pk


def test_gaps_of_a_list_can_be_listed() -> None:
    publish(item(1, majors=("matter:06",)))
    gaps = list_without_route(street_code=STREET, on=SINCE)
    assert "matter:06012" not in gaps
    assert "matter:07001" in gaps


def test_a_unit_that_is_gone_and_an_unknown_code_are_still_shown() -> None:
    said = explain_reason(code="routing.to_centre", params={"lead": 10**9})
    assert "（已删除的单位）" in said
    assert explain_reason(code="routing.from_the_future", params={}) == "routing.from_the_future"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (item(1, lead="nobody"), "responsibilities.unknown_organisation"),
        (item(1, helpers=("nobody",)), "responsibilities.unknown_organisation"),
        (item(1, helpers=("cleansing",)), "responsibilities.lead_helps"),
        (item(1, categories=("matter:99999",)), "responsibilities.unknown_category"),
        (item(1, majors=("matter:99",)), "responsibilities.unknown_category"),
        (item(1, categories=()), "responsibilities.covers_nothing"),
        (item(1, kind="volunteer"), "responsibilities.unknown_kind"),
        (item(1, area="220104004009"), "responsibilities.unknown_area"),
        (item(0), "responsibilities.no_title"),
        (item(1, title=" "), "responsibilities.no_title"),
    ],
)
def test_an_item_that_could_not_be_evaluated_is_refused_in_words(wrong: NewItem, code: str) -> None:
    with pytest.raises(UnableToPublishList) as refused:
        publish(wrong)
    assert code in [fault.code for fault in refused.value.faults]
    assert f"第 {wrong.item_no} 项" in str(refused.value)
    assert not Responsibility.objects.exists()


def test_all_faults_of_a_list_are_told_at_once() -> None:
    with pytest.raises(UnableToPublishList) as refused:
        publish(item(1, lead="nobody"), item(1), item(2, kind="?"))
    assert {fault.code for fault in refused.value.faults} == {
        "responsibilities.number_twice",
        "responsibilities.unknown_organisation",
        "responsibilities.unknown_kind",
    }


def test_a_list_needs_a_new_version_a_later_day_and_items() -> None:
    publish(item(1))
    later = SINCE + timedelta(days=9)
    for items, version, since, code in (
        ([item(1)], "2026-1", later, "version_taken"),
        ([item(1)], "2026-2", SINCE, "not_after_last"),
        ([], "2026-3", later, "empty"),
    ):
        with pytest.raises(UnableToPublishList) as refused:
            publish(*items, version=version, since=since)
        assert refused.value.code == f"responsibilities.{code}"


def test_an_area_of_another_street_is_refused() -> None:
    Area.objects.create(
        code="220104005000", kind="street", name="别处", valid_from=SINCE, source="test"
    )
    with pytest.raises(UnableToPublishList) as refused:
        publish(item(1, area="220104005000"))
    assert refused.value.code == "responsibilities.area_outside"


def test_of_several_centres_the_one_of_the_street_takes_what_nobody_names(
    units: dict[str, Organisation],
) -> None:
    near = Organisation.objects.create(
        code="near", name="近", kind="centre", area=Area.objects.get(code=STREET)
    )
    assert route().lead_id == near.pk


def test_a_case_is_routed_by_its_category_and_place_as_they_are_now(
    units: dict[str, Organisation],
) -> None:
    publish(item(1), item(2, lead="team", categories=("matter:06012",)))
    areas = {area.code: area for area in Area.objects.all()}
    case = Case.objects.create(
        number="2026-0000001",
        title="垃圾",
        text="垃圾",
        street=areas[STREET],
        community=areas[COMMUNITY],
        grid=areas[GRID],
        category_id=get_category("matter:06010").id,
        step="filing",
        channel="web",
        reported_at=AT,
        changed_at=AT,
    )
    assert propose_for_case(case.pk).lead_id == units["cleansing"].pk
    Case.objects.filter(pk=case.pk).update(category_id=get_category("matter:06012").id)
    assert propose_for_case(case.pk).lead_id == units["team"].pk
    Case.objects.filter(pk=case.pk).update(about_organisation=units["team"])
    assert propose_for_case(case.pk).lead_id == units["street-office"].pk
