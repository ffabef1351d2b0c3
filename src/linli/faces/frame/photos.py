"""Sending a stored photo; whether it may be seen is asked by the page before."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.photos import Size, open_photo

SIZES: tuple[Size, ...] = ("thumb", "full")


def send_photo(photo_id: UUID, size: str, *, kept: str = "private, max-age=3600") -> FileResponse:
    """Send one photo.

    Args:
        size: "thumb" or "full", as it stands in an address.
        kept: what caches may do with it.

    Raises:
        Http404: no such photo or size.
    """
    wanted = next((one for one in SIZES if one == size), None)
    if wanted is None:
        raise Http404
    try:
        file = open_photo(photo_id, size=wanted)
    except Refusal as refusal:
        raise Http404 from refusal
    return FileResponse(file, content_type="image/jpeg", headers={"Cache-Control": kept})
