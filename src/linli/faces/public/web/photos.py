"""Photos, each shown only to those who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from linli.faces.frame.photos import send_photo
from linli.ground.people.middleware import member_of
from linli.spine.cases.queries import may_see_photo

SEEN = "photos_seen"
MOST_SEEN = 200


@require_safe
def photo(request: HttpRequest, photo_id: UUID, size: str) -> HttpResponseBase:
    """Send one photo; who may not see it learns no more than that there is none.

    Raises:
        Http404: no such photo, size, or right.
    """
    if not _may_see(request, photo_id):
        raise Http404
    response = send_photo(photo_id, size)
    response["X-Robots-Tag"] = "noindex"
    return response


def let_see(request: HttpRequest, photo_ids: Iterable[UUID]) -> None:
    """Remember for this session that it may see these photos: its own uploads, its own case."""
    seen = [str(photo_id) for photo_id in photo_ids]
    known = request.session.get(SEEN, [])
    if not set(seen) <= set(known):
        request.session[SEEN] = list(dict.fromkeys([*seen, *known]))[:MOST_SEEN]


def _may_see(request: HttpRequest, photo_id: UUID) -> bool:
    if str(photo_id) in request.session.get(SEEN, []):
        return True
    return may_see_photo(photo_id=photo_id, member=member_of(request))
