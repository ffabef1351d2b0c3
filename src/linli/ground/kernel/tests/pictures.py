"""Pictures made for tests: every kind a stranger may send."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import ExifTags, Image

CANARY = "GPS-CANARY-龘"
TAKEN = "2026:11:20 08:30:00"


def photo(
    *, fmt: str = "JPEG", size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: object
) -> bytes:
    """Make a picture in memory."""
    out = io.BytesIO()
    Image.new(mode, size, _colour(mode)).save(out, fmt, **options)
    return out.getvalue()


def _colour(mode: str) -> Any:
    found: dict[str, Any] = {
        "RGB": (200, 60, 40),
        "CMYK": (0, 180, 180, 40),
        "P": 3,
        "I;16": 40_000,
    }
    return found.get(mode, 0)


def exif(
    *, orientation: int = 1, offset: str | None = None, place: bool = True, taken: str = TAKEN
) -> Image.Exif:
    """Make the EXIF of a camera in Changchun, with a word that must not survive."""
    made = Image.Exif()
    made[ExifTags.Base.Orientation] = orientation
    made[ExifTags.Base.ImageDescription] = CANARY
    shot = made.get_ifd(ExifTags.IFD.Exif)
    shot[ExifTags.Base.DateTimeOriginal] = taken
    if offset:
        shot[ExifTags.Base.OffsetTimeOriginal] = offset
    if place:
        made.get_ifd(ExifTags.IFD.GPSInfo).update(_gps())
    return made


def _gps() -> dict[int, object]:
    tags = ExifTags.GPS
    return {
        tags.GPSLatitudeRef: "N",
        tags.GPSLatitude: (43.0, 52.0, 40.8),
        tags.GPSLongitudeRef: "E",
        tags.GPSLongitude: (125.0, 18.0, 25.2),
        tags.GPSProcessingMethod: b"ASCII\0\0\0" + CANARY.encode(),
    }


def bomb(*, edge_px: int = 30_000) -> bytes:
    """Make a PNG of a few kilobytes that would decode to 900 megapixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", edge_px, edge_px, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (edge_px // 8 + 1) * 64, 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def animation(fmt: str) -> bytes:
    """Make an animated picture of two frames."""
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, fmt, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()
