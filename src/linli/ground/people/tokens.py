"""API tokens: minted for an account and a purpose, shown once, hashed, ended at any time."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from django.db.models import Q

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.ids import code_digest
from linli.ground.kernel.marking import N_

from .models import Account, ApiToken

PREFIX = "linli_"


class TokenScope(StrEnum):
    """What a program may do with a token, within what the account may."""

    REPORT = "report"
    READ = "read"
    ACT = "act"


class UnableToMintToken(Refusal):
    """The token can't be made as asked."""

    messages: ClassVar = {
        "people.token_needs_account": N_("没有这个账号，或账号已停用。"),
        "people.token_needs_name": N_("请写明令牌给哪个程序使用。"),
        "people.token_needs_scope": N_("请至少选择一种权限范围：report、read、act。"),
        "people.token_already_over": N_("令牌的到期时间必须晚于现在。"),
    }


@dataclass(frozen=True, kw_only=True)
class TokenCaller:
    """Whom a presented token speaks for, and how far."""

    token_id: int
    account_id: int
    scopes: frozenset[TokenScope]


def mint_token(
    *,
    account_id: int,
    name: str,
    scopes: Collection[TokenScope],
    expires_at: datetime,
    at: datetime,
) -> str:
    """Make a token and return it; it can't be read again.

    Args:
        name: the program it is for.
        expires_at: aware instant after which it is refused.
        at: aware instant of the act, from the edge.

    Raises:
        UnableToMintToken: without an open account, a name, a scope, or with a past end.
    """
    _check_request(account_id, name, scopes, expires_at, at)
    token = PREFIX + secrets.token_hex(32)
    ApiToken.objects.create(
        account_id=account_id,
        name=name,
        digest=code_digest(token),
        scopes=sorted(scope.value for scope in scopes),
        created_at=at,
        expires_at=expires_at,
    )
    return token


def _check_request(
    account_id: int, name: str, scopes: Collection[TokenScope], expires_at: datetime, at: datetime
) -> None:
    if not Account.objects.filter(id=account_id, is_active=True).exists():
        raise UnableToMintToken("people.token_needs_account", field="account")
    if not name.strip():
        raise UnableToMintToken("people.token_needs_name", field="name")
    if not scopes:
        raise UnableToMintToken("people.token_needs_scope", field="scopes")
    if expires_at <= at:
        raise UnableToMintToken("people.token_already_over", field="expires_at")


def revoke_token(*, token_id: int, at: datetime) -> None:
    """End a token now; the first end stands."""
    ApiToken.objects.filter(id=token_id, revoked_at=None).update(revoked_at=at)


def use_token(*, token: str, at: datetime) -> TokenCaller | None:
    """Tell whom a presented token speaks for, or None when it is unknown, over or revoked.

    The day of use is noted, once a day, so that forgotten tokens can be found.
    """
    row = ApiToken.objects.filter(digest=code_digest(token), account__is_active=True).first()
    if row is None or row.revoked_at is not None or at >= row.expires_at:
        return None
    _note_use(row, at)
    return TokenCaller(
        token_id=row.pk,
        account_id=row.account_id,
        scopes=frozenset(TokenScope(scope) for scope in row.scopes),
    )


def _note_use(row: ApiToken, at: datetime) -> None:
    today = at.date()
    if row.last_used_on is None or row.last_used_on < today:
        earlier = Q(last_used_on=None) | Q(last_used_on__lt=today)
        ApiToken.objects.filter(earlier, id=row.pk).update(last_used_on=today)
