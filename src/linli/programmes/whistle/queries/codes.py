"""The code the caller shows on the spot: who types it stands beside the caller.

It is made from the whistle and the time, kept nowhere, and changes every ten minutes; the one
before holds as long again, so that nobody is caught between two.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

from linli.ground.people.terms import Member
from linli.programmes.whistle.queries.facts import may_see, open_file, standing_of
from linli.programmes.whistle.rules.refusals import NoSuchWhistle, WhistleRefused
from linli.programmes.whistle.terms import RUNNING, ArrivalCode, Step

DIGITS = 6
CHANGES_AFTER = timedelta(minutes=10)


def get_code(*, whistle_id: UUID, member: Member, at: datetime) -> ArrivalCode:
    """Get the code of this moment, for the caller's side while the whistle runs.

    Raises:
        NoSuchWhistle: no such whistle, or not for this member.
        WhistleRefused: not the caller's side, or nobody is awaited any more.
    """
    file = open_file(whistle_id)
    if not may_see(file, member):
        raise NoSuchWhistle("whistle.not_found")
    if not standing_of(file, member).is_caller or Step(file.whistle.step) not in RUNNING:
        raise WhistleRefused("whistle.no_code_for_you")
    slot = _slot(at)
    return ArrivalCode(
        code=_code(whistle_id, slot),
        changes_at=datetime.fromtimestamp((slot + 1) * CHANGES_AFTER.total_seconds(), at.tzinfo),
    )


def check_code(whistle_id: UUID, written: str, *, at: datetime) -> None:
    """Refuse a code that is neither the present one nor the one before; for this room only.

    Raises:
        WhistleRefused: when it is wrong or too old.
    """
    plain = "".join(written.split())
    known = (_code(whistle_id, _slot(at) - back) for back in (0, 1))
    if not any(constant_time_compare(plain, one) for one in known):
        raise WhistleRefused("whistle.code_wrong", field="code")


def _slot(at: datetime) -> int:
    return int(at.timestamp() // CHANGES_AFTER.total_seconds())


def _code(whistle_id: UUID, slot: int) -> str:
    digest = salted_hmac("linli.whistle-code", f"{whistle_id} {slot}").digest()
    return f"{int.from_bytes(digest[:8]) % 10**DIGITS:0{DIGITS}d}"
