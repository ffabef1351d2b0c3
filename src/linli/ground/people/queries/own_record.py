"""What somebody may read and change of the own account."""

from __future__ import annotations

from dataclasses import dataclass

from linli.ground.people.models import Account, Appointment


@dataclass(frozen=True, kw_only=True)
class OwnRecord:
    """Name and phone of the own account; `keeps_name` says that the office keeps the name."""

    name: str
    phone: str
    is_proved: bool
    keeps_name: bool
    may_use_password: bool


def get_own_record(account_id: int) -> OwnRecord:
    """Get the own name and phone.

    Raises:
        Account.DoesNotExist: when there is no such account.
    """
    account = Account.objects.select_related("person").get(id=account_id)
    person = account.person
    return OwnRecord(
        name=person.name if person else account.called,
        phone=account.phone or "",
        is_proved=account.phone is not None and account.phone_proved_at is not None,
        keeps_name=person is not None and Appointment.objects.filter(person=person).exists(),
        may_use_password=account.has_usable_password(),
    )


def find_proved_phone(account_id: int) -> str:
    """Find the phone somebody proved to be theirs, or an empty text."""
    proved = Account.objects.filter(id=account_id, phone_proved_at__isnull=False)
    return proved.values_list("phone", flat=True).first() or ""
