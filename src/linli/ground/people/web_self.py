"""What people change of their own record: name, phone, and to have all of it forgotten."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from . import erasing
from .errors import UnableToClose, UnableToCorrect, UnableToProve, UnableToSendCode
from .forms import CloseForm, NameForm, PhoneForm, SmsCodeForm
from .queries.own_record import get_own_record
from .services.accounts import sign_out
from .services.own_record import close_account, correct_own_name
from .services.phone_accounts import change_phone
from .terms import Member
from .terms.codes import CodePurpose
from .web import signed_in
from .web_phone import asked_for, begin, blame, prove, show_form

ASK, READ_AND_SEND = ["GET", "HEAD", "POST"], "people/me_phone.html"


@require_http_methods(ASK)
@signed_in
def name(request: HttpRequest, member: Member) -> HttpResponse:
    """Correct how I am called."""
    own = get_own_record(member.account_id)
    form = NameForm(request.POST or None, initial={"name": own.name})
    if request.method == "POST" and form.is_valid():
        try:
            now = timezone.now()
            correct_own_name(name=form.cleaned_data["name"], member=member, at=now)
        except UnableToCorrect as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("已更正。"))
            return redirect("me")
    shown = {"form": form, "own": own}
    return render(request, "people/me_name.html", shown, status=422 if form.errors else 200)


@require_http_methods(ASK)
@sensitive_post_parameters("phone")
@signed_in
def phone(request: HttpRequest, member: Member) -> HttpResponse:
    """Ask for the number to sign in with from now on, and send a code to it."""
    own = get_own_record(member.account_id)
    first = request.GET.get("phone", own.phone if not own.is_proved else "")
    form = PhoneForm(request.POST or None, initial={"phone": first})
    if request.method != "POST" or not form.is_valid():
        return show_form(request, READ_AND_SEND, form)
    try:
        given = form.cleaned_data["phone"]
        begin(request, given, CodePurpose.CHANGE, account_id=member.account_id)
    except UnableToSendCode as refusal:
        blame(form, refusal)
        return show_form(request, READ_AND_SEND, form)
    return redirect("me_phone_code")


@require_http_methods(ASK)
@sensitive_post_parameters("code")
@signed_in
def phone_code(request: HttpRequest, member: Member) -> HttpResponse:
    """Take the code, and the number is mine."""
    asked = asked_for(request, CodePurpose.CHANGE)
    if asked is None:
        return redirect("me_phone")
    form = SmsCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            given = form.cleaned_data["code"]
            number = prove(request, asked, given, account_id=member.account_id)
            change_phone(account_id=member.account_id, phone=number, at=timezone.now())
        except UnableToProve as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("手机号已验证。"))
            return redirect("me")
    return show_form(request, "people/me_phone_code.html", form, asked=asked)


@require_http_methods(ASK)
@signed_in
def close(request: HttpRequest, member: Member) -> HttpResponse:
    """Say what goes and what stays, and close my account."""
    form = CloseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            close_account(member=member, at=timezone.now())
        except UnableToClose as refusal:
            blame(form, refusal)
        else:
            sign_out(request)
            return redirect("me_closed")
    shown = {"form": form, "erasures": list(erasing.list_erasures())}
    return render(request, "people/me_close.html", shown, status=422 if form.errors else 200)


@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Say that the account is closed, to somebody who is signed out."""
    return render(request, "people/closed.html")
