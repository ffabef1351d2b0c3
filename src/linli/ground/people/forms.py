"""Forms of signing in and of one's own page, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from .terms import LookPurpose


class SignInForm(LoginForm):  # type: ignore[misc] # allauth is untyped
    """Login name or phone, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", _("登录名或手机号"), autofocus=True)
        _say(self, "password", _("密码"))
        _say(self, "remember", _("在这台设备上保持登录"))


class PasswordForm(ChangePasswordForm):  # type: ignore[misc] # allauth is untyped
    """The password now and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", _("现在的密码"))
        _say(self, "password1", _("新密码"))
        _say(self, "password2", _("再输一次新密码"))


class ConfirmPasswordForm(ReauthenticateForm):  # type: ignore[misc] # allauth is untyped
    """The password again before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", _("密码"), autofocus=True)


class CodeForm(AuthenticateForm):  # type: ignore[misc] # allauth is untyped
    """The code of the authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", _("验证码或备用码"), autofocus=True)


class ConfirmCodeForm(ReauthenticateCodeForm):  # type: ignore[misc] # allauth is untyped
    """The code again before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", _("验证码或备用码"), autofocus=True)


class ActivateForm(ActivateTOTPForm):  # type: ignore[misc] # allauth is untyped
    """The first code, to see that the app shows the right ones."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", _("应用显示的六位验证码"), inputmode="numeric")


class PhoneForm(forms.Form):
    """The phone a code goes to; whether it is one is decided where codes are sent."""

    phone = forms.CharField(
        label=_("手机号"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"autocomplete": "tel", "inputmode": "tel", "autofocus": True}
        ),
        error_messages={"required": _("请填写手机号。")},
    )


class NameForm(forms.Form):
    """How somebody is called."""

    name = forms.CharField(
        label=_("怎么称呼您"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
        error_messages={"required": _("请写上怎么称呼您，最多 40 个字。")},
    )


class CloseForm(forms.Form):
    """That somebody really wants the account closed."""

    sure = forms.BooleanField(
        label=_("我看明白了，注销我的账号"),
        error_messages={"required": _("真的要注销，请先勾选这一句。")},
    )


class PhoneSignInForm(PhoneForm):
    """The phone, and where to go on after signing in."""

    next = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)


class SmsCodeForm(forms.Form):
    """The six digits of the SMS."""

    code = forms.CharField(
        label=_("短信里的六位验证码"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
        error_messages={"required": _("请填写短信里的六位数字。")},
    )


class SignInCodeForm(SmsCodeForm):
    """The six digits, and how long to stay signed in."""

    remember = forms.BooleanField(label=_("在这台手机上保持登录三十天"), required=False)


class LanguageForm(forms.Form):
    """The language somebody is answered in."""

    language = forms.ChoiceField(label=_("语言"), choices=settings.LANGUAGES)


class OpenPersonForm(forms.Form):
    """Why a record is opened; the person reads it."""

    purpose = forms.ChoiceField(
        label=_("目的"),
        choices=[
            (each.value, _(each.label))
            for each in LookPurpose
            if each not in (LookPurpose.EXPORT, LookPurpose.OVERSIGHT)
        ],
    )
    reason = forms.CharField(
        label=_("原因"),
        min_length=4,
        max_length=500,
        help_text=_("例如案件号或来电事由。本人可以看到谁在何时为何查看。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _say(form: forms.Form, name: str, label: Any, **attrs: Any) -> None:
    field = form.fields[name]
    field.label, field.help_text = label, ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)
