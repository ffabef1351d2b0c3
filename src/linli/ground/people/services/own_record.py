"""What people change of their own record: their name, and to have it forgotten."""

from __future__ import annotations

import secrets
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import ProtectedError

from linli.ground.kernel.services import record_event
from linli.ground.people import erasing
from linli.ground.people.errors import UnableToClose, UnableToCorrect
from linli.ground.people.events import AccountClosed, OwnNameCorrected
from linli.ground.people.models import Account, ApiToken, Appointment, Person, PhoneCode
from linli.ground.people.queries import member_of_account
from linli.ground.people.terms import Member

from .accounts import account_subject
from .sessions import end_all_sessions

LONGEST_NAME = 40


@transaction.atomic
def correct_own_name(*, name: str, member: Member, at: datetime) -> None:
    """Correct how somebody is called: the person's name, or that of an account without one.

    Raises:
        UnableToCorrect: no name, or the name of somebody who held a post, which the office keeps.
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME or "\x00" in plain:
        raise UnableToCorrect("people.name_needed", field="name")
    account = _lock(member.account_id)
    if account.person is None:
        account.called = plain
        account.save(update_fields=["called"])
    elif Appointment.objects.filter(person=account.person).exists():
        raise UnableToCorrect("people.name_by_office", field="name")
    else:
        account.person.name = plain
        account.person.save(update_fields=["name"])
    subject = account_subject(account.pk)
    record_event(OwnNameCorrected(), subject=subject, actor=member.actor(), at=at)


@transaction.atomic
def close_account(*, member: Member, at: datetime) -> None:
    """Close the own account: every room forgets what it may, the account is emptied for good.

    Its number stays, so that history reads; nobody signs in to it again.

    Raises:
        UnableToClose: while a post is held, and for the accounts of the demonstration.
    """
    account = _lock(member.account_id)
    check_closing(account, at)
    erasing.erase(account.pk, at)
    end_all_sessions(account_id=account.pk, actor=member.actor(), at=at)
    person = account.person
    _empty(account)
    if person is not None:
        _forget_person(person)
    subject = account_subject(account.pk)
    record_event(AccountClosed(), subject=subject, actor=member.actor(), at=at)


def check_closing(account: Account, at: datetime) -> None:
    """Check that an account may be closed now.

    Raises:
        UnableToClose: while a post is held, and for the accounts of the demonstration.
    """
    if account.is_demonstration:
        raise UnableToClose("people.close_demonstration")
    if account.is_staff or account.is_superuser or member_of_account(account, at).is_staff:
        raise UnableToClose("people.close_holds_post")


def _lock(account_id: int) -> Account:
    rows = Account.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(id=account_id, is_active=True)


def _empty(account: Account) -> None:
    Authenticator.objects.filter(user_id=account.pk).delete()
    SocialAccount.objects.filter(user_id=account.pk).delete()
    ApiToken.objects.filter(account=account).delete()
    PhoneCode.objects.filter(phone=account.phone or "").delete()
    account.login = f"closed-{secrets.token_hex(6)}"
    account.phone = account.phone_proved_at = account.person = None
    account.email = account.called = ""
    account.is_active = False
    account.set_unusable_password()
    account.save()


def _forget_person(person: Person) -> None:
    """Delete a person, or empty the record where what they once did must stay readable."""
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError:
        person.phone, person.household, person.wants_contact = "", None, False
        person.save(update_fields=["phone", "household", "wants_contact"])
