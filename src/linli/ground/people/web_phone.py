"""Signing in by phone: the number, then the six digits sent to it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from linli.ground.kernel.errors import Refusal

from .code_sending import codes_go
from .errors import UnableToProve, UnableToSendCode
from .forms import PhoneSignInForm, SignInCodeForm
from .services.phone_accounts import account_of_phone
from .services.phone_codes import prove_phone, send_code
from .terms import hidden_phone
from .terms.codes import VALID_FOR, CodePurpose
from .wechat import find_way

ASKED = "people_code"
STAYS_FOR = timedelta(days=30)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("phone")
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the phone and send a code to it, whether or not it is known."""
    form = PhoneSignInForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    if request.method != "POST" or not form.is_valid():
        return show_form(request, "people/phone.html", form)
    try:
        go_on = form.cleaned_data["next"]
        begin(request, form.cleaned_data["phone"], CodePurpose.SIGN_IN, go_on=go_on)
    except UnableToSendCode as refusal:
        blame(form, refusal)
        return show_form(request, "people/phone.html", form)
    return redirect("phone_code")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the code, sign in with it, and open an account for a phone that has none."""
    asked = asked_for(request, CodePurpose.SIGN_IN)
    if asked is None:
        return redirect("phone_sign_in")
    form = SignInCodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return show_form(request, "people/phone_code.html", form, asked=asked)
    try:
        phone = prove(request, asked, form.cleaned_data["code"])
    except UnableToProve as refusal:
        blame(form, refusal)
        return show_form(request, "people/phone_code.html", form, asked=asked)
    return _sign_in(request, phone, asked, stays=form.cleaned_data["remember"])


def begin(
    request: HttpRequest,
    phone: str,
    purpose: CodePurpose,
    *,
    go_on: str = "",
    account_id: int | None = None,
) -> None:
    """Send a code and note in the session what was asked for.

    Raises:
        UnableToSendCode: as `send_code`.
    """
    now = timezone.now()
    sent = send_code(
        phone=phone,
        purpose=purpose,
        address=request.META.get("REMOTE_ADDR", ""),
        at=now,
        account_id=account_id,
    )
    request.session[ASKED] = {
        "id": str(sent.id),
        "purpose": purpose.value,
        "phone": sent.phone,
        "shown": sent.shown,
        "until": (now + VALID_FOR).isoformat(),
        "next": go_on if _is_ours(request, go_on) else "",
    }


def asked_for(request: HttpRequest, purpose: CodePurpose) -> dict[str, str] | None:
    """Give what the session asked a code for, as long as it is this."""
    kept = request.session.get(ASKED)
    return kept if isinstance(kept, dict) and kept.get("purpose") == purpose.value else None


def prove(
    request: HttpRequest, asked: dict[str, str], code: str, *, account_id: int | None = None
) -> str:
    """Take the code back and give the phone it proves.

    Raises:
        UnableToProve: as `prove_phone`.
    """
    phone = prove_phone(
        code_id=UUID(asked["id"]),
        code=code,
        purpose=CodePurpose(asked["purpose"]),
        address=request.META.get("REMOTE_ADDR", ""),
        at=timezone.now(),
        account_id=account_id,
    )
    del request.session[ASKED]
    return phone


def blame(form: forms.Form, refusal: Refusal) -> None:
    """Put the refusal beside the field it is about, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.words(_))


def show_form(
    request: HttpRequest, template: str, form: forms.Form, *, asked: dict[str, str] | None = None
) -> HttpResponse:
    """Show a page that asks for a phone or a code; no cache keeps it."""
    shown: dict[str, Any] = {
        "form": form,
        "codes_go": codes_go().value,
        "wechat": find_way(request),
    }
    if asked is not None:
        shown |= {
            "phone": asked["phone"],
            "hidden_phone": hidden_phone(asked["phone"]),
            "shown_code": asked["shown"],
            "until": cast("datetime", parse_datetime(asked["until"])),
            "next": asked["next"],
        }
    answer = render(request, template, shown, status=422 if form.errors else 200)
    add_never_cache_headers(answer)
    return answer


def _sign_in(
    request: HttpRequest, phone: str, asked: dict[str, str], *, stays: bool
) -> HttpResponse:
    language = get_language() or "zh-hans"
    account = account_of_phone(phone=phone, language=language, at=timezone.now())
    record_authentication(request, account, method="code")
    login = Login(user=account, redirect_url=asked["next"] or None)
    answer = perform_login(request, login)
    if stays and request.user.is_authenticated:
        request.session.set_expiry(STAYS_FOR)
    return cast("HttpResponse", answer)


def _is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
