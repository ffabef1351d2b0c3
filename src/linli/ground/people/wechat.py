"""How WeChat's sign-in fits here: off unless set up, residents only, an account without a name."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import ANONYMOUS

from .events import AccountOpened
from .models import Account
from .provider import InsideAdapter, WebsiteAdapter
from .services.accounts import account_subject, make_up_login

WECHATS_BROWSER = "MicroMessenger"
_LOGINS = {
    adapter.provider_id: OAuth2LoginView.adapter_view(adapter)
    for adapter in (InsideAdapter, WebsiteAdapter)
}
_CALLBACKS = {
    adapter.provider_id: OAuth2CallbackView.adapter_view(adapter)
    for adapter in (InsideAdapter, WebsiteAdapter)
}


class WeChatAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth is untyped
    """Our words and ways for accounts that WeChat vouches for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Whoever comes by WeChat gets a resident's account."""
        return True

    def populate_user(
        self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]
    ) -> Account:
        """Make up the login name: nothing of WeChat's stands in it."""
        account: Account = sociallogin.user
        account.login = make_up_login()
        account.language = get_language() or "zh-hans"
        return account

    def save_user(
        self, request: HttpRequest, sociallogin: SocialLogin, form: object = None
    ) -> Account:
        """Open the account, and put that on record."""
        account: Account = sociallogin.user
        account.set_unusable_password()
        sociallogin.save(request)
        opened = AccountOpened(account_id=account.pk, person_id=None)
        subject = account_subject(account.pk)
        record_event(opened, subject=subject, actor=ANONYMOUS, at=timezone.now())
        return account

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: object) -> str:
        """Back to what is held about me."""
        return reverse("me")

    def on_authentication_error(self, request: HttpRequest, *told: Any, **more: Any) -> None:
        """Say that it did not work and what else does.

        Raises:
            ImmediateHttpResponse: always, to the page of signing in.
        """
        messages.warning(request, _("微信登录没有成功，请再试一次，或用手机号登录。"))
        raise ImmediateHttpResponse(redirect("phone_sign_in"))


def find_way(request: HttpRequest) -> str:
    """Tell which of WeChat's ways this browser can go, if it is set up; else an empty text."""
    inside = WECHATS_BROWSER in request.META.get("HTTP_USER_AGENT", "")
    way = InsideAdapter.provider_id if inside else WebsiteAdapter.provider_id
    return way if way in settings.SOCIALACCOUNT_PROVIDERS else ""


@require_POST
def begin(request: HttpRequest, way: str) -> HttpResponse:
    """Send somebody to WeChat."""
    _check(way)
    answer: HttpResponse = _LOGINS[way](request)
    return answer


@require_safe
def come_back(request: HttpRequest, way: str) -> HttpResponse:
    """Take in whom WeChat sends back."""
    _check(way)
    answer: HttpResponse = _CALLBACKS[way](request)
    return answer


def _check(way: str) -> None:
    if way not in settings.SOCIALACCOUNT_PROVIDERS:
        raise Http404
