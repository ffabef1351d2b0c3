"""Reporting by the plain form, as a browser without scripts sends it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.ground.kernel.ids import new_id
from linli.ground.people.tests.factories import AccountFactory
from linli.ground.territory.tests.factories import middle
from linli.spine.cases.models import Case, CasePhoto, Reporter
from linli.spine.cases.tests.factories import Office, make_photo

from .conftest import photo_file, photo_status


def filled(**changes: Any) -> dict[str, Any]:
    """Fill in the form as somebody anonymous in the first grid would."""
    lon, lat = middle(0, 0)
    usual = {
        "id": str(new_id()),
        "text": "垃圾桶满了三天，没有人来收",
        "lon": f"{lon:.6f}",
        "lat": f"{lat:.6f}",
        "is_anonymous": "1",
    }
    return usual | changes


def page(response: Any) -> str:
    """Read the page of an answer."""
    return str(response.content.decode())


def code_of(client: Client) -> str:
    """Read the tracking code from the page shown after a report."""
    found = re.search(r'data-copy="([A-Z2-7]{16})"', page(client.get("/report/done")))
    assert found
    return found[1]


def test_the_form_asks_photo_place_and_words_and_shows_the_emergency_numbers(
    client: Client, office: Office
) -> None:
    shown = page(client.get("/report"))

    for needed in ('type="file"', 'name="address"', 'name="text"', 'href="tel:110"'):
        assert needed in shown
    assert re.search(r'name="id" value="[0-9a-f-]{14}7', shown)


def test_an_anonymous_report_with_photo_lands_in_its_grid(client: Client, office: Office) -> None:
    response = client.post("/report", filled(photos=[photo_file(), photo_file("two.jpg")]))

    case = Case.objects.get()
    assert response.headers["Location"] == "/report/done"
    assert case.grid_id == office.place.grids[0].pk
    assert CasePhoto.objects.filter(case=case).count() == 2
    assert Reporter.objects.get().is_anonymous


def test_the_result_tells_number_code_and_who_answers_until_when(
    client: Client, office: Office
) -> None:
    client.post("/report", filled())

    shown = page(client.get("/report/done"))

    assert Case.objects.get().number in shown
    assert "<svg" in shown.split('class="qr')[1]
    assert re.search(r"由街道指挥中心答复，2026年11月23日 \d\d:\d\d 前会有下一步。", shown)
    assert code_of(client)


def test_pressing_twice_makes_one_report(client: Client, office: Office) -> None:
    form = filled()
    client.post("/report", form)
    first = code_of(client)
    client.post("/report", form)

    assert Case.objects.count() == 1
    assert code_of(client) == first


def test_other_words_under_the_same_id_are_not_lost_but_asked_about(
    client: Client, office: Office
) -> None:
    form = filled()
    client.post("/report", form)
    again = client.post("/report", form | {"text": "还有一个井盖不见了"})

    shown = page(again)
    assert again.status_code == 422
    assert "刚才那一份已经收到了" in shown
    assert "还有一个井盖不见了" in shown
    assert form["id"] not in shown


def test_an_error_keeps_words_place_and_photos(client: Client, office: Office) -> None:
    form = filled(text="", address="3号楼东侧", photos=[photo_file()])
    shown = page(client.post("/report", form))

    kept = re.findall(r'name="photo_ref" value="([^"]+)" checked', shown)
    assert "请用一句话说说什么情况" in shown
    assert "3号楼东侧" in shown
    assert form["lon"] in shown
    assert len(kept) == 1
    photo_id = kept[0].split(":")[0]
    assert photo_status(client, f"{photo_id}/thumb") == 200

    client.post("/report", form | {"text": "桶满了", "photos": [], "photo_ref": kept})
    assert CasePhoto.objects.get().photo_id.hex == photo_id.replace("-", "")


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("text.jpg", b"this is a letter, not a photo", "text.jpg"),
        ("empty.jpg", b"\xff\xd8\xff", "empty.jpg"),
    ],
)
def test_what_is_no_photo_is_named_and_the_rest_is_kept(
    client: Client, office: Office, name: str, body: bytes, words: str
) -> None:
    bad = SimpleUploadedFile(name, body, content_type="image/jpeg")
    response = client.post("/report", filled(photos=[photo_file(), bad]))

    shown = page(response)
    assert response.status_code == 422
    assert words in shown
    assert "垃圾桶满了三天" in shown
    assert shown.count('name="photo_ref"') == 1
    assert not Case.objects.exists()


def test_a_photo_of_somebody_else_is_not_shown_for_naming_it(
    client: Client, office: Office
) -> None:
    theirs = make_photo()
    client.post("/report", filled(text="", photo_ref=f"{theirs.id}:guessed"))

    assert photo_status(client, f"{theirs.id}/thumb") == 404


def test_a_report_needs_a_place(client: Client, office: Office) -> None:
    response = client.post("/report", filled(lon="", lat="", address=""))

    assert response.status_code == 422
    assert "请告诉我们在哪里" in page(response)


def test_the_exact_name_of_one_place_stands_for_its_point(client: Client, office: Office) -> None:
    grid = office.place.grids[2]
    client.post("/report", filled(lon="", lat="", address=grid.name))

    assert Case.objects.get().grid_id == grid.pk


@pytest.mark.parametrize(("lon", "lat"), [("0", "0"), ("43.88", "125.31"), ("nan", "43.8")])
def test_a_point_that_cannot_be_meant_is_refused_in_words(
    client: Client, office: Office, lon: str, lat: str
) -> None:
    response = client.post("/report", filled(lon=lon, lat=lat))

    assert response.status_code == 422
    assert "垃圾桶满了三天" in page(response)


def test_leaving_contact_details_needs_a_phone(client: Client, office: Office) -> None:
    response = client.post("/report", filled(is_anonymous="0", name="王女士"))

    assert "请写上电话" in page(response)
    assert "王女士" in page(response)


def test_contact_details_and_consent_go_to_the_reporter_only(
    client: Client, office: Office
) -> None:
    client.post(
        "/report",
        filled(is_anonymous="0", name="王女士", phone="13900001234", agrees_contact="on"),
    )

    reporter = Reporter.objects.get()
    assert (reporter.name, reporter.phone, reporter.agrees_contact) == (
        "王女士",
        "13900001234",
        True,
    )


def test_somebody_signed_in_may_still_report_anonymously(client: Client, office: Office) -> None:
    account = AccountFactory()
    client.force_login(account)
    client.post("/report", filled())
    client.post("/report", filled(is_anonymous="0", phone="13900001234"))

    accounts = Reporter.objects.order_by("case__reported_at", "case_id").values_list("account_id")
    assert sorted(accounts, key=str) == [(account.pk,), (None,)]


@pytest.mark.parametrize("text", ["🚮🔥 满了", "龘䶮㐂路口", "<script>alert(1)</script>"])
def test_rare_characters_and_script_are_kept_as_words(
    client: Client, office: Office, text: str
) -> None:
    client.post("/report", filled(text=text))

    assert Case.objects.get().text == text
    assert "<script>alert" not in page(client.get(f"/t/{code_of(client)}"))


@pytest.mark.parametrize("text", ["有\x00空字符", "字" * 10_001])
def test_words_that_cannot_be_kept_are_refused(client: Client, office: Office, text: str) -> None:
    assert client.post("/report", filled(text=text)).status_code == 422


def test_an_unknown_category_is_refused_and_a_known_one_kept(
    client: Client, office: Office
) -> None:
    assert client.post("/report", filled(category="matter:00000")).status_code == 422

    client.post("/report", filled(category=f"matter:{office.category.code}"))
    assert Case.objects.get().category_id == office.category.pk


@pytest.mark.parametrize("sent", ["", "not-an-id", "32c83a78-4daf-4f81-8a0b-7a6397692621"])
def test_an_id_that_is_no_uuid7_is_refused(client: Client, office: Office, sent: str) -> None:
    assert client.post("/report", filled(id=sent)).status_code == 422


class TestHints:
    """What the form says while it is being filled in."""

    def test_the_grid_of_the_point_is_named(self, client: Client, office: Office) -> None:
        form = filled()
        shown = page(client.get("/report/near", {"lon": form["lon"], "lat": form["lat"]}))

        assert office.place.grids[0].name in shown.replace("\u2009", "")

    def test_a_point_outside_is_told_so(self, client: Client, office: Office) -> None:
        assert "不在我们的辖区" in page(client.get("/report/near", {"lon": "120", "lat": "40"}))

    @pytest.mark.parametrize("asked", [{}, {"lon": "x", "lat": "1"}, {"lon": "inf", "lat": "1"}])
    def test_without_a_point_nothing_is_said(
        self, client: Client, office: Office, asked: dict[str, str]
    ) -> None:
        assert page(client.get("/report/near", asked)) == ""

    def test_a_public_case_close_by_is_hinted_at_with_its_distance(
        self, client: Client, office: Office
    ) -> None:
        office.report(category_key=f"matter:{office.category.code}")
        office.tick(timedelta(hours=1))
        form = filled()

        shown = page(client.get("/report/near", {"lon": form["lon"], "lat": form["lat"]}))

        assert "附近可能有人已经报过" in shown
        assert office.category.name in shown
        assert "王示例" not in shown

    def test_places_are_suggested_by_name(self, client: Client, office: Office) -> None:
        grid = office.place.grids[0]
        shown = page(client.get("/report/places", {"address": grid.name[:3]}))

        assert f'data-words="{grid.name}"' in shown

    def test_categories_are_found_by_words(self, client: Client, office: Office) -> None:
        found = page(client.get("/report/categories", {"q": office.category.name}))
        none = page(client.get("/report/categories", {"q": "没有这种东西"}))

        assert f'value="matter:{office.category.code}"' in found
        assert "没有找到这样的类别" in none

    def test_a_category_already_chosen_stays_whatever_is_typed(
        self, client: Client, office: Office
    ) -> None:
        chosen = f"matter:{office.category.code}"
        shown = page(client.get("/report/categories", {"q": "路灯", "category": chosen}))

        assert f'value="{chosen}" checked' in shown

    def test_areas_are_drawn_from_our_own_polygons(self, client: Client, office: Office) -> None:
        drawn = client.get("/areas.geojson").json()

        names = {feature["properties"]["name"] for feature in drawn["features"]}
        assert names >= {grid.name for grid in office.place.grids}
