"""Signing in by WeChat, as allauth's providers: inside WeChat, and by QR code on a website.

allauth finds this module by its name. Only the id WeChat gives for our app is read: no name, no
picture, no list of friends. https://developers.weixin.qq.com/doc/offiaccount/OA_Web_Apps/
"""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.weixin.client import WeixinOAuth2Client
from allauth.socialaccount.providers.weixin.provider import WeixinProvider
from allauth.socialaccount.providers.weixin.views import WeixinOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest


class WeChatClient(WeixinOAuth2Client):  # type: ignore[misc] # allauth is untyped
    """WeChat's browser wants its own mark at the end of the address."""

    def get_redirect_url(
        self, authorization_url: str, scope: list[str], extra_params: dict[str, str]
    ) -> str:
        """Give the address at WeChat."""
        address = super().get_redirect_url(authorization_url, scope, extra_params)
        return f"{address}#wechat_redirect"


class InsideAdapter(WeixinOAuth2Adapter):  # type: ignore[misc] # allauth is untyped
    """The official account's way, within WeChat: no question is asked of the resident."""

    provider_id = "wechat"
    client_class = WeChatClient
    path: ClassVar[str] = "/connect/oauth2/authorize"

    @property
    def access_token_url(self) -> str:
        """Where the code is exchanged."""
        return f"{settings.WECHAT_API}/sns/oauth2/access_token"

    @property
    def authorize_url(self) -> str:
        """Where the resident is sent."""
        return f"{settings.WECHAT_OPEN}{self.path}"

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **given: Any
    ) -> SocialLogin:
        """Take the id from the answer; nothing else is asked for.

        Raises:
            OAuth2Error: when WeChat gave none.
        """
        answer = given.get("response") or {}
        if not isinstance(answer.get("openid"), str) or not answer["openid"]:
            raise OAuth2Error("no openid")
        known = {name: answer[name] for name in ("openid", "unionid") if answer.get(name)}
        return self.get_provider().sociallogin_from_response(request, known)


class WebsiteAdapter(InsideAdapter):
    """The website's way: a QR code read with WeChat."""

    provider_id = "wechat_website"
    path = "/connect/qrconnect"


class InsideProvider(WeixinProvider):  # type: ignore[misc] # allauth is untyped
    """The official account."""

    id = "wechat"
    name = "微信"
    oauth2_adapter_class = InsideAdapter

    def get_default_scope(self) -> list[str]:
        """Ask for the id only."""
        return ["snsapi_base"]

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, str]:
        """Take nothing over into the account."""
        return {}


class WebsiteProvider(InsideProvider):
    """The website."""

    id = "wechat_website"
    name = "微信扫码"
    oauth2_adapter_class = WebsiteAdapter

    def get_default_scope(self) -> list[str]:
        """Name the only scope this way has."""
        return ["snsapi_login"]


provider_classes = [InsideProvider, WebsiteProvider]
