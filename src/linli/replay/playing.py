"""The staff of the scratch instance at work. Imported only once Django is set up."""

from __future__ import annotations

import io
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from PIL import Image

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.photos import store_photo
from linli.ground.people.queries import load_member
from linli.ground.people.terms import Member, Role
from linli.spine.cases.services import carry_out
from linli.spine.cases.terms import ActionInput, ActionName, PhotoRef

from .reading import Row
from .terms import Ground

PICTURE_EDGE_PX = 32
NOTE = "按文件记载的时间回放。"


class Play:
    """Plays one case after another, each act by somebody whose post allows it."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._members: dict[int, Member] = {}
        self._picture = _picture()

    def __call__(self, row: Row) -> str:
        """Play one case as far as the file tells; return the code of a refusal, or nothing."""
        try:
            with transaction.atomic():
                self._take_up(row)
            if row.closed is not None:
                with transaction.atomic():
                    self._finish(row, max(row.closed, row.opened))
        except Refusal as refusal:
            return refusal.code
        return ""

    def _take_up(self, row: Row) -> None:
        lead_id = self._ground.departments[row.department]
        form = ActionInput(lead_id=lead_id, limit=_limit(row))
        self._act(row, ActionName.VERIFY, self._centre(Role.VERIFIER), row.opened)
        self._act(row, ActionName.FILE, self._centre(Role.INTAKE_CLERK), row.opened)
        self._act(row, ActionName.DISPATCH, self._centre(Role.DISPATCHER), row.opened, form)
        self._act(row, ActionName.ACCEPT, self._handler(lead_id), row.opened)

    def _finish(self, row: Row, at: datetime) -> None:
        lead_id = self._ground.departments[row.department]
        self._act(row, ActionName.FEED_BACK, self._handler(lead_id), at, self._evidence(at))
        verifier = self._centre(Role.VERIFIER)
        self._act(row, ActionName.PASS_CHECK, verifier, at, self._evidence(at))
        self._act(row, ActionName.CLOSE, self._centre(Role.INTAKE_CLERK), at)

    def _act(
        self,
        row: Row,
        action: ActionName,
        member: Member,
        at: datetime,
        form: ActionInput | None = None,
    ) -> None:
        given = form or ActionInput()
        carry_out(case_id=row.client_id, action=action, member=member, at=at, form=given)

    def _centre(self, role: Role) -> Member:
        return self._member(self._ground.accounts[role.value])

    def _handler(self, organisation_id: int) -> Member:
        return self._member(self._ground.handlers[organisation_id])

    def _member(self, account_id: int) -> Member:
        if account_id not in self._members:
            self._members[account_id] = load_member(account_id, timezone.now())
        return self._members[account_id]

    def _evidence(self, at: datetime) -> ActionInput:
        stored = store_photo(stream=io.BytesIO(self._picture), uploaded_by_id=None, at=at)
        return ActionInput(note=NOTE, photos=(PhotoRef(id=stored.id, secret=stored.secret),))


def _limit(row: Row) -> Limit | None:
    """Give the promise the file states for this very matter, or None for its category's."""
    return Limit(row.limit_hours, Unit.URGENT_HOURS) if row.limit_hours else None


def _picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (PICTURE_EDGE_PX, PICTURE_EDGE_PX), "#dfe4e2").save(held, "JPEG")
    return held.getvalue()
