"""Photos: kept apart from what they show, given to a subject once, public only by a person's word.

An uploader gets an id and a secret, and names both in the report they belong to. What the file
said about time and place belongs to the photographer: it is returned to the one who attaches the
photo, who keeps it with the reporter, and never shown with the photo.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import IO, ClassVar, Literal
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from linli.ground.kernel.marking import N_

from .errors import Refusal
from .ids import code_digest, new_id
from .models import Photo
from .pictures import Picture, read_picture
from .terms import Actor, Subject

ORPHAN_AGE = timedelta(hours=24)
Size = Literal["full", "thumb"]
# Says which of the photos asked about something unfinished still names.
Holder = Callable[[Sequence[UUID]], Iterable[UUID]]
_HOLDERS: dict[str, Holder] = {}


class UnableToUsePhoto(Refusal):
    """The photo named is not there to be used."""

    messages: ClassVar = {
        "photo.unknown": N_("找不到这张照片，可能已过期。请重新上传。"),
        "photo.already_attached": N_("这张照片已用于另一件事项，请重新上传。"),
    }


@dataclass(frozen=True, kw_only=True)
class StoredPhoto:
    """A photo just stored, with the secret that alone allows using it, and its own story."""

    id: UUID
    secret: str
    width: int
    height: int
    taken_at: datetime | None
    taken_lon: float | None
    taken_lat: float | None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """When and where a photo was taken, as a sender says who stripped the file of it (WGS-84)."""

    at: datetime | None = None
    lon: float | None = None
    lat: float | None = None


UNSAID = Taken()


@dataclass(frozen=True, kw_only=True)
class AttachedPhoto:
    """A photo now given to a subject; place and time are the photographer's own."""

    id: UUID
    taken_at: datetime | None
    taken_lon: float | None
    taken_lat: float | None


@dataclass(frozen=True, kw_only=True)
class PhotoView:
    """A photo as those see it who may: no place, no time of taking, no uploader."""

    id: UUID
    subject: Subject | None
    width: int
    height: int
    uploaded_at: datetime
    is_approved: bool


def store_photo(
    *, stream: IO[bytes], uploaded_by_id: int | None, at: datetime, taken: Taken = UNSAID
) -> StoredPhoto:
    """Make a sent file safe, keep it, and return its id with the secret for using it once.

    Args:
        stream: the file as it was sent.
        uploaded_by_id: account of the uploader, if known.
        at: aware instant of the upload, from the edge.
        taken: believed where the file itself says nothing.

    Raises:
        PhotoRefused: when the file is no photo we can keep.
    """
    picture = _told(read_picture(stream, zone=timezone.get_default_timezone()), taken)
    secret = secrets.token_hex(20)
    photo = _row(picture, secret=secret, uploaded_by_id=uploaded_by_id, at=at)
    try:
        photo.save(force_insert=True)
    except BaseException:
        _delete_files(photo)
        raise
    return StoredPhoto(
        id=photo.id,
        secret=secret,
        width=picture.width,
        height=picture.height,
        taken_at=picture.taken_at,
        taken_lon=picture.taken_lon,
        taken_lat=picture.taken_lat,
    )


def _told(picture: Picture, taken: Taken) -> Picture:
    """Complete what the file says of its taking by what its sender says."""
    if picture.taken_lon is not None or taken.lon is None or taken.lat is None:
        return replace(picture, taken_at=picture.taken_at or taken.at)
    return replace(
        picture, taken_at=picture.taken_at or taken.at, taken_lon=taken.lon, taken_lat=taken.lat
    )


def _row(picture: Picture, *, secret: str, uploaded_by_id: int | None, at: datetime) -> Photo:
    photo = Photo(
        id=new_id(),
        secret_digest=code_digest(secret),
        width=picture.width,
        height=picture.height,
        size_bytes=len(picture.jpeg),
        sha256=hashlib.sha256(picture.jpeg).digest(),
        taken_at=picture.taken_at,
        taken_lon=picture.taken_lon,
        taken_lat=picture.taken_lat,
        uploaded_by_id=uploaded_by_id,
        uploaded_at=at,
    )
    # The last digits of a UUIDv7 are random, so folders fill evenly.
    folder = f"photos/{photo.id.hex[-2:]}"
    photo.file.save(f"{folder}/{photo.id}.jpg", ContentFile(picture.jpeg), save=False)
    photo.thumbnail.save(f"{folder}/{photo.id}-t.jpg", ContentFile(picture.thumbnail), save=False)
    return photo


def attach_photos(
    *, refs: Sequence[tuple[UUID, str]], subject: Subject, at: datetime
) -> list[AttachedPhoto]:
    """Give uploaded photos to a subject, each once, in the order named.

    Args:
        refs: id and secret of each photo.

    Raises:
        UnableToUsePhoto: when one is unknown, its secret wrong, or it is already in use.
    """
    return attach_to_each(refs={subject: refs})[subject]


@transaction.atomic
def attach_to_each(
    *, refs: Mapping[Subject, Sequence[tuple[UUID, str]]]
) -> dict[Subject, list[AttachedPhoto]]:
    """Give uploaded photos to several subjects in two statements, all or none.

    Args:
        refs: id and secret of each photo, by subject.

    Raises:
        UnableToUsePhoto: as `attach_photos`.
    """
    wanted = [photo_id for named in refs.values() for photo_id, _ in named]
    rows = Photo.objects.select_for_update().order_by("id").in_bulk(wanted) if wanted else {}
    given = {subject: _give(rows, dict(named), subject) for subject, named in refs.items()}
    if rows:
        Photo.objects.bulk_update(rows.values(), ["subject_kind", "subject_id"])
    return {subject: [_attached(photo) for photo in photos] for subject, photos in given.items()}


def _give(rows: Mapping[UUID, Photo], named: Mapping[UUID, str], subject: Subject) -> list[Photo]:
    photos = []
    for photo_id, secret in named.items():
        photo = _usable(rows.get(photo_id), secret)
        photo.subject_kind, photo.subject_id = subject.kind, subject.id
        photos.append(photo)
    return photos


def _attached(photo: Photo) -> AttachedPhoto:
    return AttachedPhoto(
        id=photo.id,
        taken_at=photo.taken_at,
        taken_lon=photo.taken_lon,
        taken_lat=photo.taken_lat,
    )


def list_uploaded(refs: Sequence[tuple[UUID, str]]) -> list[UUID]:
    """List those of the photos whose secret is right and that nobody has used yet.

    Args:
        refs: id and secret of each photo, as its uploader names it.
    """
    rows = Photo.objects.in_bulk([photo_id for photo_id, _ in refs])
    return [photo_id for photo_id, secret in refs if _is_usable(rows.get(photo_id), secret)]


def _is_usable(photo: Photo | None, secret: str) -> bool:
    try:
        return _usable(photo, secret) is photo
    except UnableToUsePhoto:
        return False


def _usable(photo: Photo | None, secret: str) -> Photo:
    if photo is None or not secrets.compare_digest(bytes(photo.secret_digest), code_digest(secret)):
        raise UnableToUsePhoto("photo.unknown", field="photos")
    if photo.subject_id:
        raise UnableToUsePhoto("photo.already_attached", field="photos")
    return photo


def list_photos(subject: Subject) -> list[PhotoView]:
    """List the photos of one subject, oldest first."""
    rows = Photo.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return [_view(photo) for photo in rows.order_by("uploaded_at", "id")]


def find_photo(photo_id: UUID) -> PhotoView | None:
    """Find one photo or None; whether the asker may see it is for its subject's room to say."""
    photo = Photo.objects.filter(id=photo_id).first()
    return _view(photo) if photo else None


def _view(photo: Photo) -> PhotoView:
    subject = Subject(kind=photo.subject_kind, id=photo.subject_id) if photo.subject_id else None
    return PhotoView(
        id=photo.id,
        subject=subject,
        width=photo.width,
        height=photo.height,
        uploaded_at=photo.uploaded_at,
        is_approved=photo.approved_at is not None,
    )


def open_photo(photo_id: UUID, *, size: Size = "full") -> File[bytes]:
    """Open the JPEG of a photo; the caller has asked the rights and closes the file.

    Raises:
        UnableToUsePhoto: when there is no such photo, or its file is gone.
    """
    photo = Photo.objects.filter(id=photo_id).first()
    if photo is None:
        raise UnableToUsePhoto("photo.unknown")
    try:
        return (photo.thumbnail if size == "thumb" else photo.file).open("rb")
    except FileNotFoundError as fault:
        raise UnableToUsePhoto("photo.unknown") from fault


def hash_photos(photo_ids: Iterable[UUID]) -> dict[UUID, bytes]:
    """Give the SHA-256 of each photo as it was stored, by id, so that evidence can name it."""
    rows = Photo.objects.filter(id__in=list(photo_ids)).order_by("uploaded_at", "id")
    return {row_id: bytes(sha256) for row_id, sha256 in rows.values_list("id", "sha256")}


def approve_photo(*, photo_id: UUID, actor: Actor, at: datetime) -> None:
    """Let the public see a photo that already belongs to a subject; the first approval stands.

    Raises:
        UnableToUsePhoto: when there is no such photo with a subject.
    """
    attached = Photo.objects.filter(id=photo_id).exclude(subject_id="")
    if not attached.exists():
        raise UnableToUsePhoto("photo.unknown")
    attached.filter(approved_at=None).update(approved_at=at, approved_by_id=actor.account_id)


def register_holder(name: str, holder: Holder) -> None:
    """Let a room hold photos for what it has not finished, e.g. drafts."""
    _HOLDERS[name] = holder


def remove_orphans(*, at: datetime) -> int:
    """Delete photos that no report has named within 24 hours, and return how many there were.

    A photo that a room holds stays.
    """
    with transaction.atomic():
        old = Photo.objects.filter(subject_id="", uploaded_at__lt=at - ORPHAN_AGE)
        waiting = {photo.id: photo for photo in old.select_for_update(skip_locked=True)}
        held = {one for holder in _HOLDERS.values() for one in holder(list(waiting))}
        photos = [photo for photo_id, photo in waiting.items() if photo_id not in held]
        Photo.objects.filter(id__in=[photo.id for photo in photos]).delete()
    for photo in photos:
        _delete_files(photo)
    return len(photos)


def _delete_files(photo: Photo) -> None:
    for stored in (photo.file, photo.thumbnail):
        if stored.name:
            stored.storage.delete(stored.name)
