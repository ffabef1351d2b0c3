"""What is forgotten of somebody who closes the account."""

from __future__ import annotations

from datetime import datetime

from linli.ground.kernel.marking import N_
from linli.ground.people.erasing import Erasure

from .models import Delivery, Notice, Preference, QuietHours

ERASURE = Erasure(goes=N_("您收到的通知、怎样通知您的选择"))


def erase_notices(account_id: int, at: datetime) -> None:
    """Delete what was told to an account and what it chose."""
    for rows in (Delivery.objects, Notice.objects, Preference.objects, QuietHours.objects):
        rows.filter(account_id=account_id).delete()
