"""How allauth signs people in here: by login name or phone and password, or by a code."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.ground.kernel.compiled import Compiled

from . import queries
from .by_code import is_without_password, needs_password
from .models import Account
from .terms import plain_phone


class LoginOrPhoneBackend(AuthenticationBackend):  # type: ignore[misc] # allauth is untyped
    """Finds the account by its login name, or by its phone however that is typed."""

    def _authenticate_by_username(self, username: str, password: str) -> AbstractBaseUser | None:
        phone = plain_phone(username)
        wanted = Q(login=username) | Q(phone=phone) if phone else Q(login=username)
        found = sorted(
            Account.objects.filter(wanted), key=lambda account: account.login != username
        )
        checked = self._check_password(found[0] if found else None, password)
        return cast("AbstractBaseUser | None", checked)

    def get_user(self, user_id: int) -> AbstractBaseUser | None:
        """Find the open account behind a session, as Django's own way does."""
        account = _ACCOUNT.first(account_id=int(user_id))
        return account if account is not None and self.user_can_authenticate(account) else None


_ACCOUNT = Compiled(lambda account_id: Account.objects.filter(pk=account_id))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth is untyped
    """Our words and ways: a phone or the office opens accounts, nothing is sent by mail."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("这个账号已停用。"),
        "username_password_mismatch": _("登录名（或手机号）与密码不符，请再试一次。"),
        "enter_current_password": _("现在的密码不对。"),
        "incorrect_password": _("密码不对。"),
        "incorrect_code": _("验证码不对，或已过期。"),
        "too_many_login_attempts": _("尝试次数过多，请过几分钟再试。"),
        "rate_limited": _("尝试次数过多，请稍后再试。"),
    }
    _said: ClassVar[dict[str, Any]] = {
        "account/messages/password_changed.txt": _("密码已更改。"),
        "mfa/messages/totp_activated.txt": _("两步验证已开启。"),
        "mfa/messages/totp_deactivated.txt": _("两步验证已关闭。"),
        "socialaccount/messages/account_connected.txt": _("微信登录已连上。"),
        "socialaccount/messages/account_connected_other.txt": _(
            "这个微信已连着另一个账号，请先用微信登录那个账号。"
        ),
        "mfa/messages/recovery_codes_generated.txt": _("新的备用码已生成，旧的已失效。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by a form: a proved phone opens an account, else the office does."""
        return False

    def pre_login(self, request: HttpRequest, user: Account, **hooks: Any) -> HttpResponse | None:
        """Let a code or another service alone open nobody's duties."""
        answer = super().pre_login(request, user, **hooks)
        if answer is not None:
            return cast("HttpResponse", answer)
        if is_without_password(request, user) and needs_password(user, timezone.now()):
            words = _("这是工作人员的账号，请用密码登录，再完成两步验证。")
            messages.warning(request, words)
            return redirect("account_login")
        return None

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff start at their desk, residents at what concerns them."""
        member = queries.find_member(request.user.pk or 0, timezone.now())
        return "/desk/" if member and member.is_staff else reverse("me")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Who came by another service is asked once for the phone, and may leave it."""
        words = _("欢迎。可以留一个手机号，以后换手机也能登录；不想留就不用填。")
        messages.info(request, words)
        return reverse("me_phone")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to what is held about me."""
        return reverse("me")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what changed in our words; coming and going needs no message."""
        words = message or self._said.get(message_template or "")
        if words:
            messages.add_message(request, level, words, extra_tags=extra_tags)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth is untyped
    """Names the account in the authenticator app by its login."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("验证码不对，或已过期。"),
        "cannot_delete_authenticator": _("现在不能关闭两步验证。"),
        "cannot_generate_recovery_codes": _("开启两步验证后才能生成备用码。"),
    }

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """The login name stands in the app."""
        return user.get_username()
