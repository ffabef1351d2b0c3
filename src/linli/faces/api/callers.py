"""Who calls: a program with a token, a person signed in on this site, or somebody unknown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.utils import check_csrf

from linli.ground.kernel.terms import ANONYMOUS, Actor
from linli.ground.people import queries as people
from linli.ground.people.terms import Member
from linli.ground.people.tokens import TokenScope, use_token

from .limits import FAILING, Limit, check_rate
from .terms import ApiRefusal

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
EVERYTHING = frozenset(TokenScope)


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who calls and how far; a person on the site has every scope, their posts decide the rest."""

    member: Member | None = None
    scopes: frozenset[TokenScope] = frozenset()

    @property
    def actor(self) -> Actor:
        """The kernel's actor, anonymous when nobody is known."""
        return self.member.actor() if self.member else ANONYMOUS


UNKNOWN = Caller()


class CallingRequest(HttpRequest):
    """A request whose caller is known, as operations get it."""

    auth: Caller


def anyone(limit: Limit, *, scope: TokenScope) -> Callable[[HttpRequest], Caller]:
    """Let everybody in; whoever shows a token needs the scope all the same."""

    def admit(request: HttpRequest) -> Caller:
        caller = _identified(request)
        if caller.member is not None:
            _check_scope(caller, scope)
        _check_rate(limit, request, caller)
        return caller

    return admit


def strangers(limit: Limit) -> Callable[[HttpRequest], Caller]:
    """Let everybody in without asking who: what they may do hangs on a secret in the address."""

    def admit(request: HttpRequest) -> Caller:
        _check_rate(limit, request, UNKNOWN)
        return UNKNOWN

    return admit


def members(limit: Limit, *, scope: TokenScope) -> Callable[[HttpRequest], Caller]:
    """Let in those who are signed in, or show a token with the scope."""

    def admit(request: HttpRequest) -> Caller:
        caller = _identified(request)
        if caller.member is None:
            raise ApiRefusal("api.sign_in_needed")
        _check_scope(caller, scope)
        _check_rate(limit, request, caller)
        return caller

    return admit


def member_of(request: HttpRequest) -> Member:
    """Give the member of a request that `members` let in."""
    member = cast("CallingRequest", request).auth.member
    if member is None:
        raise ApiRefusal("api.sign_in_needed")
    return member


def caller_of(request: HttpRequest) -> Caller:
    """Give the caller of an admitted request."""
    return cast("CallingRequest", request).auth


def _identified(request: HttpRequest) -> Caller:
    stated = request.META.get("HTTP_AUTHORIZATION")
    if stated is not None:
        return _by_token(request, stated, timezone.now())
    member = cast("Member | None", getattr(request, "member", None))
    if member is None:
        return UNKNOWN
    if request.method not in SAFE_METHODS and check_csrf(request) is not None:
        raise ApiRefusal("api.csrf_failed")
    return Caller(member=member, scopes=EVERYTHING)


def _by_token(request: HttpRequest, stated: str, at: datetime) -> Caller:
    kind, _, token = stated.partition(" ")
    found = use_token(token=token.strip(), at=at) if kind.lower() == "bearer" else None
    member = people.find_member(found.account_id, at) if found else None
    if found is None or member is None:
        check_rate(FAILING, address=_address(request), account_id=None, at=at)
        raise ApiRefusal("api.token_unknown")
    return Caller(member=member, scopes=found.scopes)


def _check_scope(caller: Caller, scope: TokenScope) -> None:
    if scope not in caller.scopes:
        raise ApiRefusal("api.scope_missing", scope=scope.value)


def _check_rate(limit: Limit, request: HttpRequest, caller: Caller) -> None:
    account_id = caller.member.account_id if caller.member else None
    check_rate(limit, address=_address(request), account_id=account_id, at=timezone.now())


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
