"""Who comes to the desk: members with a post; others are told the way in and who may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render

from linli.ground.people.rules import PERMISSIONS
from linli.ground.people.terms import Action, Member, Role

from .typed import keep_typed

P = ParamSpec("P")
StaffView = Callable[Concatenate[HttpRequest, Member, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
_RIGHTS: dict[str, tuple[Action, ...]] = {}


def member_of(request: HttpRequest) -> Member | None:
    """Find who is asking, or None for a stranger (the middleware's lazy member is then empty)."""
    return getattr(request, "member", None) or None


def holds_post_for(member: Member, action: Action) -> bool:
    """Tell whether one of the member's posts, not merely their account, gives this right."""
    return any(action in PERMISSIONS[role] for role in member.roles)


def staff_page(action: Action, *others: Action) -> Callable[[StaffView[P]], View[P]]:
    """Open a page to members who may do `action` or one of the others; the view gets the member.

    Which case or area a member reaches is decided by the room that is asked.
    """

    def guard(view: StaffView[P]) -> View[P]:
        note_rights(view, action, *others)

        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            member = member_of(request)
            if member is None:
                return ask_to_sign_in(request)
            if not any(holds_post_for(member, one) for one in (action, *others)):
                return refuse_by_action(request, action)
            return view(request, member, *args, **kwargs)

        return guarded

    return guard


def note_rights(view: Callable[..., object], *actions: Action) -> None:
    """Note that a page opens to those who may do any of these, for `rights_for`."""
    _RIGHTS[_name_of(view)] = actions


def rights_for(view: Callable[..., object]) -> tuple[Action, ...]:
    """List the rights of which one opens a page; none for a page that no right opens."""
    return _RIGHTS.get(_name_of(view), ())


def _name_of(view: Callable[..., object]) -> str:
    return f"{view.__module__}.{view.__qualname__}"


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page and back; what a form had typed is kept in the session."""
    back = keep_typed(request) if request.method == "POST" else request.get_full_path()
    address = f"{settings.LOGIN_URL}?{urlencode({'next': back})}"
    if request.headers.get("HX-Request"):
        answer = HttpResponse()
        answer["HX-Redirect"] = address
        return answer
    return HttpResponseRedirect(address)


def refuse_by_action(request: HttpRequest, action: Action, *, why: str = "") -> HttpResponse:
    """Say no, which posts may, and where else to go.

    Args:
        why: a translated sentence when there is more to say than the post.
    """
    member = member_of(request)
    words = {
        "page_kind": "desk",
        "action": action.label,
        "roles": list_roles_who_may(action),
        "why": why,
        "may_work": member is not None
        and any(holds_post_for(member, one) for one in (Action.CASE_LIST, Action.KEEPING_READ)),
        "may_export": member is not None and holds_post_for(member, Action.LIST_EXPORT),
        "may_read_admin": member is not None and holds_post_for(member, Action.ADMIN_READ),
    }
    return render(request, "desk/refused.html", words, status=403)


def list_roles_who_may(action: Action) -> list[str]:
    """List the labels (msgids) of the posts that may do `action` somewhere."""
    return [
        role.label for role in Role if role is not Role.RESIDENT and action in PERMISSIONS[role]
    ]
