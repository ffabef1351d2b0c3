"""What strangers send as a photo becomes a clean JPEG or a clear refusal."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from linli.ground.kernel import pictures
from linli.ground.kernel.pictures import PhotoRefused, Picture, read_picture

from . import pictures as made

SHANGHAI = ZoneInfo("Asia/Shanghai")


def read(content: bytes) -> Picture:
    return read_picture(io.BytesIO(content), zone=SHANGHAI)


def refusal(content: bytes) -> PhotoRefused:
    with pytest.raises(PhotoRefused) as caught:
        read(content)
    return caught.value


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_usual_format_becomes_a_jpeg_with_a_thumbnail(fmt: str) -> None:
    picture = read(made.photo(fmt=fmt, size=(1200, 900)))

    for content, size in ((picture.jpeg, (1200, 900)), (picture.thumbnail, (480, 360))):
        with Image.open(io.BytesIO(content)) as image:
            assert (image.format, image.mode, image.size) == ("JPEG", "RGB", size)
    assert (picture.width, picture.height) == (1200, 900)


@pytest.mark.parametrize(("fmt", "mode"), [("JPEG", "CMYK"), ("PNG", "P"), ("PNG", "I;16")])
def test_print_and_palette_pictures_are_read_as_people_see_them(fmt: str, mode: str) -> None:
    picture = read(made.photo(fmt=fmt, mode=mode))

    with Image.open(io.BytesIO(picture.jpeg)) as image:
        assert image.mode == "RGB"


def test_what_is_transparent_becomes_white_paper() -> None:
    picture = read(made.photo(fmt="PNG", mode="RGBA"))

    with Image.open(io.BytesIO(picture.jpeg)) as image:
        assert image.getpixel((5, 5)) == (255, 255, 255)


def test_a_large_photo_is_shrunk_to_what_a_screen_can_show() -> None:
    picture = read(made.photo(size=(6000, 3000)))

    assert (picture.width, picture.height) == (2560, 1280)


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_place_and_time_are_read_and_then_gone_from_the_file(fmt: str) -> None:
    sent = made.photo(fmt=fmt, exif=made.exif().tobytes())
    assert made.CANARY.encode() in sent

    picture = read(sent)

    assert picture.taken_at == datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
    assert (picture.taken_lon, picture.taken_lat) == pytest.approx((125.307, 43.878))
    for content in (picture.jpeg, picture.thumbnail):
        assert made.CANARY.encode() not in content
        assert b"Exif" not in content
        assert b"ICC_PROFILE" not in content
        with Image.open(io.BytesIO(content)) as image:
            assert not image.getexif()


def test_a_jpeg_comment_does_not_survive() -> None:
    assert made.CANARY.encode() not in read(made.photo(comment=made.CANARY.encode())).jpeg


def test_a_camera_that_states_its_zone_is_believed() -> None:
    picture = read(made.photo(exif=made.exif(offset="-05:00").tobytes()))

    assert picture.taken_at == datetime(2026, 11, 20, 13, 30, tzinfo=UTC)


def test_nonsense_in_the_camera_notes_is_as_if_nothing_was_stated() -> None:
    picture = read(made.photo(exif=made.exif(taken="yesterday", place=False).tobytes()))

    assert (picture.taken_at, picture.taken_lon, picture.taken_lat) == (None, None, None)


def test_a_photo_held_sideways_stands_upright() -> None:
    picture = read(made.photo(size=(100, 60), exif=made.exif(orientation=6).tobytes()))

    assert (picture.width, picture.height) == (60, 100)


def test_colours_of_a_wide_profile_come_out_in_the_common_one() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    with Image.open(io.BytesIO(read(made.photo(icc_profile=profile)).jpeg)) as image:
        assert image.getpixel((9, 9)) == pytest.approx((200, 60, 40), abs=4)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "photo.empty"),
        ("这不是照片\n".encode() * 100, "photo.not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo.not_an_image"),
        (b"\xff\xd8\xff" + b"\0" * 4000, "photo.not_an_image"),
        (made.photo(fmt="GIF"), "photo.not_an_image"),
        (made.photo(fmt="TIFF"), "photo.not_an_image"),
        (made.photo(size=(1, 1), fmt="PNG"), "photo.too_small"),
        (made.animation("PNG"), "photo.animated"),
        (made.animation("WEBP"), "photo.animated"),
        (made.bomb(), "photo.too_many_pixels"),
    ],
    ids=["empty", "text", "svg", "junk", "gif", "tiff", "pixel", "apng", "webp", "bomb"],
)
def test_what_is_no_photo_is_refused_in_words(content: bytes, code: str) -> None:
    refused = refusal(content)

    assert (refused.code, refused.field) == (code, "file")
    assert refused.words().endswith("。")


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_truncated_photo_is_refused_as_damaged(fmt: str) -> None:
    noise = Image.effect_noise((400, 300), 80).convert("RGB")
    out = io.BytesIO()
    noise.save(out, fmt)

    refused = refusal(out.getvalue()[: len(out.getvalue()) // 2])

    assert refused.code in ("photo.damaged", "photo.not_an_image")


def test_forty_megabytes_are_refused_after_reading_twenty() -> None:
    class Endless(io.RawIOBase):
        asked = 0

        def read(self, size: int = -1) -> bytes:
            self.asked += size
            return b"\xff" * size

    stream = Endless()
    with pytest.raises(PhotoRefused) as caught:
        read_picture(stream, zone=SHANGHAI)  # type: ignore[arg-type]

    assert caught.value.code == "photo.too_large"
    assert "20" in caught.value.words()
    assert stream.asked <= pictures.MAX_BYTES + 1


# Pillow warns of what it skips in a damaged file's notes.
@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=60, deadline=None)
@given(cut=st.integers(min_value=0, max_value=2000), junk=st.binary(max_size=40))
def test_no_damage_gets_past_as_another_error(cut: int, junk: bytes) -> None:
    whole = made.photo(exif=made.exif().tobytes())
    spoilt = whole[:cut] + junk + whole[cut + len(junk) :]

    with suppress(PhotoRefused):
        assert read(spoilt).width >= pictures.MIN_EDGE_PX
