"""What guards a page behind a secret link: no account, no cookie, no script needed.

The address is the secret. It is told to nobody: no referrer, no index, no cache, no log line of a
refused form. Acts carry a secret made from the address, so cookies play no part in guarding them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from linli.ground.kernel import rates
from linli.ground.kernel.devices import Device, device_of
from linli.ground.people.queries.duty import get_duty_phone
from linli.spine.cases.rules.links import LinkRefused

# The hotline every city answers, where the street has no number of its own.
HOTLINE = "12345"
WINDOW_S = 600
LOOKS_MOST = 240
PHOTOS_MOST = 1200
ACTS_MOST = 40
WRONG_MOST = 20
LANGUAGES = ("zh-hans", "en")
GONE, MISSING = 410, 404

View = Callable[..., HttpResponseBase]


def behind_link(*, street_of: Callable[[str], str], title: str) -> Callable[[View], View]:
    """Open a page by its secret address, in the language asked for; a dead link says so.

    Args:
        street_of: finds the street a link belongs to, by its token; empty for none.
        title: what the page of a dead link says first, a message id.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, token: str, **kwargs: object) -> HttpResponseBase:
            with translation.override(language_of(request)):
                try:
                    answer = view(request, token=token, **kwargs)
                except LinkRefused as refusal:
                    street = "" if refusal.code == "link.unknown" else street_of(token)
                    answer = _dead(request, street, refusal, title=_(title))
            return untold(answer)

        guarded_once: View = csrf_exempt(never_cache(guarded))
        return guarded_once

    return guard


def form_secret(token: str) -> str:
    """Make what a form behind a link must carry, so that only that page can send it."""
    return salted_hmac("linli.handler-link", token).hexdigest()[:32]


def is_own_form(request: HttpRequest, token: str) -> bool:
    """Say whether what was sent comes from the page behind this link."""
    return constant_time_compare(request.POST.get("secret", ""), form_secret(token))


def frame(request: HttpRequest, street_code: str) -> dict[str, str]:
    """Give what every page behind a link shows: the languages and the telephone."""
    language = language_of(request)
    return {
        "html_lang": "en" if language == "en" else "zh-Hans",
        "language": language,
        "other_language": "zh-hans" if language == "en" else "en",
        "phone": (get_duty_phone(street_code) if street_code else "") or HOTLINE,
    }


def language_of(request: HttpRequest) -> str:
    """Give the language a page behind a link is shown in."""
    asked = request.POST.get("language") or request.GET.get("language") or ""
    known = translation.get_language_from_request(request)
    return asked if asked in LANGUAGES else ("en" if known.startswith("en") else "zh-hans")


def device(request: HttpRequest) -> Device:
    """Say from what a page was asked for, and no more than that."""
    return device_of(request.headers.get("User-Agent", ""))


def count(what: str) -> int:
    """Count a use within the window, and say how many there were."""
    key = f"handler-link:{what}"
    return rates.count_use(uses={key: 1}, window_s=WINDOW_S, at=timezone.now())[key]


def gone(
    request: HttpRequest, street_code: str, *, title: str, why: str, status: int = 200
) -> HttpResponse:
    """Say that there is nothing more to do here, and whom to call."""
    words = {**frame(request, street_code), "title": title, "why": why}
    return render(request, "public/handler_gone.html", words, status=status)


def too_often(request: HttpRequest) -> HttpResponse:
    """Say that the address was opened too often."""
    why = _("这个地址在短时间内打开得太多，过十分钟再来。已经提交的都还在。")
    return gone(request, "", title=_("请过一会儿再试"), why=why, status=429)


def untold(answer: HttpResponseBase) -> HttpResponseBase:
    """Let nobody keep the address of an answer: no referrer, no index, no cache, no log line."""
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Cache-Control"] = "no-store, private"
    # A refused form would otherwise write the address, which is the secret, into the log.
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    return answer


def _dead(
    request: HttpRequest, street_code: str, refusal: LinkRefused, *, title: str
) -> HttpResponse:
    unknown = refusal.code == "link.unknown"
    if unknown and count(f"wrong:{request.META.get('REMOTE_ADDR', '')}") > WRONG_MOST:
        return too_often(request)
    status = MISSING if unknown else GONE
    return gone(request, street_code, title=title, why=refusal.words(_), status=status)
