"""Accounts opened, signed in for the demonstration, signed out; their language and type."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.conf import settings
from django.contrib.auth import login as sign_in
from django.contrib.auth import logout
from django.db import IntegrityError, transaction
from django.http import HttpRequest

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Subject
from linli.ground.people.errors import UnableToChooseLanguage, UnableToOpenAccount
from linli.ground.people.events import AccountOpened, LanguageChosen, LargeTypeSwitched
from linli.ground.people.models import Account
from linli.ground.people.models.account import MADE_UP
from linli.ground.people.terms import plain_phone

from .sessions import end_all_sessions

BACKEND = "linli.ground.people.sign_in.LoginOrPhoneBackend"
_CODE_OF_CONSTRAINT = {
    "people_account_login_key": "people.login_taken",
    "people_account_phone_key": "people.phone_taken",
}


def open_account(
    *,
    login: str,
    password: str | None,
    actor: Actor,
    at: datetime,
    person_id: int | None = None,
    phone: str = "",
    language: str = "zh-hans",
) -> int:
    """Open an account and return its id; without a password it can't be signed in to yet.

    Raises:
        UnableToOpenAccount: when the login or the phone has one already, or the phone is none.
    """
    number = plain_phone(phone) if phone else None
    if number == "":
        raise UnableToOpenAccount("people.phone_malformed", field="phone")
    account = Account(login=login, person_id=person_id, phone=number, language=language)
    account.set_password(password)
    with transaction.atomic():
        _insert(account)
        record_event(
            AccountOpened(account_id=account.pk, person_id=person_id),
            subject=account_subject(account.pk),
            actor=actor,
            at=at,
        )
    return account.pk


def _insert(account: Account) -> None:
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""
        if name not in _CODE_OF_CONSTRAINT:
            raise
        code = _CODE_OF_CONSTRAINT[name]
        raise UnableToOpenAccount(code, field=code.split("_")[0].split(".")[1]) from error


def choose_language(*, account_id: int, language: str, actor: Actor, at: datetime) -> None:
    """Set the language somebody is answered in.

    Raises:
        UnableToChooseLanguage: when it is not one of ours.
    """
    if language not in dict(settings.LANGUAGES):
        raise UnableToChooseLanguage("people.unknown_language", field="language")
    with transaction.atomic():
        account = Account.objects.select_for_update().get(id=account_id)
        if account.language == language:
            return
        account.language = language
        account.save(update_fields=["language"])
        record_event(
            LanguageChosen(language=language),
            subject=account_subject(account_id),
            actor=actor,
            at=at,
        )


def switch_large_type(*, account_id: int, is_on: bool, actor: Actor, at: datetime) -> None:
    """Keep with the account whether its pages come in large type, on whatever device."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(id=account_id)
        if account.large_type == is_on:
            return
        account.large_type = is_on
        account.save(update_fields=["large_type"])
        record_event(
            LargeTypeSwitched(is_on=is_on),
            subject=account_subject(account_id),
            actor=actor,
            at=at,
        )


def sign_out_everywhere(*, account_id: int, actor: Actor, at: datetime) -> None:
    """End every session of an account, on every device."""
    end_all_sessions(account_id=account_id, actor=actor, at=at)


def sign_out(request: HttpRequest) -> None:
    """End the session of this request."""
    logout(request)


def act_as_demonstration_account(request: HttpRequest, *, login: str) -> bool:
    """Sign in as one of the demonstration's people without a password; False when there is none.

    Outside the demonstration it never signs anybody in.
    """
    if not settings.DEMONSTRATION:
        return False
    account = Account.objects.filter(login=login, is_demonstration=True, is_active=True).first()
    if account is None:
        return False
    sign_in(request, account, backend=BACKEND)
    return True


def make_up_login() -> str:
    """Make up the login of a resident who came by phone or another service."""
    return f"{MADE_UP}{secrets.token_hex(6)}"


def account_subject(account_id: int) -> Subject:
    """Name an account as the subject of an event."""
    return Subject(kind="people.Account", id=str(account_id))
