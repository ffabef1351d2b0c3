"""A photo is sent first, by form or as it is, and named in one report."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.ground.kernel.models import Photo
from linli.ground.kernel.tests import pictures as made
from linli.ground.territory.tests.factories import Street
from linli.spine.cases.models import Case, Reporter

from .calls import ROOT, Caller, Response, outcome, report

pytestmark = pytest.mark.django_db


def upload(anybody: Caller, content: bytes, *, name: str = "a.jpg") -> Response:
    """Send a photo as a browser's form does."""
    return anybody.client.post(f"{ROOT}/photos", {"file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_photo_gets_an_id_and_a_secret(anybody: Caller, fmt: str) -> None:
    response = upload(anybody, made.photo(fmt=fmt), name="photo.txt")

    answer = response.json()
    assert response.status_code == 201
    assert (answer["width"], answer["height"]) == (64, 48)
    assert Photo.objects.get(id=UUID(answer["id"])).subject_id == ""


def test_a_photo_may_be_the_body_itself(anybody: Caller) -> None:
    assert anybody.send("/photos", made.photo(), kind="image/jpeg").status_code == 201


def test_a_report_takes_its_photos_and_keeps_the_photographers_place_apart(
    anybody: Caller, street: Street
) -> None:
    photo = upload(anybody, made.photo(exif=made.exif().tobytes())).json()
    assert photo["taken_lon"] == pytest.approx(125.307)

    response = anybody.post(
        "/reports", report(photos=[{"id": photo["id"], "secret": photo["secret"]}])
    )

    assert response.status_code == 201
    assert Photo.objects.get().subject_id == response.json()["id"]
    assert Reporter.objects.get().photographer_lon == pytest.approx(125.307)
    assert Case.objects.get().lon != pytest.approx(125.307)


def test_a_photo_serves_one_report_only(anybody: Caller, street: Street) -> None:
    photo = upload(anybody, made.photo()).json()
    photos = [{"id": photo["id"], "secret": photo["secret"]}]
    anybody.post("/reports", report(photos=photos))

    response = anybody.post("/reports", report(photos=photos))

    assert outcome(response) == (409, "photo.already_attached", "photos")
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("这不是照片".encode() * 50, (415, "photo.not_an_image", "file")),
        (made.bomb(), (422, "photo.too_many_pixels", "file")),
        (made.photo(size=(1, 1), fmt="PNG"), (422, "photo.too_small", "file")),
        (made.animation("WEBP"), (422, "photo.animated", "file")),
        (b"\xff" * (21 * 1024**2), (413, "photo.too_large", "file")),
        (b"\xff" * (40 * 1024**2), (413, "photo.too_large", "file")),
    ],
    ids=["text called .jpg", "bomb", "one pixel", "animated", "21 MB", "40 MB"],
)
def test_what_is_no_photo_is_refused(
    anybody: Caller, content: bytes, expected: tuple[int, str, str]
) -> None:
    assert outcome(upload(anybody, content)) == expected
    assert Photo.objects.count() == 0


def test_a_form_without_a_photo_is_told_so(anybody: Caller) -> None:
    response = anybody.client.post(f"{ROOT}/photos", {"note": "x"})

    assert outcome(response) == (400, "api.photo_missing", "file")
    assert outcome(anybody.send("/photos", b"{}"))[:2] == (415, "api.photo_media_type")
    broken = anybody.send("/photos", b"x", kind="multipart/form-data; boundary=")
    assert outcome(broken)[:2] == (400, "api.body_unreadable")
