"""Photos of the demonstration's cases: a few drawn pictures, shared by many rows."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from linli.demonstration.scenes import SUBJECTS, draw_scene
from linli.spine.cases import events
from linli.spine.cases.terms import SUBJECT_KIND, PhotoStage

from .columns import CasePhotoColumns
from .rows import Ledger, Row
from .world import World

LIGHTS = ("day", "evening", "winter")
APPROVED_SHARE = 0.5
THUMBNAIL = (480, 480)
Pictures = Mapping[tuple[str, bool], tuple[Row, ...]]


def draw_pictures() -> Pictures:
    """Draw every scene before and after in each light, store the files, and give their facts."""
    return {
        (subject, is_solved): tuple(
            _store(subject, is_solved, number, light) for number, light in enumerate(LIGHTS)
        )
        for subject in SUBJECTS
        for is_solved in (False, True)
    }


def _store(subject: str, is_solved: bool, number: int, light: str) -> Row:
    """Store one drawing under the name of its content; one that is there already stays."""
    drawn = draw_scene(subject, is_solved=is_solved, seed=number * 31 + 7, light=light)
    width, height = drawn.size
    jpeg = _jpeg(drawn)
    drawn.thumbnail(THUMBNAIL, Image.Resampling.BOX)
    digest = hashlib.sha256(jpeg)
    name = f"demonstration/{subject}-{digest.hexdigest()[:16]}"
    return {
        "file": _save(f"{name}.jpg", jpeg),
        "thumbnail": _save(f"{name}-t.jpg", _jpeg(drawn)),
        "width": width,
        "height": height,
        "size_bytes": len(jpeg),
        "sha256": digest.digest(),
    }


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=82)
    return out.getvalue()


def _save(name: str, content: bytes) -> str:
    if default_storage.exists(name):
        return name
    return default_storage.save(name, ContentFile(content))


class Camera:
    """Takes the photos of one case; what is heard, smelt or felt has none."""

    def __init__(self, world: World, ledger: Ledger, scene: str, *, is_seen: bool) -> None:
        self.world = world
        self.ledger = ledger
        self.scene = scene
        self.is_seen = is_seen or bool(scene)
        self.light = world.chance.randrange(len(LIGHTS))
        self.pending: list[CasePhotoColumns] = []
        self.taken: list[tuple[Row, CasePhotoColumns]] = []

    def report(self, at: datetime, *, by: int | None) -> None:
        """Take the reporter's photo, where there is something to see."""
        if self.scene and self.world.chance.random() < 0.8:
            self._take(PhotoStage.REPORT, is_solved=False, at=at, by=by)
            self.pending.clear()

    def handled(self, at: datetime, *, by: int) -> tuple[UUID, ...]:
        """Take the handler's photo of the result; none where only the reporter can tell."""
        return self._of_result(PhotoStage.HANDLING, at, by)

    def checked(self, at: datetime, *, by: int) -> tuple[UUID, ...]:
        """Take the verifier's photo; none where the reporter was asked."""
        return self._of_result(PhotoStage.CHECK, at, by)

    def before_and_after(
        self, at: datetime, *, by: int
    ) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
        """Take the two photos of what is settled at once."""
        before = self._take(PhotoStage.REPORT, is_solved=False, at=at, by=by)
        return (before,), (self._take(PhotoStage.HANDLING, is_solved=True, at=at, by=by),)

    def belong_to(self, event_id: UUID) -> None:
        """Tie the photos just taken to the event that shows them."""
        for row in self.pending:
            row.event_id = event_id
        self.pending.clear()

    def let_be_seen(self, at: datetime) -> None:
        """Have the clerk approve the first and the handling photo for the public."""
        if self.world.chance.random() > APPROVED_SHARE:
            return
        clerk = self.world.clerk
        for photo, shown in self.taken:
            if shown.stage == PhotoStage.CHECK.value or shown.is_approved:
                continue
            at += timedelta(seconds=20)
            if at >= self.world.until:
                return
            shown.is_approved = True
            photo |= {"approved_at": at, "approved_by_id": clerk.account_id}
            self.ledger.case.changed_at = at
            self.ledger.write(
                events.PhotoApproved(photo_id=shown.photo_id),
                before=self.ledger.step.value,
                actor=clerk.actor,
                at=at,
            )

    def _of_result(self, stage: PhotoStage, at: datetime, by: int) -> tuple[UUID, ...]:
        return (self._take(stage, is_solved=True, at=at, by=by),) if self.is_seen else ()

    def _take(self, stage: PhotoStage, *, is_solved: bool, at: datetime, by: int | None) -> UUID:
        photo_id = self.world.new_id(at)
        drawn = self.world.pictures[self.scene or "street", is_solved][self.light]
        photo: Row = {
            "id": photo_id,
            **drawn,
            "secret_digest": self.world.chance.randbytes(32),
            "taken_at": None,
            "taken_lon": None,
            "taken_lat": None,
            "uploaded_by_id": by,
            "uploaded_at": at,
            "subject_kind": SUBJECT_KIND,
            "subject_id": str(self.ledger.id),
            "approved_at": None,
            "approved_by_id": None,
        }
        shown = CasePhotoColumns(
            case_id=self.ledger.id, photo_id=photo_id, stage=stage.value, added_at=at
        )
        self.ledger.book.photos.append(photo)
        self.ledger.book.case_photos.append(shown)
        self.taken.append((photo, shown))
        self.pending.append(shown)
        return photo_id
