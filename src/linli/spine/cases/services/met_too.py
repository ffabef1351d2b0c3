"""Somebody says that they met the same, or takes it back: counted once, never shown by whom."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.spine.cases.gathering_events import MetItTakenBack, OtherMetIt
from linli.spine.cases.models import Case, MetToo, Reporter
from linli.spine.cases.queries.around import open_to_all
from linli.spine.cases.queries.met_too import keys_of
from linli.spine.cases.rules.refusals import UnableToMeetToo
from linli.spine.cases.services.noting import note
from linli.spine.cases.terms.around import MetTooCount


@transaction.atomic
def say_met_too(*, case_id: UUID, account_id: int | None, device: str, at: datetime) -> MetTooCount:
    """Note that somebody met the same; saying it again changes nothing.

    Args:
        account_id: who says it, when signed in.
        device: secret of the browser, by which it is known again.

    Raises:
        UnableToMeetToo: it is over, not public, or one's own.
    """
    cases = open_to_all().select_for_update(of=("self",)).filter(id=case_id)
    case = cases.first()
    if case is None:
        raise UnableToMeetToo("cases.met_too_over")
    if account_id is not None and _is_own(case, account_id):
        raise UnableToMeetToo("cases.met_too_own")
    keys = keys_of(account_id, device)
    said = MetToo.objects.filter(case=case, key__in=keys).first()
    if said is None:
        MetToo.objects.create(case=case, key=keys[0], account_id=account_id, said_at=at)
    elif account_id is not None and said.account_id is None:
        # The same browser, signed in meanwhile: it is told from now on and counts no more.
        MetToo.objects.filter(id=said.pk).update(account_id=account_id, key=keys[0])
    count = MetToo.objects.filter(case=case).count()
    if said is None:
        note(case, OtherMetIt(count=count, due_at=case.due_at), at=at)
    return MetTooCount(number=case.number, count=count, is_new=said is None)


@transaction.atomic
def take_back_met_too(
    *, case_id: UUID, account_id: int | None, device: str, at: datetime
) -> MetTooCount:
    """Take back that one met the same, also when it is over: one is told nothing more of it.

    Args:
        account_id: who takes it back, when signed in.
        device: secret of the browser; empty where it has none.

    Raises:
        UnableToMeetToo: neither this account nor this browser said so.
    """
    case = Case.objects.select_for_update().filter(id=case_id).first()
    said = MetToo.objects.filter(case_id=case_id, key__in=keys_of(account_id, device))
    if case is None or not said.exists():
        raise UnableToMeetToo("cases.met_too_not_said")
    said.delete()
    count = MetToo.objects.filter(case=case).count()
    note(case, MetItTakenBack(count=count, due_at=case.due_at), at=at)
    return MetTooCount(number=case.number, count=count, is_new=False)


def forget_account(account_id: int) -> None:
    """Let the counts stand without the account, for whoever closes it."""
    for row in MetToo.objects.filter(account_id=account_id):
        row.account_id, row.key = None, secrets.token_bytes(32)
        row.save(update_fields=["account", "key"])


def _is_own(case: Case, account_id: int) -> bool:
    return Reporter.objects.filter(case=case, account_id=account_id).exists()
