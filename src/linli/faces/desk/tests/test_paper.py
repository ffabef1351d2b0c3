"""A case on paper, its slip, its card; and the reporter, searched for in all that leaves."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from linli.faces.desk.paper import typesetting
from linli.faces.desk.paper.lists import LISTS
from linli.faces.desk.paper.pages import make_card, print_slip
from linli.ground.kernel.models import Look
from linli.ground.kernel.photos import store_photo
from linli.ground.people.terms import Role
from linli.spine.cases.queries.case import case_photos, find_case_id, get_case
from linli.spine.cases.services import open_reporter
from linli.spine.cases.terms import ActionName, CaseKind, CaseView, Contact, PhotoRef, Step
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn

NAME, PHONE, DOOR = "金丝雀测名", "13987650123", "九号楼四单元"
MARKUP = '#panic("x") *粗* $x$ @ref <b> `raw` \\ "'


def pages_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def squeezed(content: bytes) -> str:
    """Give the text of a PDF without the spaces setting puts in."""
    return "".join("".join(pages_of(content)).split())


def read(office: Office, number: str, role: Role = Role.SHIFT_LEADER) -> CaseView:
    case_id = find_case_id(number=number)
    assert case_id is not None
    return get_case(case_id=case_id, member=office[role], at=office.at)


def shot(office: Office, colour: tuple[int, int, int]) -> PhotoRef:
    """Store a real photo of one colour."""
    sent = io.BytesIO()
    Image.new("RGB", (80, 60), colour).save(sent, "JPEG")
    stored = store_photo(stream=io.BytesIO(sent.getvalue()), uploaded_by_id=None, at=office.at)
    return PhotoRef(id=stored.id, secret=stored.secret)


class TestPdf:
    def test_a_case_has_photos_history_and_numbered_pages(
        self, office: Office, sign_in: SignIn
    ) -> None:
        reported = office.play(to=Step.HANDLING, photos=(shot(office, (200, 0, 0)),))
        answer = sign_in(Role.HANDLER).get(f"/desk/cases/{reported.number}/case.pdf")
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Cache-Control"] == "no-store"
        reader = PdfReader(io.BytesIO(answer.content))
        assert sum(len(page.images) for page in reader.pages) == 1
        text = squeezed(answer.content)
        for words in (reported.number, "暴露垃圾", "第1-1网格", "核实属实", "示例环卫所接单"):
            assert words in text
        assert f"第1页，共{len(reader.pages)}页" in text

    def test_words_are_never_read_as_markup(self, office: Office, sign_in: SignIn) -> None:
        reported = office.play(to=Step.FILING, text=MARKUP, address=MARKUP)
        client = sign_in(Role.SHIFT_LEADER)
        for name in ("case.pdf", "slip.pdf"):
            answer = client.get(f"/desk/cases/{reported.number}/{name}")
            assert "".join(MARKUP.split()) in squeezed(answer.content)

    def test_it_is_printed_at_any_instant(self, office: Office, sign_in: SignIn) -> None:
        reported = office.play(to=Step.FILING)
        office.at += timedelta(microseconds=123_456)
        answer = sign_in(Role.SHIFT_LEADER).get(f"/desk/cases/{reported.number}/case.pdf")
        assert answer.status_code == 200

    def test_a_long_case_runs_over_pages(self, office: Office, sign_in: SignIn) -> None:
        reported = office.play(to=Step.FILING, text="很长的一段话。\n" * 400)
        answer = sign_in(Role.SHIFT_LEADER).get(f"/desk/cases/{reported.number}/case.pdf")
        pages = pages_of(answer.content)
        assert len(pages) > 3
        assert all(reported.number in page for page in pages)

    def test_printing_is_a_look(self, office: Office, sign_in: SignIn) -> None:
        reported = office.play(to=Step.ACCEPTING)
        sign_in(Role.HANDLER).get(f"/desk/cases/{reported.number}/case.pdf")
        look = Look.objects.get(subject_id=str(reported.case_id))
        assert (look.purpose, look.actor_role) == ("paper", "handler")

    def test_who_does_not_reach_the_case_prints_nothing(
        self, office: Office, sign_in: SignIn
    ) -> None:
        reported = office.play(to=Step.FILING)
        for name in ("case.pdf", "slip.pdf", "card", "card.png"):
            address = f"/desk/cases/{reported.number}/{name}"
            assert sign_in(Role.HANDLER).get(address).status_code == 403
            assert sign_in(Role.RESIDENT).get(address).status_code == 403
            assert Client().get(address).status_code == 302
        assert not Look.objects.exists()

    def test_the_demonstration_says_so_on_paper(
        self, office: Office, sign_in: SignIn, settings: Any
    ) -> None:
        settings.DEMONSTRATION = True
        reported = office.play(to=Step.FILING)
        client = sign_in(Role.SHIFT_LEADER)
        for name in ("case.pdf", "slip.pdf"):
            answer = client.get(f"/desk/cases/{reported.number}/{name}")
            assert "虚构数据·fictionaldata" in squeezed(answer.content)

    def test_a_machine_without_chinese_fonts_says_so(
        self, office: Office, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        reported = office.play(to=Step.FILING)
        typesetting.find_fonts.cache_clear()
        monkeypatch.setattr(typesetting, "FAMILIES", ("No Such Font",))
        answer = sign_in(Role.SHIFT_LEADER).get(f"/desk/cases/{reported.number}/case.pdf")
        typesetting.find_fonts.cache_clear()
        assert answer.status_code == 503
        assert "fonts-noto-cjk" in answer.content.decode()


class TestSlip:
    def test_the_code_opens_the_address_given(self, office: Office) -> None:
        reported = office.play(to=Step.ACCEPTING)
        case = read(office, reported.number)
        one, other = (
            print_slip(case, address=address, paper="a4", printed_by="派遣员", at=office.at)
            for address in ("https://a.example/x", "https://b.example/y")
        )
        codes = [PdfReader(io.BytesIO(made)).pages[0].images[0].data for made in (one, other)]
        assert codes[0] != codes[1]

    @pytest.mark.parametrize(("paper", "width_mm"), [("a4", 210), ("a5", 148)])
    def test_it_fits_one_page_of_its_paper(
        self, office: Office, sign_in: SignIn, paper: str, width_mm: int
    ) -> None:
        reported = office.play(to=Step.HANDLING)
        client = sign_in(Role.HANDLER)
        answer = client.get(f"/desk/cases/{reported.number}/slip.pdf?paper={paper}")
        (page,) = PdfReader(io.BytesIO(answer.content)).pages
        assert round(float(page.mediabox.width) / 72 * 25.4) == width_mm


class TestCard:
    def test_it_names_place_category_step_and_limit_only(
        self, office: Office, sign_in: SignIn
    ) -> None:
        reported = office.play(to=Step.HANDLING, address="九号楼门口", title="某人家门口")
        card = make_card(read(office, reported.number), address="https://x.example", at=office.at)
        assert "暴露垃圾" in card.text
        assert "示例社区1 · 第1-1网格" in card.text
        assert "处置中" in card.text
        for words in ("九号楼", "某人", "垃圾成堆"):
            assert words not in card.text
        page = sign_in(Role.SHIFT_LEADER).get(f"/desk/cases/{reported.number}/card")
        assert card.text.splitlines()[0] in page.content.decode()

    def test_only_an_approved_photo_is_shown(self, office: Office, sign_in: SignIn) -> None:
        reported = office.play(to=Step.FILING, photos=(shot(office, (250, 0, 0)),))
        client = sign_in(Role.SHIFT_LEADER)
        address = f"/desk/cases/{reported.number}/card.png"
        assert not self.is_red(client.get(address).content)
        photo = self.photo_of(office, reported.number)
        office.act(reported.case_id, ActionName.APPROVE_PHOTO, Role.SHIFT_LEADER, photo_id=photo)
        assert self.is_red(client.get(address).content)

    def photo_of(self, office: Office, number: str) -> Any:
        found = case_photos(case_id=read(office, number).id)
        return next(photo.photo_id for photos in found.values() for photo in photos)

    def is_red(self, png: bytes) -> bool:
        with Image.open(io.BytesIO(png)) as card:
            colours = card.convert("RGB").resize((60, 60)).getcolors(maxcolors=3600) or []
        return any(r > 220 and g < 40 and b < 40 for _n, (r, g, b) in colours)  # type: ignore[misc]

    def test_what_is_not_public_goes_to_no_group(self, office: Office, sign_in: SignIn) -> None:
        reported = office.report(kind=CaseKind.COMPLAINT, about_organisation_id=office.other.pk)
        client = sign_in(Role.SHIFT_LEADER)
        assert client.get(f"/desk/cases/{reported.number}/card").status_code == 403
        assert client.get(f"/desk/cases/{reported.number}/card.png").status_code == 403


@pytest.fixture
def canary(office: Office) -> str:
    """Play a case whose reporter left a name, a phone and a door nobody may meet on paper."""
    contact = Contact(name=NAME, phone=PHONE, door=DOOR, agrees_contact=True)
    reported = office.play(to=Step.CLOSED, contact=contact)
    still = office.play(to=Step.HANDLING, contact=replace(contact, agrees_contact=False))
    for one in (reported, still):
        open_reporter(
            case_id=one.case_id, member=office[Role.INTAKE_CLERK], reason="回访", at=office.tick()
        )
    return still.number


def everything_of(client: Client, number: str) -> Iterator[tuple[str, str]]:
    """Take every file there is of a list and a case, and give the words in it."""
    for name in LISTS:
        answer = client.post(f"/desk/exports/{name}/", {"query": ""})
        if answer.status_code == 200:
            yield name, unzipped(answer.content)
    for name in ("case.pdf", "slip.pdf", "slip.pdf?paper=a5"):
        answer = client.get(f"/desk/cases/{number}/{name}")
        if answer.status_code == 200:
            yield name, squeezed(answer.content) + raw(answer.content)
    for name in ("card", "card.png"):
        answer = client.get(f"/desk/cases/{number}/{name}")
        if answer.status_code == 200:
            yield name, raw(answer.content)


def raw(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def unzipped(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(raw(archive.read(name)) for name in archive.namelist())


@pytest.mark.parametrize(
    "role", [Role.SHIFT_LEADER, Role.INTAKE_CLERK, Role.DISPATCHER, Role.HANDLER, Role.SUPERVISOR]
)
def test_the_reporter_is_in_nothing_that_leaves_the_desk(
    office: Office, sign_in: SignIn, canary: str, role: Role
) -> None:
    taken = dict(everything_of(sign_in(role), canary))
    assert {"cases", "case.pdf", "slip.pdf"} <= set(taken)
    for name, words in taken.items():
        for held_back in (NAME, PHONE, DOOR, PHONE[-8:]):
            assert held_back not in words, f"{held_back} in {name} of {role}"


def test_the_search_would_find_a_name_that_leaked(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.HANDLING, text=f"反映人{NAME}", title=f"{NAME}反映")
    taken = dict(everything_of(sign_in(Role.SHIFT_LEADER), reported.number))
    found = {name for name, words in taken.items() if NAME in words}
    assert {"cases", "case.pdf", "slip.pdf"} <= found
    assert not found & {"card", "card.png", "organisations"}
