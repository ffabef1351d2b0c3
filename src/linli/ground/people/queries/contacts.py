"""How an account is reached by the system itself; nobody is shown this."""

from __future__ import annotations

from dataclasses import dataclass, field

from linli.ground.people.models import Account


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Where messages to an account go, and in which language; empty where none is known."""

    phone: str = field(repr=False)
    email: str = field(repr=False)
    language: str


def find_contact(account_id: int) -> Contact | None:
    """Find how an open account is reached, or None when it is closed or gone."""
    rows = Account.objects.filter(id=account_id, is_active=True)
    row = rows.values_list("phone", "person__phone", "email", "language").first()
    if row is None:
        return None
    phone, persons_phone, email, language = row
    return Contact(phone=phone or persons_phone or "", email=email, language=language)
