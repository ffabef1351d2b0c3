"""Sessions put on record, noted as used, and ended one by one or by the keeper of accounts."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Subject
from linli.ground.people.errors import NotPermitted, UnableToEndSession
from linli.ground.people.events import SessionEnded, SignedOutEverywhere
from linli.ground.people.models import Account, SignIn
from linli.ground.people.rules import find_role
from linli.ground.people.terms import Action, Member, Target
from linli.ground.people.terms.sessions import device_code

NOTED_EVERY = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=60)
SHORTEST_REASON_CHARACTERS = 4
_ID, _NOTED = "people_sign_in", "people_used_at"


def note_sign_in(*, request: HttpRequest, user: AbstractBaseUser, **_sent: object) -> None:
    """Put a session on record when somebody has signed in; long gone ones are forgotten."""
    key = getattr(getattr(request, "session", None), "session_key", None)
    if key is None:
        return
    now = timezone.now()
    SignIn.objects.filter(account_id=user.pk or 0, used_at__lt=now - FORGOTTEN_AFTER).delete()
    device = device_code(request.META.get("HTTP_USER_AGENT", ""))
    row, _made = SignIn.objects.update_or_create(
        session_key=key,
        defaults={"account_id": user.pk, "device": device, "began_at": now, "used_at": now},
    )
    request.session[_ID], request.session[_NOTED] = row.pk, now.isoformat()


def note_use(request: HttpRequest) -> None:
    """Note now and then that a session is used; nothing is written in between."""
    session = request.session
    noted = parse_datetime(session.get(_NOTED) or "")
    now = timezone.now()
    if _ID not in session or (noted is not None and now - noted < NOTED_EVERY):
        return
    rows = SignIn.objects.filter(id=session[_ID], account_id=request.user.pk or 0)
    rows.update(used_at=now, session_key=session.session_key)
    session[_NOTED] = now.isoformat()


def end_session(*, sign_in_id: int, account_id: int, actor: Actor, at: datetime) -> None:
    """End one session of an account.

    Raises:
        UnableToEndSession: when it is not there any more, or another's.
    """
    with transaction.atomic():
        rows = SignIn.objects.select_for_update()
        row = rows.filter(id=sign_in_id, account_id=account_id).first()
        if row is None:
            raise UnableToEndSession("people.no_session")
        _forget(row)
        subject = Subject(kind="people.Account", id=str(account_id))
        record_event(SessionEnded(device=row.device), subject=subject, actor=actor, at=at)


def sign_out_person(
    *, account_id: int, street_code: str, reason: str, member: Member, at: datetime
) -> None:
    """Let the keeper of accounts end all sessions of somebody, saying why.

    Args:
        street_code: where the person holds a post.

    Raises:
        NotPermitted: for whom accounts are not theirs to keep.
        UnableToEndSession: without a reason.
    """
    target = Target(street_code=street_code, area_code=street_code, is_complaint=False)
    role = find_role(member, Action.ACCOUNT_KEEP, target)
    if role is None:
        raise NotPermitted
    if len(reason.strip()) < SHORTEST_REASON_CHARACTERS:
        raise UnableToEndSession("people.sign_out_reason", field="reason")
    end_all_sessions(
        account_id=account_id, actor=member.actor(role=role), at=at, reason=reason.strip()
    )


def end_all_sessions(*, account_id: int, actor: Actor, at: datetime, reason: str = "") -> None:
    """End every session of an account, on every device."""
    with transaction.atomic():
        Account.objects.filter(id=account_id).update(session_round=F("session_round") + 1)
        for row in SignIn.objects.filter(account_id=account_id):
            _forget(row)
        subject = Subject(kind="people.Account", id=str(account_id))
        texts = {"reason": reason}
        record_event(SignedOutEverywhere(), subject=subject, actor=actor, at=at, texts=texts)


def _forget(row: SignIn) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    store(row.session_key).delete()
    row.delete()
