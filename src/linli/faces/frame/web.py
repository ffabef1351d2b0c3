"""Switches of the layout: large type, and in the demonstration the role one acts in."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from linli.ground.people import services as people
from linli.ground.people.middleware import member_of

from .context import LARGE_TYPE_COOKIE

ONE_YEAR_S = 365 * 24 * 3600
NOBODY = "nobody"


@require_POST
def large_type(request: HttpRequest) -> HttpResponse:
    """Switch the large-type mode, for the account too where one is signed in."""
    response = redirect(next_page(request))
    is_on = request.POST.get("on") == "1"
    member = member_of(request)
    if member is not None:
        people.switch_large_type(
            account_id=member.account_id, is_on=is_on, actor=member.actor(), at=timezone.now()
        )
    if is_on:
        response.set_cookie(LARGE_TYPE_COOKIE, "1", max_age=ONE_YEAR_S, samesite="Lax")
    else:
        response.delete_cookie(LARGE_TYPE_COOKIE)
    return response


@require_POST
def act_as(request: HttpRequest, login: str) -> HttpResponse:
    """Act as one of the demonstration's people; the page and its language stay the same.

    Raises:
        Http404: outside the demonstration, or when nobody there has this login.
    """
    if not settings.DEMONSTRATION:
        raise Http404
    seen_language = get_language() or settings.LANGUAGE_CODE
    if login == NOBODY:
        people.sign_out(request)
    elif not people.act_as_demonstration_account(request, login=login):
        raise Http404
    response = redirect(next_page(request))
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, seen_language, max_age=ONE_YEAR_S)
    return response


def next_page(request: HttpRequest) -> str:
    """Give the page to return to: only one of our own."""
    wanted = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe else "/"
