"""The phone's page, the same for everybody, and the little it asks of us while there is a line."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from linli.faces.frame.words import in_chinese
from linli.ground.people.middleware import member_of
from linli.ground.people.queries.grid_leaders import list_duty_phones
from linli.ground.people.terms import Member
from linli.ground.territory import queries as territory
from linli.programmes.couriers.queries.couriers import is_confirmed
from linli.programmes.couriers.queries.reports import list_for_couriers

from .files import list_files, read_worker, version_of
from .words import WORDS

LANGUAGES = ("zh-hans", "en")
LONGEST_CODE = 20
COLOUR, PAPER = "#0f766e", "#f6f7f5"


@require_safe
@gzip_page
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """Show the page in the language of the request."""
    return render(request, "field/shell.html", _words())


@require_safe
@gzip_page
@never_cache
def shell(request: HttpRequest, language: str) -> HttpResponse:
    """Give the page in one language, as phones keep it for when there is no line.

    Raises:
        Http404: no such language.
    """
    if language not in LANGUAGES:
        raise Http404
    return _shell(request, language)


def _shell(request: HttpRequest, language: str) -> HttpResponse:
    with translation.override(language):
        return render(request, "field/shell.html", _words())


def _words() -> dict[str, Any]:
    return {
        "page_language": "zh-hans" if in_chinese() else "en",
        "html_lang": "zh-Hans" if in_chinese() else "en",
        "words": {name: _(said) for name, said in WORDS.items()},
        "duty_phone": next(iter(list_duty_phones()), ""),
    }


@require_safe
@gzip_page
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """Give the service worker with the list of what it keeps.

    It changes when a file or the page changes, so that phones notice.

    Raises:
        Http404: when the front end is not built.
    """
    script = read_worker()
    if script is None:
        raise Http404
    pages = [
        {"url": f"/field/shell/{language}", "revision": version_of(_shell(request, language))}
        for language in LANGUAGES
    ]
    kept = json.dumps([*pages, *list_files()])
    return HttpResponse(f"self.__KEPT={kept};\n{script}", content_type="text/javascript")


@require_safe
@never_cache
def manifest(request: HttpRequest) -> HttpResponse:
    """Say how the page is installed on a phone that can."""
    pictures = [
        {
            "src": static(f"field/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    body = {
        "id": "/field/",
        "name": _("邻里 · 随手拍"),
        "short_name": _("邻里"),
        "lang": "zh-Hans" if in_chinese() else "en",
        "start_url": "/field/",
        "scope": "/field/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": COLOUR,
        "icons": pictures,
    }
    return JsonResponse(body, content_type="application/manifest+json")


@require_safe
@never_cache
def who(request: HttpRequest) -> HttpResponse:
    """Say who is signed in on this phone, and the token its own posts need.

    With it come what couriers report, for one whom the community confirmed, and whether the account
    has large type switched on; both are kept on the phone for when there is no line.
    """
    member = member_of(request)
    if member is None:
        return JsonResponse(
            {"account": "", "name": "", "token": "", "courier": None, "large": None}
        )
    return JsonResponse(
        {
            "account": str(member.account_id),
            "name": member.name,
            "token": get_token(request),
            "courier": _kinds() if _is_courier(member) else None,
            "large": request.user.large_type if request.user.is_authenticated else None,
        }
    )


def _is_courier(member: Member) -> bool:
    """Say whether somebody reports as a courier: confirmed, and without a post."""
    return not member.is_staff and is_confirmed(account_id=member.account_id)


def _kinds() -> list[dict[str, str]]:
    """Give what couriers report, the usual first, in both languages: phones switch without us."""
    return [
        {"key": one.key, "zh": one.name, "en": one.name_en or one.name}
        for one in list_for_couriers(on=timezone.now())
    ]


@require_safe
@never_cache
def place(request: HttpRequest) -> HttpResponse:
    """Say where a building is whose notice was scanned (`?at=` its code).

    Raises:
        Http404: no such building.
    """
    code = request.GET.get("at", "")
    is_code = code.isascii() and code.isdigit() and len(code) <= LONGEST_CODE
    found = territory.find_area(code) if is_code else None
    if found is None:
        raise Http404
    name = found.name if in_chinese() or not found.name_en else found.name_en
    answer = {"address": found.address or found.name, "name": name}
    return JsonResponse({**answer, "lon": found.lon, "lat": found.lat})
