"""Notices for doors: one page a unit in one PDF, names by consent, a code to report from there."""

from __future__ import annotations

import re
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image

from linli.faces.desk.paper import doors
from linli.faces.desk.paper.doors import print_notices, write_notices
from linli.ground.kernel.models import ExportRecord, Look
from linli.ground.people.queries.doors import list_doors
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AppointmentFactory, PersonFactory
from linli.ground.territory.models import Area
from linli.ground.territory.tests.factories import AreaFactory
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn

KEEPER = Role.KEEPER


@pytest.fixture
def building(office: Office) -> Area:
    """Give a building of two units in the first grid."""
    grid = office.place.grids[0]
    made: Area = AreaFactory(
        kind="building", code=f"{grid.code}701", name="一号楼", address="示例路 1 号"
    )
    for number in (1, 2):
        AreaFactory(kind="unit", code=f"{made.code}0{number}", name=f"{number}单元")
    return made


def lead(area: Area, role: Role, name: str, *, shows: bool) -> None:
    """Let somebody lead an area, by name at the door or not."""
    person = PersonFactory(name=name)
    AppointmentFactory(person=person, role=role.value, area=area, shows_name=shows)


def test_a_name_stands_at_the_door_only_with_a_yes(office: Office, building: Area) -> None:
    first, second = Area.objects.filter(kind="unit").order_by("code")
    lead(first, Role.UNIT_LEADER, "司徒明", shows=True)
    lead(second, Role.UNIT_LEADER, "欧阳静", shows=False)
    found = list_doors(within_code=building.code, on=office.at.date())
    told = [[(one.is_held, one.name) for one in door.leaders] for door in found]
    assert [one[0] for one in told] == [(True, "司徒明"), (True, "")]
    assert [one[1] for one in told] == [(False, ""), (False, "")]
    assert [door.above[-1].name for door in found] == ["一号楼", "一号楼"]


@pytest.mark.parametrize("paper", ["a4", "a5"])
@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_one_page_a_unit(office: Office, building: Area, paper: str, language: str) -> None:
    found = list_doors(within_code=office.place.street.code, on=office.at.date())
    made = print_notices(
        found, phone="0431-0000 0110", paper=paper, language=language, base="https://linli.example"
    )
    assert made.startswith(b"%PDF")
    assert re.findall(rb"/Type/Pages/Count (\d+)", made) == [b"2"]


def test_the_code_leads_to_a_report_from_that_building(
    office: Office, building: Area, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(address: str) -> bytes:
        drawn.append(address)
        out = BytesIO()
        Image.new("1", (8, 8)).save(out, "PNG")
        return out.getvalue()

    monkeypatch.setattr(doors, "draw_code", draw)
    found = list_doors(within_code=building.code, on=office.at.date())
    print_notices(found, phone="", paper="a5", language="zh", base="https://linli.example")
    assert drawn == [f"https://linli.example/field/?at={building.code}"]
    page = sign_in(KEEPER).get(f"/report?at={building.code}").content.decode()
    assert 'value="示例路 1 号"' in page
    assert "示例路 1 号" not in sign_in(KEEPER).get("/report?at=<x>").content.decode()


def test_they_are_printed_in_the_background_and_handed_over(
    office: Office, building: Area, sign_in: SignIn
) -> None:
    client = sign_in(KEEPER)
    sent = {"area": office.place.street.code, "building": "", "paper": "a5", "language": "both"}
    answer = client.post("/desk/posts/doors/", sent)
    assert answer.headers["Location"] == "/desk/exports/"
    export = ExportRecord.objects.get(list_name="door-notices")
    assert (export.state, export.rows_total) == ("queued", 2)
    assert Look.objects.get(subject_id=str(export.id)).fields == ["name"]
    write_notices(export_id=UUID(str(export.id)), at=office.at)
    assert "楼道公示牌" in client.get("/desk/exports/").content.decode()
    given = client.get(f"/desk/posts/doors/{export.id}.pdf")
    assert given.content.startswith(b"%PDF")
    assert sign_in(Role.SUPERVISOR).get(f"/desk/posts/doors/{export.id}.pdf").status_code == 404


def test_what_is_out_of_reach_is_not_printed(office: Office, sign_in: SignIn) -> None:
    secretary = sign_in(Role.COMMUNITY_SECRETARY)
    sent = {"area": office.place.street.code, "paper": "a5", "language": "zh"}
    assert secretary.post("/desk/posts/doors/", sent).status_code == 422
    elsewhere = {**sent, "area": office.place.communities[0].code, "building": "9" * 18}
    assert secretary.post("/desk/posts/doors/", elsewhere).status_code == 403
    assert sign_in(Role.HANDLER).get("/desk/posts/doors/").status_code == 403
