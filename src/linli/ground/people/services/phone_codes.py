"""Codes to phones: asked for, sent, and shown to be right; alike for every number."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.rates import count_use
from linli.ground.people.code_sending import codes_go, find_sender
from linli.ground.people.errors import UnableToProve, UnableToSendCode
from linli.ground.people.models import PhoneCode
from linli.ground.people.terms import mobile_phone
from linli.ground.people.terms.codes import (
    CODE_DIGITS,
    MOST_TRIES,
    VALID_FOR,
    CodePurpose,
    CodesGo,
    SentCode,
)

MINUTE_S, HOUR_S = 60, 3600
# A family shares a phone, a whole quarter the address of its network, and an SMS costs money.
PER_PHONE_A_MINUTE, PER_PHONE_AN_HOUR = 1, 5
PER_ADDRESS_AN_HOUR, ALL_AN_HOUR = 60, 2000
TRIES_PER_PHONE_AN_HOUR, TRIES_PER_ADDRESS_AN_HOUR = 20, 200
FORGOTTEN_AFTER = timedelta(days=1)


def send_code(
    *,
    phone: str,
    purpose: CodePurpose,
    address: str,
    at: datetime,
    account_id: int | None = None,
) -> SentCode:
    """Send a code to a phone; nothing in the answer tells whether the phone is known here.

    Args:
        phone: as it was typed.
        address: of the network that asks, for the rates.
        account_id: who changes their phone.

    Raises:
        UnableToSendCode: no mobile number, too soon, too often, or the gateway did not take it.
    """
    number = mobile_phone(phone)
    if not number:
        raise UnableToSendCode("people.mobile_malformed", field="phone")
    sender = find_sender()
    if sender is None or codes_go() is CodesGo.NOWHERE:
        raise UnableToSendCode("people.codes_off")
    _count_sending(number, address, at)
    code, code_id = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}", new_id()
    PhoneCode.objects.create(
        id=code_id,
        phone=number,
        purpose=purpose.value,
        account_id=account_id,
        digest=_digest(code_id, code),
        asked_at=at,
        expires_at=at + VALID_FOR,
    )
    minutes = int(VALID_FOR.total_seconds() // MINUTE_S)
    sender.send(phone=number, code=code, minutes=minutes, key=code_id)
    return SentCode(id=code_id, phone=number, shown=code if settings.DEMONSTRATION else "")


def prove_phone(
    *,
    code_id: UUID,
    code: str,
    purpose: CodePurpose,
    address: str,
    at: datetime,
    account_id: int | None = None,
) -> str:
    """Take a code back and give the phone it proves; it serves once.

    Every try is counted before it is judged, outside the caller's changes, so that a refusal
    takes none back.

    Raises:
        UnableToProve: wrong, used, expired, or tried too often.
    """
    row = PhoneCode.objects.filter(id=code_id, purpose=purpose.value).first()
    if row is None or row.account_id != account_id:
        raise UnableToProve("people.code_over", field="code")
    _count_trying(row.phone, address, at)
    still = PhoneCode.objects.filter(id=row.pk, used_at=None, expires_at__gt=at)
    if not still.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise UnableToProve("people.code_over", field="code")
    typed = "".join(sign for sign in code if sign.isdecimal())
    if not hmac.compare_digest(bytes(row.digest), _digest(row.pk, typed)):
        raise UnableToProve("people.wrong_code", field="code")
    if not still.update(used_at=at):
        raise UnableToProve("people.code_over", field="code")
    return row.phone


def forget_codes(*, at: datetime) -> int:
    """Delete the codes of a day ago and before, and say how many."""
    gone, _kinds = PhoneCode.objects.filter(expires_at__lt=at - FORGOTTEN_AFTER).delete()
    return gone


def _count_sending(phone: str, address: str, at: datetime) -> None:
    if _is_over({f"code:phone:{phone}": PER_PHONE_A_MINUTE}, MINUTE_S, at):
        raise UnableToSendCode("people.code_too_soon", field="phone")
    most = {
        f"code:phone-hour:{phone}": PER_PHONE_AN_HOUR,
        f"code:address:{address}": PER_ADDRESS_AN_HOUR,
        "code:all": ALL_AN_HOUR,
    }
    if _is_over(most, HOUR_S, at):
        raise UnableToSendCode("people.code_too_often", field="phone")


def _count_trying(phone: str, address: str, at: datetime) -> None:
    most = {
        f"code:tries:{phone}": TRIES_PER_PHONE_AN_HOUR,
        f"code:tries-address:{address}": TRIES_PER_ADDRESS_AN_HOUR,
    }
    if _is_over(most, HOUR_S, at):
        raise UnableToProve("people.tries_too_often", field="code")


def _is_over(most: Mapping[str, int], window_s: int, at: datetime) -> bool:
    taken = count_use(uses=dict.fromkeys(most, 1), window_s=window_s, at=at)
    return any(taken[key] > limit for key, limit in most.items())


def _digest(code_id: UUID, code: str) -> bytes:
    said = b"phone-code:" + code_id.bytes + code.encode()
    return hmac.digest(settings.SECRET_KEY.encode(), said, "sha256")
