"""A photo is kept safe, used once, shown after approval, and removed when nobody named it."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from linli.ground.kernel import photos
from linli.ground.kernel.models import Photo
from linli.ground.kernel.photos import StoredPhoto, UnableToUsePhoto
from linli.ground.kernel.pictures import PhotoRefused
from linli.ground.kernel.terms import SYSTEM, Subject

from . import pictures as made

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
CASE = Subject(kind="cases.Case", id="a-case")


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def store(content: bytes | None = None, *, at: datetime = AT) -> StoredPhoto:
    sent = content or made.photo(exif=made.exif().tobytes())
    return photos.store_photo(stream=io.BytesIO(sent), uploaded_by_id=None, at=at)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_secret_is_told_once_and_kept_only_as_a_hash() -> None:
    stored = store()

    row = Photo.objects.get(id=stored.id)
    assert len(stored.secret) == 40
    assert stored.secret.encode() not in bytes(row.secret_digest)


def test_nothing_in_the_folder_still_says_where_the_photographer_stood(folder: Path) -> None:
    store()

    assert len(files(folder)) == 2
    assert all(made.CANARY.encode() not in path.read_bytes() for path in files(folder))


def test_a_refused_file_leaves_neither_row_nor_file(folder: Path) -> None:
    with pytest.raises(PhotoRefused):
        store(b"text called .jpg")

    assert (Photo.objects.count(), files(folder)) == (0, [])


def test_a_file_whose_row_could_not_be_written_is_taken_away_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(Photo, "save", fail)
    with pytest.raises(ConnectionError):
        store()

    assert files(folder) == []


def test_attaching_tells_the_photographers_place_to_the_one_who_attaches() -> None:
    stored = store()

    (attached,) = photos.attach_photos(refs=[(stored.id, stored.secret)], subject=CASE, at=AT)

    assert (attached.taken_lon, attached.taken_lat) == pytest.approx((125.307, 43.878))
    (view,) = photos.list_photos(CASE)
    assert view.id == stored.id
    assert not any(word in repr(view) for word in ("125.3", "taken", "uploaded_by"))


def test_a_photo_is_attached_exactly_once() -> None:
    stored = store()
    photos.attach_photos(refs=[(stored.id, stored.secret)], subject=CASE, at=AT)

    with pytest.raises(UnableToUsePhoto) as caught:
        photos.attach_photos(refs=[(stored.id, stored.secret)], subject=CASE, at=AT)

    assert caught.value.code == "photo.already_attached"


def test_naming_a_photo_twice_in_one_report_attaches_it_once() -> None:
    stored = store()
    ref = (stored.id, stored.secret)

    assert len(photos.attach_photos(refs=[ref, ref], subject=CASE, at=AT)) == 1


@pytest.mark.parametrize("secret", ["", "0" * 40, "错"])
def test_without_the_secret_a_photo_is_unknown(secret: str) -> None:
    stored = store()

    with pytest.raises(UnableToUsePhoto) as caught:
        photos.attach_photos(refs=[(stored.id, secret)], subject=CASE, at=AT)

    assert caught.value.code == "photo.unknown"
    assert Photo.objects.get().subject_id == ""


def test_one_wrong_photo_leaves_the_others_unused() -> None:
    good = store()

    with pytest.raises(UnableToUsePhoto):
        photos.attach_photos(
            refs=[(good.id, good.secret), (uuid4(), "0" * 40)], subject=CASE, at=AT
        )

    assert photos.list_photos(CASE) == []


def test_no_photo_is_public_before_a_person_approved_it() -> None:
    stored = store()
    photos.attach_photos(refs=[(stored.id, stored.secret)], subject=CASE, at=AT)
    assert [view.is_approved for view in photos.list_photos(CASE)] == [False]

    photos.approve_photo(photo_id=stored.id, actor=SYSTEM, at=AT)

    view = photos.find_photo(stored.id)
    assert view is not None
    assert (view.is_approved, view.subject) == (True, CASE)


def test_a_photo_without_a_subject_cannot_be_approved() -> None:
    stored = store()

    with pytest.raises(UnableToUsePhoto):
        photos.approve_photo(photo_id=stored.id, actor=SYSTEM, at=AT)


@pytest.mark.parametrize("size", ["full", "thumb"])
def test_a_stored_photo_opens_as_jpeg(size: photos.Size) -> None:
    with photos.open_photo(store().id, size=size) as opened:
        assert opened.read(3) == b"\xff\xd8\xff"


def test_a_photo_whose_file_is_gone_is_unknown(folder: Path) -> None:
    stored = store()
    for path in files(folder):
        path.unlink()

    for photo_id in (stored.id, uuid4()):
        with pytest.raises(UnableToUsePhoto):
            photos.open_photo(photo_id)


def test_after_a_day_what_no_report_named_is_removed_with_its_files(folder: Path) -> None:
    used, fresh, orphan = store(), store(at=AT + timedelta(hours=2)), store()
    photos.attach_photos(refs=[(used.id, used.secret)], subject=CASE, at=AT)

    removed = photos.remove_orphans(at=AT + timedelta(hours=25))

    assert removed == 1
    assert set(Photo.objects.values_list("id", flat=True)) == {used.id, fresh.id}
    assert not any(str(orphan.id) in path.name for path in files(folder))
    assert len(files(folder)) == 4


def test_only_the_right_secret_of_an_unused_photo_shows_who_uploaded_it() -> None:
    used, own = store(), store()
    photos.attach_photos(refs=[(used.id, used.secret)], subject=CASE, at=AT)
    named = [(own.id, own.secret), (own.id, "guessed"), (used.id, used.secret), (uuid4(), "")]

    assert photos.list_uploaded(named) == [own.id]
