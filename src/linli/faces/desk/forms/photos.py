"""Photos in a form: stored when they arrive, so that a mistake elsewhere does not lose them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.photos import store_photo
from linli.spine.cases.terms import PhotoRef

MOST_PHOTOS = 9
PHOTO_TYPES = "image/jpeg,image/png,image/webp,image/heic,image/heif"


class ManyFiles(forms.ClearableFileInput):
    """A file control that takes several photos at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def __init__(self) -> None:
        super().__init__(attrs={"accept": PHOTO_TYPES, "multiple": True})


class PhotosField(forms.FileField):
    """Several photos; what they show is judged by the kernel when they are stored."""

    widget = ManyFiles
    # A photo kept from the first try counts, so the field itself never insists.
    is_asked = False

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        files = [super(PhotosField, self).clean(one) for one in given if one]
        if len(files) > MOST_PHOTOS:
            raise forms.ValidationError(_("一次最多 9 张照片，请挑选最能说明问题的。"))
        return files


def store_all(files: Iterable[Any], *, uploaded_by_id: int, at: datetime) -> list[PhotoRef]:
    """Store the sent files and return their references.

    Raises:
        Refusal: when one is no photo we can keep.
    """
    stored = [store_photo(stream=file, uploaded_by_id=uploaded_by_id, at=at) for file in files]
    return [PhotoRef(id=photo.id, secret=photo.secret) for photo in stored]


def write_refs(refs: Iterable[PhotoRef]) -> list[str]:
    """Write references into a form, so that photos already sent need not be sent again."""
    return [f"{ref.id}:{ref.secret}" for ref in refs]


def read_refs(written: Iterable[str]) -> tuple[PhotoRef, ...]:
    """Read references back; what is not one is dropped."""
    found = []
    for text in written:
        number, _colon, secret = text.partition(":")
        try:
            found.append(PhotoRef(id=UUID(number), secret=secret))
        except ValueError:
            continue
    return tuple(found[:MOST_PHOTOS])
