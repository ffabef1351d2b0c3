"""One's own page, opened records, and what happens when a session has run out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from allauth.mfa.base.views import AuthenticateView
from django.conf import settings
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from . import holdings, queries, services
from .errors import UnableToEndSession, UnableToOpenPerson
from .exporting import list_looks_at, pack, write_out
from .forms import LanguageForm, OpenPersonForm
from .middleware import member_of
from .queries.own_record import get_own_record
from .queries.sessions import list_sessions
from .rules import may
from .services.sessions import end_session
from .terms import Action, LookPurpose, Member
from .wechat import find_way

P = ParamSpec("P")
MemberView = Callable[Concatenate[HttpRequest, Member, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

_KEPT = "people_posted"
_MOST_KEPT_CHARACTERS = 60_000


def signed_in(view: MemberView[P]) -> View[P]:
    """Give the view the member who asks; lead others to sign in without losing what they wrote."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        member = member_of(request)
        if member is None:
            return ask_to_sign_in(request)
        answer = view(request, member, *args, **kwargs)
        add_never_cache_headers(answer)
        return answer

    return guarded


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask kindly to sign in (again).

    A page leads back to itself; a posted form is kept and offered again after signing in; a part
    of a page and a program get 401 with a sentence, so that the page they are on stays as it is.
    """
    back = request.get_full_path()
    if _wants_json(request):
        return JsonResponse(_session_over(), status=401)
    if request.headers.get("HX-Request"):
        shown = {"address": _sign_in_address(request.headers.get("HX-Current-URL", back))}
        return render(request, "people/session_over.html", shown, status=401)
    if request.method == "POST":
        _keep_posted(request)
        back = reverse("continue_posted")
    return HttpResponseRedirect(_sign_in_address(back))


class SecondStepView(AuthenticateView):  # type: ignore[misc] # allauth is untyped
    """Asks for the code; allauth takes a post without one for a security key, not used here."""

    template_name = "people/factor/authenticate.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask again when no code was sent."""
        if request.method == "POST" and "code" not in request.POST:
            return redirect("mfa_authenticate")
        return cast("HttpResponseBase", super().dispatch(request, *args, **kwargs))


@require_GET
@signed_in
def continue_posted(request: HttpRequest, member: Member) -> HttpResponse:
    """Offer to send again what was written when the session had run out."""
    kept = request.session.get(_KEPT)
    if not isinstance(kept, dict):
        return redirect("me")
    return render(request, "people/continue.html", {"kept": kept, "page_kind": _kind(member)})


@require_GET
@signed_in
def me(request: HttpRequest, member: Member) -> HttpResponse:
    """Show what is held about me, who looked and why, and what I may decide."""
    held = holdings.collect(account_id=member.account_id, person_id=member.person_id)
    shown = {
        "held": held,
        "own": get_own_record(member.account_id),
        "wechat": find_way(request),
        "nothing_in": [part for part in held if not part.rows],
        "looks": list_looks_at(member),
        "sessions": list_sessions(
            account_id=member.account_id,
            session_key=request.session.session_key or "",
            at=timezone.now(),
        ),
        "now": timezone.now(),
        "language_form": LanguageForm(initial={"language": member.language}),
        "page_kind": _kind(member),
    }
    return render(request, "people/me.html", shown)


@require_POST
@signed_in
def export(request: HttpRequest, member: Member) -> HttpResponse:
    """Hand out everything held about me as a JSON file; that it was taken is logged."""
    now = timezone.now()
    looks = list_looks_at(member)
    told = write_out(services.export_holdings(member=member, at=now), looks, at=now)
    answer = JsonResponse(
        told, encoder=DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    name = f"linli-{member.login}-{timezone.localdate(now):%Y%m%d}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@signed_in
def export_with_photos(request: HttpRequest, member: Member) -> HttpResponse:
    """Hand out the same with every photo I sent, packed; that it was taken is logged."""
    now = timezone.now()
    looks = list_looks_at(member)
    told = write_out(services.export_holdings(member=member, at=now), looks, at=now)
    name = f"linli-{member.login}-{timezone.localdate(now):%Y%m%d}.zip"
    packed = pack(told, account_id=member.account_id)
    answer = FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip")
    return cast("HttpResponse", answer)


@require_POST
@signed_in
def language(request: HttpRequest, member: Member) -> HttpResponse:
    """Choose the language of my account and of this browser."""
    form = LanguageForm(request.POST)
    answer = redirect("me")
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        services.choose_language(
            account_id=member.account_id, language=chosen, actor=member.actor(), at=timezone.now()
        )
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return answer


@require_POST
@signed_in
def sign_out_everywhere(request: HttpRequest, member: Member) -> HttpResponse:
    """End my sessions on every device, this one included."""
    services.sign_out_everywhere(
        account_id=member.account_id, actor=member.actor(), at=timezone.now()
    )
    services.sign_out(request)
    messages.success(request, _("已在所有设备上退出。"))
    return HttpResponseRedirect(settings.LOGIN_URL)


@require_POST
@signed_in
def end_one_session(request: HttpRequest, member: Member, sign_in_id: int) -> HttpResponse:
    """Sign one of my devices out."""
    try:
        end_session(
            sign_in_id=sign_in_id,
            account_id=member.account_id,
            actor=member.actor(),
            at=timezone.now(),
        )
    except UnableToEndSession as refusal:
        messages.error(request, refusal.words(_))
    else:
        messages.success(request, _("那台设备已退出登录。"))
    return redirect("me")


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("reason")
@signed_in
def person(request: HttpRequest, member: Member, person_id: int) -> HttpResponse:
    """Ask why, then open the record of a person; the look is logged."""
    target = queries.find_person_target(person_id)
    if target is None or not may(member, Action.PERSON_OPEN, target):
        return render(request, "people/no_person.html", {"page_kind": "desk"}, status=404)
    form = OpenPersonForm(request.POST or None)
    opened = None
    if request.method == "POST" and form.is_valid():
        try:
            opened = services.open_person(
                person_id=person_id,
                member=member,
                purpose=LookPurpose(form.cleaned_data["purpose"]),
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
            )
        except UnableToOpenPerson as refusal:
            form.add_error(refusal.field or None, refusal.words(_))
    line = queries.find_person_line(person_id)
    shown = {"form": form, "line": line, "person": opened, "page_kind": "desk"}
    return render(request, "people/person.html", shown)


def _kind(member: Member) -> str:
    return "desk" if member.is_staff else "public"


def _wants_json(request: HttpRequest) -> bool:
    if request.headers.get("HX-Request"):
        return False
    return request.content_type == "application/json" or (
        "application/json" in request.headers.get("Accept", "")
    )


def _session_over() -> dict[str, str]:
    return {
        "code": "people.session_over",
        "message": _("登录已过期，请重新登录。您写的内容还在页面上。"),
        "field": "",
    }


def _sign_in_address(back: str) -> str:
    return f"{settings.LOGIN_URL}?{urlencode({'next': back})}"


def _keep_posted(request: HttpRequest) -> None:
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]
    if sum(len(value) for _name, value in fields) <= _MOST_KEPT_CHARACTERS:
        request.session[_KEPT] = {"address": request.get_full_path(), "fields": fields}
