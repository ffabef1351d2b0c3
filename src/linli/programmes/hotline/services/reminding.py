"""A call about an earlier matter: joined to it as a reminder."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from linli.ground.people.terms import Member
from linli.spine.cases.services.acting import carry_out
from linli.spine.cases.terms import ActionInput, ActionName


def remind(*, case_id: UUID, note: str, member: Member, at: datetime) -> None:
    """Join what the caller says to an open case.

    Raises:
        NoSuchCase, ActionRefused: as the case says.
    """
    said = gettext("来电催办：%(note)s") % {"note": note} if note else gettext("来电催办。")
    form = ActionInput(note=said)
    carry_out(case_id=case_id, action=ActionName.COMMENT, member=member, at=at, form=form)
