"""Extensions of a case as staff and as its reporter see them."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext

from linli.ground.kernel.queries import list_occurrences
from linli.ground.people.queries import list_account_names
from linli.spine.cases import putting_off_events as events
from linli.spine.cases.models import Case, Extension
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import case_subject
from linli.spine.cases.terms.putting_off import CAUSE_LABELS, Cause, ExtensionView


def list_extensions(*, case_id: UUID) -> list[ExtensionView]:
    """List what was asked for, oldest first; the asker's right to read the case is checked."""
    rows = list(Extension.objects.filter(case_id=case_id).order_by("no"))
    if not rows:
        return []
    ids = {one for row in rows for one in (row.asked_by_id, row.decided_by_id) if one}
    people, words = list_account_names(ids), _words(case_id)
    return [_view(row, people, words) for row in rows]


def extended_why(case: Case) -> str:
    """Say why a case takes longer than promised, in a word; nothing when it does not."""
    if case.promised_at is None or case.handle_due_at in (None, case.promised_at):
        return ""
    granted = Extension.objects.filter(case=case, is_granted=True, until=case.handle_due_at)
    cause = granted.values_list("cause", flat=True).first()
    return gettext(CAUSE_LABELS[Cause(cause)]) if cause else ""


def _view(
    row: Extension, people: dict[int, str], words: dict[tuple[int, bool], str]
) -> ExtensionView:
    return ExtensionView(
        no=row.no,
        cause_label=gettext(CAUSE_LABELS[Cause(row.cause)]),
        words=words.get((row.no, True), ""),
        until=row.until,
        former_due_at=row.former_due_at,
        asked_at=row.asked_at,
        asked_by=people.get(row.asked_by_id or 0, ""),
        needs_leader=row.needs_leader,
        is_granted=row.is_granted,
        decided_at=row.decided_at,
        decided_by=people.get(row.decided_by_id or 0, ""),
        decision=words.get((row.no, False), ""),
    )


def _words(case_id: UUID) -> dict[tuple[int, bool], str]:
    """Give what was written with each, by number: with the asking, and with the decision."""
    found = {}
    for one in list_occurrences(case_subject(case_id)):
        event = one.event
        if isinstance(
            event, (events.ExtensionAsked, events.ExtensionGranted, events.ExtensionRefused)
        ):
            was_asked = isinstance(event, events.ExtensionAsked)
            found[event.extension_no, was_asked] = mask_numbers(one.texts.get("note", ""))
    return found
