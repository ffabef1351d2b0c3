"""A file in parts goes on where it stopped, is used once, and is either under way or in place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import IO
from uuid import UUID, uuid4

import pytest

from linli.ground.kernel import uploads
from linli.ground.kernel.ids import new_id
from linli.ground.kernel.models import Upload, UploadPart
from linli.ground.kernel.pictures import PhotoRefused
from linli.ground.kernel.terms import Subject
from linli.ground.kernel.uploads import UnableToUpload, UploadView

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
CASE = Subject(kind="cases.Case", id="a-case")
WHOLE = b"0123456789"


class Place:
    """Where whole files go; it may refuse them."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.came: list[bytes] = []
        self.refuses = refuses

    def __call__(self, stream: IO[bytes], upload: UploadView) -> None:
        if self.refuses:
            raise PhotoRefused("photo.not_an_image")
        self.came.append(stream.read())


def begin(upload_id: UUID, *, size: int = len(WHOLE), subject: Subject = CASE) -> UploadView:
    return uploads.begin_upload(
        upload_id=upload_id, subject=subject, purpose="photo", size_bytes=size, facts={}, at=AT
    )


def add(upload_id: UUID, offset: int, content: bytes, place: Place) -> UploadView:
    key = uploads.upload_key(upload_id)
    return uploads.add_part(
        upload_id=upload_id, key=key, offset=offset, content=content, use=place, at=AT
    )


def test_parts_come_one_after_the_other_and_the_whole_is_used_once() -> None:
    upload_id, place = new_id(), Place()
    begin(upload_id)

    halfway = add(upload_id, 0, WHOLE[:4], place)
    done = add(upload_id, 4, WHOLE[4:], place)

    assert (halfway.received_bytes, halfway.has_arrived) == (4, False)
    assert (done.received_bytes, done.has_arrived) == (10, True)
    assert place.came == [WHOLE]
    assert not UploadPart.objects.exists()


def test_the_last_part_sent_again_after_a_lost_answer_has_no_effect() -> None:
    upload_id, place = new_id(), Place()
    begin(upload_id)
    add(upload_id, 0, WHOLE, place)

    with pytest.raises(UnableToUpload, match=r"upload\.other_offset"):
        add(upload_id, 0, WHOLE, place)

    assert uploads.get_upload(upload_id=upload_id, key=uploads.upload_key(upload_id)).has_arrived
    assert begin(upload_id).has_arrived
    assert place.came == [WHOLE]


def test_a_part_that_does_not_follow_is_refused_with_where_to_go_on() -> None:
    upload_id, place = new_id(), Place()
    begin(upload_id)
    add(upload_id, 0, WHOLE[:4], place)

    for offset in (0, 3, 5):
        with pytest.raises(UnableToUpload) as refused:
            add(upload_id, offset, b"x", place)
        assert refused.value.params == {"offset": 4}


def test_what_its_place_refuses_is_forgotten_and_may_be_begun_anew() -> None:
    upload_id = new_id()
    begin(upload_id)
    add(upload_id, 0, WHOLE[:4], Place())

    with pytest.raises(PhotoRefused):
        add(upload_id, 4, WHOLE[4:], Place(refuses=True))

    assert not Upload.objects.exists()
    assert begin(upload_id).received_bytes == 0


def test_an_id_stands_for_one_file_only() -> None:
    upload_id = new_id()
    assert begin(upload_id) == begin(upload_id)

    for other in ({"size": 9}, {"subject": Subject(kind="cases.Case", id="another")}):
        with pytest.raises(UnableToUpload, match=r"upload\.id_reused"):
            begin(upload_id, **other)


@pytest.mark.parametrize("size", [0, uploads.MAX_BYTES + 1])
def test_a_size_that_can_t_be_taken_is_refused_at_once(size: int) -> None:
    with pytest.raises(UnableToUpload, match=r"upload\.size_wrong"):
        begin(new_id(), size=size)


def test_an_id_that_is_no_uuid7_is_refused() -> None:
    with pytest.raises(UnableToUpload, match=r"upload\.id_not_v7"):
        begin(uuid4())


def test_nobody_goes_on_without_the_key() -> None:
    upload_id = new_id()
    begin(upload_id)

    for key in ("", "0" * 40, uploads.upload_key(new_id()), "钥匙"):
        with pytest.raises(UnableToUpload, match=r"upload\.unknown"):
            uploads.get_upload(upload_id=upload_id, key=key)


def test_more_than_was_announced_or_too_much_at_once_is_refused() -> None:
    upload_id, place = new_id(), Place()
    begin(upload_id)

    with pytest.raises(UnableToUpload, match=r"upload\.beyond_its_size"):
        add(upload_id, 0, WHOLE + b"x", place)
    with pytest.raises(UnableToUpload, match=r"upload\.part_too_large"):
        add(upload_id, 0, bytes(uploads.MAX_PART_BYTES + 1), place)


def test_what_never_came_whole_goes_after_two_days_and_what_arrived_after_a_month() -> None:
    unfinished, arrived = new_id(), new_id()
    begin(unfinished)
    add(unfinished, 0, WHOLE[:4], Place())
    begin(arrived)
    add(arrived, 0, WHOLE, Place())

    uploads.forget_uploads(at=AT + timedelta(days=2, seconds=1))
    assert list(Upload.objects.values_list("id", flat=True)) == [arrived]

    uploads.forget_uploads(at=AT + timedelta(days=31))
    assert not Upload.objects.exists()
