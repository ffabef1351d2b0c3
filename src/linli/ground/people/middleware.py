"""Who is asking, on every request, and the second factor asked of staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from .by_code import member_in_session
from .services.sessions import note_use
from .terms import Member

Handler = Callable[[HttpRequest], HttpResponse]
# What staff may still reach on the way to a second factor.
OPEN_WITHOUT_SECOND_FACTOR = ("/accounts/", "/i18n/", "/static/", "/preferences/", "/healthz")


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
        """Set the member and the language, then go on."""
        request.member = _lazy_member(request)  # type: ignore[attr-defined]
        if request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        if request.user.is_authenticated:
            note_use(request)
        return self.get_response(request)


class SecondFactorMiddleware:
    """Leads staff without a second factor to set one up; used outside the demonstration."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, or lead to the second factor first."""
        if request.path.startswith(OPEN_WITHOUT_SECOND_FACTOR) or not needs_second_factor(request):
            return self.get_response(request)
        sentence = _("您的岗位需要两步验证，请先用手机上的验证器应用完成设置。")
        if request.headers.get("HX-Request") or request.path.startswith("/api/"):
            told = {"code": "people.second_factor_needed", "message": sentence, "field": ""}
            return JsonResponse(told, status=403)
        messages.warning(request, sentence)
        return redirect("mfa_activate_totp")


def needs_second_factor(request: HttpRequest) -> bool:
    """Say whether somebody with a post, or of the admin, has yet to set up a second factor."""
    member = member_of(request)
    if member is None or not request.user.is_authenticated:
        return False
    if not (member.is_staff or request.user.is_staff):
        return False
    return not is_mfa_enabled(request.user, [Authenticator.Type.TOTP])


def _lazy_member(request: HttpRequest) -> Member | None:
    if not request.user.is_authenticated:
        return None
    account, at = request.user, timezone.now()
    return cast("Member", SimpleLazyObject(lambda: member_in_session(request, account, at)))
