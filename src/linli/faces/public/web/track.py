"""Tracking with a code: how it stands, who answers, rating, reopening, who looked."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.faces.frame import standing
from linli.faces.frame.errors import show_error
from linli.faces.public import progress
from linli.faces.public.forms import AnswerForm, CodeForm, RatingForm, ReopenForm
from linli.ground.kernel import rates
from linli.ground.kernel.errors import Refusal
from linli.ground.people.middleware import member_of
from linli.spine.cases.queries import list_my_reports, public_case
from linli.spine.cases.services import act_by_code
from linli.spine.cases.terms import ActionInput, ActionName, PublicCase

from .photos import let_see
from .report import keep_photo

# Ten wrong codes, or more looks than an office full of people makes, and the address must wait.
WRONG_CODES_MOST = 10
LOOKS_MOST = 240
WINDOW_S = 600
OWN_MOST = 20

View = Callable[..., HttpResponse]


def unshared(view: View) -> View:
    """Keep a page out of search engines, caches and referrers: its address is a secret."""

    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        response = view(request, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Not "no-referrer": browsers then post forms with `Origin: null`, which is refused.
        response["Referrer-Policy"] = "same-origin"
        # A refused form would otherwise write the address, which is the secret, into the log.
        response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
        return response

    return never_cache(guarded)


@require_http_methods(["GET", "HEAD", "POST"])
@unshared
def code(request: HttpRequest) -> HttpResponse:
    """Ask for a tracking code and lead to its page."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("track", code=form.cleaned_data["code"])
    return render(request, "public/code.html", {"form": form, "own": _own_reports(request)})


def _own_reports(request: HttpRequest) -> list[dict[str, Any]]:
    """List what the one signed in reported, with the headline of each."""
    member = member_of(request)
    if member is None:
        return []
    found = list_my_reports(account_id=member.account_id, at=timezone.now(), limit=OWN_MOST)
    return [{"case": case, "headline": standing.headline(case)} for case in found]


@require_safe
@unshared
def track(request: HttpRequest, code: str) -> HttpResponse:
    """Show one case to the holder of its code."""
    return _page(request, code)


@require_POST
@unshared
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """Take the reporter's rating."""
    form = RatingForm(request.POST)
    if not form.is_valid():
        return _page(request, code, rating=form)
    given = ActionInput(
        note=form.cleaned_data["note"],
        solved=form.cleaned_data["solved"],
        satisfaction=form.cleaned_data["satisfaction"],
    )
    return _act(request, code, ActionName.RATE, given, failed=lambda: {"rating": form})


@require_POST
@unshared
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """Take the reporter's word whether it is all right now."""
    form = AnswerForm(request.POST, auto_id="answer_%s")
    if not form.is_valid():
        return _page(request, code, answering=form)
    given = ActionInput(note=form.cleaned_data["note"], solved=form.cleaned_data["solved"])
    return _act(request, code, ActionName.ANSWER_CHECK, given, failed=lambda: {"answering": form})


@require_POST
@unshared
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Take the reporter's word that the matter is not settled."""
    form = ReopenForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, code, reopening=form)
    now = timezone.now()
    try:
        photos = [keep_photo(request, file, at=now) for file in form.cleaned_data["photos"]]
    except Refusal as refusal:
        form.add_error("photos", refusal.words(_))
        return _page(request, code, reopening=form)
    given = ActionInput(note=form.cleaned_data["note"], photos=tuple(photos))
    return _act(request, code, ActionName.REOPEN, given, failed=lambda: {"reopening": form})


def _act(
    request: HttpRequest,
    code: str,
    name: ActionName,
    given: ActionInput,
    *,
    failed: Callable[[], dict[str, Any]],
) -> HttpResponse:
    try:
        act_by_code(code=code, action=name, form=given, at=timezone.now())
    except Refusal as refusal:
        return _page(request, code, refused=refusal.words(_), **failed())
    return redirect("track", code=code)


def _page(
    request: HttpRequest,
    code: str,
    *,
    rating: RatingForm | None = None,
    reopening: ReopenForm | None = None,
    answering: AnswerForm | None = None,
    refused: str = "",
) -> HttpResponse:
    if _count(request, "tracking") > LOOKS_MOST:
        return show_error(request, status=429)
    try:
        case = public_case(code=code, at=timezone.now())
    except Refusal:
        return _wrong_code(request, code)
    let_see(request, [photo.photo_id for photo in case.photos])
    context = _context(case) | {
        "code": code,
        "rating": rating or RatingForm(),
        "reopening": reopening or ReopenForm(),
        "answering": answering or AnswerForm(auto_id="answer_%s"),
        "refused": refused,
    }
    failed = rating or reopening or answering or refused
    return render(request, "public/track.html", context, status=422 if failed else 200)


def _context(case: PublicCase) -> dict[str, Any]:
    photos = sorted(case.photos, key=lambda photo: list(progress.STAGE_WORDS).index(photo.stage))
    return {
        "case": case,
        "headline": standing.headline(case),
        "answer": standing.answer(case),
        "progress": progress.stages(case),
        "rated": progress.rated(case),
        "elsewhere": progress.elsewhere(case),
        "looks": [entry for entry in case.timeline if entry.at in case.looks],
        "photo_groups": [
            {"label": progress.STAGE_WORDS[stage], "photos": list(group)}
            for stage, group in groupby(photos, key=lambda photo: photo.stage)
        ],
        "place_words": " · ".join(
            part for part in (case.community_name, case.grid_name, case.address) if part
        ),
        "areas_url": "/areas.geojson",
    }


def _wrong_code(request: HttpRequest, code: str) -> HttpResponse:
    if _count(request, "wrong-code") > WRONG_CODES_MOST:
        return show_error(request, status=429)
    form = CodeForm(initial={"code": code[:40]})
    return render(request, "public/code.html", {"form": form, "wrong": True}, status=404)


def _count(request: HttpRequest, what: str) -> int:
    key = f"{what}:address:{request.META.get('REMOTE_ADDR', '')}"
    return rates.count_use(uses={key: 1}, window_s=WINDOW_S, at=timezone.now())[key]
