"""Photos and recordings of a report come in parts, apart from its words, by tus."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import Any

import pytest
from PIL import Image

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.models import Event, Photo
from linli.ground.kernel.photos import open_photo
from linli.ground.kernel.tests import pictures as made
from linli.ground.territory.tests.factories import Street
from linli.programmes.hotline.models import Recording
from linli.spine.cases.models import Case, CasePhoto, Reporter
from linli.spine.cases.queries.public import public_case
from linli.spine.cases.terms import Step

from .calls import ROOT, Caller, Response, outcome, report

pytestmark = pytest.mark.django_db
WEBM = b"\x1a\x45\xdf\xa3" + bytes(200)


@dataclass
class Phone:
    """A phone that sends one file of a report."""

    anybody: Caller
    code: str
    content: bytes
    kind: str = "photo"
    upload_id: str = ""
    address: str = ""

    def begin(self, **changes: Any) -> Response:
        """Say what comes."""
        self.upload_id = self.upload_id or str(new_id())
        said = {"id": self.upload_id, "report": self.code, "kind": self.kind} | changes
        pairs = (
            f"{name} {base64.b64encode(str(value).encode()).decode()}"
            for name, value in said.items()
        )
        response = self.anybody.client.post(
            f"{ROOT}/uploads",
            headers={
                "Tus-Resumable": "1.0.0",
                "Upload-Length": str(len(self.content)),
                "Upload-Metadata": ",".join(pairs),
            },
        )
        self.address = response.headers.get("Location", "")
        return response

    def ask(self) -> Response:
        """Ask how far it is."""
        return self.anybody.client.head(self.address)

    def send(
        self,
        start: int,
        end: int | None = None,
        *,
        kind: str = "application/offset+octet-stream",
        version: str = "1.0.0",
        offset: str = "",
    ) -> Response:
        """Send one part."""
        return self.anybody.client.patch(
            self.address,
            self.content[start:end],
            content_type=kind,
            headers={"Tus-Resumable": version, "Upload-Offset": offset or str(start)},
        )


@pytest.fixture
def code(anybody: Caller, street: Street) -> str:
    """The code of a report that came without photos."""
    return str(anybody.post("/reports", report()).json()["tracking_code"])


@pytest.fixture
def phone(anybody: Caller, code: str) -> Phone:
    """A phone with one photo to send."""
    return Phone(anybody, code, made.photo())


def test_a_photo_joins_its_report_when_its_last_part_has_come(phone: Phone) -> None:
    assert phone.begin().status_code == 201
    half = len(phone.content) // 2

    first = phone.send(0, half)
    assert (first.status_code, first["Upload-Offset"]) == (204, str(half))
    assert not CasePhoto.objects.exists()
    assert phone.ask()["Upload-Offset"] == str(half)
    last = phone.send(half)

    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(phone.content)))
    case = Case.objects.get()
    assert CasePhoto.objects.get().case_id == case.id
    assert Photo.objects.get().subject_id == str(case.id)
    assert Event.objects.filter(name="cases.report_photo_arrived").count() == 1


def test_a_photo_of_another_format_in_many_parts_is_drawn_by_the_office(
    anybody: Caller, code: str
) -> None:
    """What a phone can't draw, HEIC on many, comes as it was taken and ends as a plain picture."""
    taken = made.photo(fmt="HEIF", size=(640, 480), exif=made.exif().tobytes())
    phone = Phone(anybody, code, taken)
    phone.begin()
    third = len(taken) // 3

    for start, end in ((0, third), (third, 2 * third), (2 * third, None)):
        assert phone.send(start, end).status_code == 204

    kept = Photo.objects.get(subject_id=str(Case.objects.get().id))
    with open_photo(kept.pk) as file:
        body = file.read()
    with Image.open(io.BytesIO(body)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (640, 480))
        assert not picture.getexif()
    assert made.CANARY.encode() not in body
    assert CasePhoto.objects.get().photo_id == kept.pk


def test_a_photo_begun_again_goes_on_where_it_stopped_and_is_there_once(phone: Phone) -> None:
    phone.begin()
    phone.send(0, 100)
    address = phone.address

    again = phone.begin()
    assert (again.status_code, again["Location"], again["Upload-Offset"]) == (201, address, "100")
    phone.send(100)
    lost = phone.begin()

    assert lost["Upload-Offset"] == str(len(phone.content))
    assert outcome(phone.send(0)) == (409, "upload.other_offset", None)
    assert CasePhoto.objects.count() == Photo.objects.count() == 1


def test_the_reporter_sees_the_photo_and_nobody_else_before_it_is_approved(
    phone: Phone, code: str
) -> None:
    phone.begin()
    phone.send(0)

    shown = public_case(code=code, at=Case.objects.get().reported_at)
    assert [one.is_approved for one in shown.photos] == [False]


def test_when_and_where_it_was_taken_goes_on_as_facts_and_stays_with_the_reporter(
    anybody: Caller, street: Street
) -> None:
    sent = report(contact={"phone": "13800009999"})
    code = anybody.post("/reports", sent).json()["tracking_code"]
    phone = Phone(anybody, code, made.photo())

    phone.begin(taken_at="2026-11-22T09:00:00+08:00", taken_lon="125.307", taken_lat="43.878")
    phone.send(0)

    photo = Photo.objects.get()
    assert (photo.taken_lon, photo.taken_lat) == (125.307, 43.878)
    assert photo.taken_at is not None
    assert Reporter.objects.get().photographer_lon == 125.307


def test_what_is_no_photo_is_refused_in_words_and_forgotten(anybody: Caller, code: str) -> None:
    phone = Phone(anybody, code, b"no photo at all")
    phone.begin()

    assert outcome(phone.send(0)) == (415, "photo.not_an_image", "file")
    assert phone.ask().status_code == 404


def test_a_void_case_takes_no_more_photos(phone: Phone) -> None:
    phone.begin()
    at = Case.objects.get().reported_at
    Case.objects.update(step=Step.VOID.value, closed_at=at, due_at=None)

    assert outcome(phone.send(0)) == (422, "report.void", "file")
    assert not Photo.objects.exists()


def test_nine_photos_are_enough(phone: Phone) -> None:
    for _ in range(9):
        CasePhoto.objects.create(
            case=Case.objects.get(),
            photo_id=new_id(),
            stage="report",
            added_at=Case.objects.get().reported_at,
        )
    phone.begin()

    assert outcome(phone.send(0)) == (422, "report.too_many_photos", "file")


def test_a_voice_is_kept_for_the_clerks_of_the_street(
    anybody: Caller, code: str, street: Street
) -> None:
    phone = Phone(anybody, code, WEBM, kind="recording")
    phone.begin()
    phone.send(0)

    kept = Recording.objects.get()
    assert (kept.case_id, kept.media_type) == (Case.objects.get().id, "audio/webm")
    assert kept.street_code == street.street.code
    assert kept.uploaded_by_id is None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"report": "AAAAAAAAAAAAAAAA"}, (404, "cases.no_such_code", None)),
        ({"kind": "film"}, (422, "api.header_wrong", "Upload-Metadata")),
        ({"id": "no id"}, (422, "api.header_wrong", "Upload-Metadata")),
        ({"taken_at": "gestern"}, (422, "api.header_wrong", "Upload-Metadata")),
        ({"id": "c0ffee00-0000-4000-8000-000000000000"}, (422, "upload.id_not_v7", "id")),
    ],
)
def test_a_wrong_beginning_is_refused_in_words(
    phone: Phone, changes: dict[str, str], expected: tuple[int, str, str | None]
) -> None:
    assert outcome(phone.begin(**changes)) == expected


def test_wrong_parts_are_refused_in_words(phone: Phone) -> None:
    phone.begin()

    assert outcome(phone.send(0, kind="image/jpeg")) == (415, "api.part_media_type", None)
    assert outcome(phone.send(0, offset="x"))[1] == "api.header_wrong"
    assert outcome(phone.send(0, version="0.2")) == (
        412,
        "api.tus_version",
        "Tus-Resumable",
    )
    phone.address = phone.address.replace("/uploads/", "/uploads/0")
    assert phone.ask().status_code == 404
