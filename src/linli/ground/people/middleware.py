"""Who is asking, on every request, and the second factor asked of staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from . import queries
from .models import Account
from .terms import Member

Handler = Callable[[HttpRequest], HttpResponse]


def member_of(request: HttpRequest) -> Member | None:
    """Give who is asking, or None when nobody is signed in."""
    return cast("Member | None", getattr(request, "member", None))


class MemberMiddleware:
    """Gives `request.member`: None when anonymous, else read with its posts when first used.

    A signed-in visitor without a language cookie gets the language of the account.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.member = self._member(request)  # type: ignore[attr-defined]
        if request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.user.language)
        return self.get_response(request)

    def _member(self, request: HttpRequest) -> Member | None:
        if not request.user.is_authenticated:
            return None
        account = cast(Account, request.user)
        at = timezone.now()
        return cast(Member, SimpleLazyObject(lambda: queries.member_of_account(account, at)))
