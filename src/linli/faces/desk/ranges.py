"""A part of a file, as players ask for it (RFC 9110, 14.2: one range of bytes)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

_RANGE = re.compile(r"^bytes=(\d{0,12})-(\d{0,12})$")
PIECE_BYTES = 64 * 1024


def give_part(file: IO[bytes], *, size: int, asked: str) -> HttpResponseBase | None:
    """Answer with the part of a file that a `Range` header asks for; None when it asks for none.

    Args:
        size: of the whole file, in bytes.
        asked: the header's value.
    """
    found = _RANGE.match(asked)
    if found is None or not (found[1] or found[2]):
        return None
    first, last = _bounds(found[1], found[2], size)
    if first >= size or first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(first)
    answer = StreamingHttpResponse(_pieces(file, last - first + 1), status=206)
    answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["Content-Length"] = str(last - first + 1)
    return answer


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _pieces(file: IO[bytes], left: int) -> Iterator[bytes]:
    with file:
        while left > 0 and (piece := file.read(min(PIECE_BYTES, left))):
            left -= len(piece)
            yield piece
