"""Entering a report for somebody."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.ground.people.terms import Role
from linli.ground.territory.tests.factories import middle
from linli.spine.cases.models import Case, Reporter
from linli.spine.cases.terms import Channel, Step
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn

MakePhoto = Callable[[], SimpleUploadedFile]


def form(**changes: object) -> dict[str, object]:
    lon, lat = middle(0, 0)
    usual: dict[str, object] = {
        "channel": "phone",
        "kind": "incident",
        "text": "井盖不见了",
        "lon": lon,
        "lat": lat,
    }
    return usual | changes


def test_a_clerk_enters_a_call_and_gets_the_code_to_pass_on(
    office: Office, sign_in: SignIn
) -> None:
    given = form(name="李示例", phone="13900009999")
    answer = sign_in(Role.INTAKE_CLERK).post("/desk/cases/new", given, follow=True)
    page = answer.content.decode()
    case = Case.objects.get()
    assert case.channel == Channel.PHONE
    assert case.grid == office.place.grids[0]
    assert "查询码" in page
    assert "李示例" not in page
    assert Reporter.objects.get().name == "李示例"


def test_who_may_not_enter_is_told_who_may(office: Office, sign_in: SignIn) -> None:
    answer = sign_in(Role.HANDLER).get("/desk/cases/new")
    assert answer.status_code == 403
    assert "受理员" in answer.content.decode()


def test_what_is_missing_is_said_and_the_rest_is_kept(office: Office, sign_in: SignIn) -> None:
    answer = sign_in(Role.INTAKE_CLERK).post(
        "/desk/cases/new", form(lon="", lat="", door="3-2-101")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请在地图上点出位置，或写下地址。" in page
    assert 'value="3-2-101"' in page
    assert not Case.objects.exists()


def test_swapped_coordinates_are_refused_in_words(office: Office, sign_in: SignIn) -> None:
    lon, lat = middle(0, 0)
    answer = sign_in(Role.INTAKE_CLERK).post("/desk/cases/new", form(lon=lat, lat=lon))
    assert answer.status_code == 422
    assert "颠倒" in answer.content.decode()


def test_settled_at_once_with_photos_from_before_and_after(
    office: Office, sign_in: SignIn, photo: MakePhoto
) -> None:
    given = form(channel="patrol", settled="on", photos=[photo()], after_photos=[photo()])
    answer = sign_in(Role.SHIFT_LEADER).post("/desk/cases/new", given)
    assert answer.status_code == 302
    assert Case.objects.get().step == Step.SETTLED


def test_settled_without_a_photo_from_after_enters_nothing(
    office: Office, sign_in: SignIn, photo: MakePhoto
) -> None:
    given = form(channel="patrol", settled="on", photos=[photo()])
    answer = sign_in(Role.SHIFT_LEADER).post("/desk/cases/new", given)
    assert answer.status_code == 422
    assert "处置后的照片" in answer.content.decode()
    assert "已收到 1 张照片" in answer.content.decode()
    assert not Case.objects.exists()


def test_words_typed_when_the_session_had_run_out_come_back(
    office: Office, sign_in: SignIn
) -> None:
    client = Client()
    client.post("/desk/cases/new", form(text="说了很久的话", back="/desk/cases/new"))
    client.force_login(office.accounts[Role.INTAKE_CLERK])
    assert "说了很久的话</textarea>" in client.get("/desk/cases/new").content.decode()


def test_a_place_is_found_by_name(office: Office, sign_in: SignIn) -> None:
    name = office.place.grids[0].name
    page = sign_in(Role.INTAKE_CLERK).get("/desk/places/", {"place": name}).content.decode()
    assert name in page
    assert "data-lon=" in page


def test_who_walks_the_grid_enters_finds_only(office: Office, sign_in: SignIn) -> None:
    client = sign_in(Role.GRID_WORKER)
    page = client.get("/desk/cases/new").content.decode()
    assert 'value="patrol"' in page
    assert 'value="phone"' not in page
    typed = {"channel": "phone", "kind": "incident", "text": "路灯不亮", "address": "路口"}
    assert client.post("/desk/cases/new", typed).status_code == 422
    assert client.post("/desk/cases/new", typed | {"channel": "patrol"}).status_code == 302
    assert "登记巡查发现" in client.get("/desk/").content.decode()
