"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from linli.ground.kernel.terms import SYSTEM
from linli.ground.people import queries as people
from linli.ground.people import services
from linli.ground.people.rules import PERMISSIONS
from linli.ground.people.terms import Action

LARGE_TYPE_COOKIE = "large_type"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Give the layout its switches: language, large type, the demonstration and its people."""
    return {
        "demonstration": settings.DEMONSTRATION,
        "demonstration_people": SimpleLazyObject(_people),
        "may_see_cases": SimpleLazyObject(lambda: _may(request, Action.CASE_LIST)),
        "may_see_duty": SimpleLazyObject(lambda: _may(request, Action.DUTY_READ)),
        "may_see_kept": SimpleLazyObject(lambda: _may(request, Action.KEEPING_READ)),
        "may_see_territory": SimpleLazyObject(lambda: _may(request, Action.TERRITORY_READ)),
        "large_type": is_large(request),
        "html_lang": "en" if (get_language() or "").startswith("en") else "zh-Hans",
    }


def is_large(request: HttpRequest) -> bool:
    """Say whether pages come in large type: as the account says, else as this device does."""
    said = getattr(getattr(request, "user", None), "large_type", None)
    return request.COOKIES.get(LARGE_TYPE_COOKIE) == "1" if said is None else bool(said)


def take_over_large_type(*, request: HttpRequest, user: Any, **_sent: object) -> None:
    """Keep with the account what this device shows, when nobody has switched it there before."""
    if user.large_type is None and getattr(request, "COOKIES", {}).get(LARGE_TYPE_COOKIE) == "1":
        services.switch_large_type(account_id=user.pk, is_on=True, actor=SYSTEM, at=timezone.now())


def _may(request: HttpRequest, action: Action) -> bool:
    member = getattr(request, "member", None)
    roles = member.roles if member else ()
    return any(action in PERMISSIONS[role] for role in roles)


def _people() -> list[Any]:
    return list(people.list_demonstration_accounts()) if settings.DEMONSTRATION else []
