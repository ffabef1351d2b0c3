"""The figures are counted from what is there; those only stated stand apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.demonstration.figures import compute_figures
from linli.demonstration.models import Loading
from linli.ground.people.models import Appointment, Household, Organisation, Person
from linli.ground.territory.models import Area

from .conftest import AS_OF, COUNT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
ACCOUNTS = {
    "communities": 4,
    "grids": 48,
    "building_leaders": 493,
    "unit_leaders": 924,
    "households": 19_000,
    "residents": 36_000,
    "responsibilities": 131,
    "responsibilities_department": 67,
    "responsibilities_subdistrict": 36,
    "responsibilities_whistle": 28,
    "organisations": 45,
    "members": 2_779,
    "alliances": 5,
    "volunteer_teams": 23,
    "area_km2": 1.97,
}


def computed(on: date = AS_OF) -> dict[str, float]:
    """Compute the figures of a day."""
    return compute_figures(on=on)["computed"]


def test_every_figure_is_the_one_of_the_accounts() -> None:
    assert computed() == ACCOUNTS | {"cases": COUNT}


def test_what_is_only_stated_stands_apart() -> None:
    assert compute_figures(on=AS_OF)["stated"] == {
        "households_per_grid": 380,
        "residents_per_grid": 700,
    }


def test_the_figures_hold_until_the_day_after_tomorrow() -> None:
    for days in (1, 30):
        assert computed(AS_OF + timedelta(days=days)) == computed()


def test_closing_a_building_changes_the_figures() -> None:
    building = Area.objects.filter(kind="building").first()
    assert building is not None
    units = Area.objects.filter(code__startswith=building.code[:18], kind="unit")
    unit_count = units.count()
    for area in (*units, building):
        area.valid_to = AS_OF
        area.save(update_fields=["valid_to"])
    now = computed()
    assert now["building_leaders"] == 492
    assert now["unit_leaders"] == 924 - unit_count
    assert now["households"] < 19_000
    assert now["residents"] < 36_000
    assert computed(AS_OF - timedelta(days=1))["building_leaders"] == 493


def test_deleting_a_building_changes_the_figures() -> None:
    building = Area.objects.filter(kind="building").first()
    assert building is not None
    within = {"area__code__startswith": building.code[:18]}
    homes = Household.objects.filter(**within)
    Person.objects.filter(household__in=homes).update(household=None)
    homes.delete()
    Appointment.objects.filter(**within).delete()
    parts = Area.objects.filter(code__startswith=building.code[:18])
    parts.filter(kind="unit").delete()
    parts.delete()
    now = computed()
    assert now["building_leaders"] == 492
    assert now["unit_leaders"] < 924
    assert now["households"] < 19_000
    assert now["residents"] < 36_000


def test_one_person_may_hold_two_posts() -> None:
    leaders = Appointment.objects.filter(role="building_leader").values("person_id")
    assert Appointment.objects.filter(role="unit_leader", person_id__in=leaders).count() > 100


def test_more_than_ten_departments_stand_behind_the_joint_team() -> None:
    team = Appointment.objects.filter(role="joint_team_member").values("person_id")
    homes = Organisation.objects.filter(
        appointments__person_id__in=team, kind__in=["department", "utility"]
    )
    assert homes.distinct().count() > 10


def test_48_grid_leaders_lead_48_grids() -> None:
    leaders = Appointment.objects.filter(role="grid_leader")
    assert leaders.values("area_id").distinct().count() == leaders.count() == 48


def test_the_demonstration_knows_that_it_is_loaded() -> None:
    assert Loading.objects.count() == 1
