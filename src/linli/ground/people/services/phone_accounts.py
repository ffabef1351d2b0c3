"""Accounts of residents by phone: found or opened once the phone is proved, and changed."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import ANONYMOUS, Actor, ActorKind
from linli.ground.people.errors import UnableToOpenAccount, UnableToProve
from linli.ground.people.events import PhoneProved
from linli.ground.people.models import Account
from linli.ground.people.terms import Role

from .accounts import account_subject, make_up_login, open_account


def account_of_phone(*, phone: str, language: str, at: datetime) -> Account:
    """Find the account of a phone just proved, or open one; for the pages of signing in.

    The name it signs in with is made up, so that no log or list shows the phone.
    """
    try:
        with transaction.atomic():
            account_id = _open(phone, language, at)
    except UnableToOpenAccount:
        # Two pages at once: the other one opened it.
        account_id = Account.objects.values_list("id", flat=True).get(phone=phone)
    _note_proof(account_id, at, is_new=False)
    return Account.objects.get(id=account_id)


def change_phone(*, account_id: int, phone: str, at: datetime) -> None:
    """Make a phone just proved the one of the account, and of the person behind it.

    Raises:
        UnableToProve: it is another account's.
    """
    with transaction.atomic():
        account = Account.objects.select_for_update(of=("self",)).get(id=account_id)
        is_new = account.phone != phone
        account.phone, account.phone_proved_at = phone, at
        _save_phone(account)
        if is_new and account.person is not None:
            account.person.phone = phone
            account.person.save(update_fields=["phone"])
        _record(account_id, at, is_new=is_new)


def _open(phone: str, language: str, at: datetime) -> int:
    found = Account.objects.filter(phone=phone).values_list("id", flat=True).first()
    if found is not None:
        return found
    return open_account(
        login=make_up_login(),
        password=None,
        phone=phone,
        language=language,
        actor=ANONYMOUS,
        at=at,
    )


def _note_proof(account_id: int, at: datetime, *, is_new: bool) -> None:
    with transaction.atomic():
        unproved = Account.objects.filter(id=account_id, phone_proved_at=None)
        if unproved.update(phone_proved_at=at):
            _record(account_id, at, is_new=is_new)


def _save_phone(account: Account) -> None:
    try:
        with transaction.atomic():
            account.save(update_fields=["phone", "phone_proved_at"])
    except IntegrityError as error:
        raise UnableToProve("people.phone_of_another", field="phone") from error


def _record(account_id: int, at: datetime, *, is_new: bool) -> None:
    actor = Actor(kind=ActorKind.RESIDENT, account_id=account_id, role=Role.RESIDENT.value)
    record_event(
        PhoneProved(is_new=is_new), subject=account_subject(account_id), actor=actor, at=at
    )
