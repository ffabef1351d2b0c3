"""Pictures as strangers send them, made safe to keep: decided by content, stripped, shrunk.

No Django and no storage here: bytes in, a clean picture or a refusal out.
"""

from __future__ import annotations

import io
import math
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from threading import BoundedSemaphore
from typing import IO, ClassVar

import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageOps

from linli.ground.kernel.marking import N_

from .errors import Refusal

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
MIN_EDGE_PX = 8
FULL_EDGE_PX = 2560
THUMBNAIL_EDGE_PX = 480
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")

pillow_heif.register_heif_opener(thumbnails=False)
# We count pixels ourselves, before decoding, so that the refusal is ours and not a warning.
Image.MAX_IMAGE_PIXELS = None

# Anything a decoder or a camera's notes may raise on a hostile file.
_FAULTS = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
# A picture of 50 megapixels takes 150 MB while it is decoded: not in every thread at once.
_DECODING = BoundedSemaphore(2)


class PhotoRefused(Refusal):
    """The file is not a photo we can keep; the sentence says why and what to do."""

    messages: ClassVar = {
        "photo.empty": N_("这个文件是空的，请重新选择照片。"),
        "photo.too_large": N_("照片超过 %(limit_mb)s MB，请换一张小一些的。"),
        "photo.not_an_image": N_("这个文件不是照片。可用的格式：JPEG、PNG、WebP、HEIC。"),
        "photo.damaged": N_("照片不完整或已损坏，读不出来。请重新拍摄或重新上传。"),
        "photo.too_many_pixels": N_("照片超过 %(limit_mpx)s 百万像素，请换一张小一些的。"),
        "photo.too_small": N_("照片只有 %(width)s×%(height)s 像素，看不清，请换一张。"),
        "photo.animated": N_("这是动图。请上传一张静止的照片。"),
    }


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A clean JPEG with its thumbnail, and what the file said about its making.

    `taken_at` is aware; `taken_lon` and `taken_lat` are WGS-84 degrees of the photographer.
    """

    jpeg: bytes
    thumbnail: bytes
    width: int
    height: int
    taken_at: datetime | None
    taken_lon: float | None
    taken_lat: float | None


def read_picture(stream: IO[bytes], *, zone: tzinfo) -> Picture:
    """Read, check, straighten, strip and re-encode one picture.

    Args:
        stream: the file as it was sent; its name and stated type are not asked.
        zone: zone of a camera clock that does not state its own.

    Raises:
        PhotoRefused: when it is no JPEG, PNG, WebP or HEIC, too large, damaged or animated.
    """
    content = stream.read(MAX_BYTES + 1)
    if not content:
        raise PhotoRefused("photo.empty", field="file")
    if len(content) > MAX_BYTES:
        raise PhotoRefused("photo.too_large", field="file", limit_mb=MAX_BYTES // 1024**2)
    with _DECODING:
        return _picture(_opened(content), zone)


def _opened(content: bytes) -> Image.Image:
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except _FAULTS as fault:
        raise PhotoRefused("photo.not_an_image", field="file") from fault
    _check_size(image)
    if image.format in ("PNG", "WEBP") and getattr(image, "is_animated", False):
        raise PhotoRefused("photo.animated", field="file")
    return image


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        limit_mpx = MAX_PIXELS // 1_000_000
        raise PhotoRefused("photo.too_many_pixels", field="file", limit_mpx=limit_mpx)
    if min(width, height) < MIN_EDGE_PX:
        raise PhotoRefused("photo.too_small", field="file", width=width, height=height)


def _picture(image: Image.Image, zone: tzinfo) -> Picture:
    taken_at, place = _taken_at(image, zone), _taken_place(image)
    try:
        clean = _clean(image)
        jpeg = _encoded(clean, quality=85)
        width, height = clean.size
        clean.thumbnail((THUMBNAIL_EDGE_PX, THUMBNAIL_EDGE_PX))
        thumbnail = _encoded(clean, quality=80)
    except _FAULTS as fault:
        raise PhotoRefused("photo.damaged", field="file") from fault
    return Picture(
        jpeg=jpeg,
        thumbnail=thumbnail,
        width=width,
        height=height,
        taken_at=taken_at,
        taken_lon=place[0] if place else None,
        taken_lat=place[1] if place else None,
    )


def _clean(image: Image.Image) -> Image.Image:
    image.draft("RGB", (FULL_EDGE_PX, FULL_EDGE_PX))
    image.load()
    upright = ImageOps.exif_transpose(image)
    clean = _opaque(_to_srgb(upright))
    clean.thumbnail((FULL_EDGE_PX, FULL_EDGE_PX), Image.Resampling.LANCZOS)
    # Pillow's JPEG writer carries comments over from `info`.
    clean.info.clear()
    return clean


def _to_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


def _opaque(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(paper, layered).convert("RGB")


def _encoded(image: Image.Image, *, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, progressive=True)
    return out.getvalue()


def _taken_at(image: Image.Image, zone: tzinfo) -> datetime | None:
    try:
        exif = image.getexif().get_ifd(ExifTags.IFD.Exif)
        stated = str(exif[ExifTags.Base.DateTimeOriginal]).strip("\0 ")
        offset = str(exif.get(ExifTags.Base.OffsetTimeOriginal, "")).strip("\0 ")
        zoned = datetime.strptime(offset, "%z").tzinfo if offset else zone
        instant = datetime.strptime(stated, "%Y:%m:%d %H:%M:%S").replace(tzinfo=zoned)
        return instant.astimezone(UTC)
    # EXIF is free text by whoever made the file; what can't be read was not stated.
    except _FAULTS:
        return _gps_time(image)


def _gps_time(image: Image.Image) -> datetime | None:
    try:
        gps = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        year, month, day = str(gps[ExifTags.GPS.GPSDateStamp]).strip("\0 ").split(":")
        hour, minute, second = (float(part) for part in gps[ExifTags.GPS.GPSTimeStamp])
        midnight = datetime.combine(date(int(year), int(month), int(day)), time(), UTC)
        return midnight + timedelta(hours=hour, minutes=minute, seconds=second)
    except _FAULTS:
        return None


def _taken_place(image: Image.Image) -> tuple[float, float] | None:
    try:
        gps = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        tags = ExifTags.GPS
        lon = _degrees(gps[tags.GPSLongitude], gps.get(tags.GPSLongitudeRef))
        lat = _degrees(gps[tags.GPSLatitude], gps.get(tags.GPSLatitudeRef))
    except _FAULTS:
        return None
    usable = math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90
    # Cameras without a fix write 0/0.
    return (lon, lat) if usable and (lon, lat) != (0.0, 0.0) else None


def _degrees(parts: tuple[float, float, float], reference: object) -> float:
    degrees, minutes, seconds = (float(part) for part in parts)
    value = degrees + minutes / 60 + seconds / 3600
    return -value if str(reference).strip("\0 ").upper() in ("S", "W") else value
