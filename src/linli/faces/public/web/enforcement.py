"""Published results of joint enforcement: what was done by whose power, and nobody named."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.faces.frame.photos import send_photo
from linli.programmes.enforcement.queries.public import (
    is_public_photo,
    list_published,
    public_operation,
)
from linli.programmes.enforcement.rules.refusals import NoSuchOperation


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """List the published results, newest first."""
    return render(request, "public/enforcement.html", {"results": list_published()})


@require_safe
def result(request: HttpRequest, number: str) -> HttpResponse:
    """Show one published result.

    Raises:
        Http404: none of this number is public.
    """
    try:
        found = public_operation(number=number)
    except NoSuchOperation as refusal:
        raise Http404 from refusal
    words = {"one": found, "most": 20 * len(found.scores)}
    return render(request, "public/enforcement_result.html", words)


@require_safe
def photo(request: HttpRequest, photo_id: UUID, size: str) -> HttpResponseBase:
    """Send a photo that was chosen for a public result.

    Raises:
        Http404: not chosen, no such size, or withdrawn.
    """
    if not is_public_photo(photo_id):
        raise Http404
    # A withdrawn result must not live on in a cache for long.
    return send_photo(photo_id, size, kept="private, max-age=300")
