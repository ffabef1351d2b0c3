"""How a case hangs together with others: merged into it, parts of it, its parent and children."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils.translation import gettext

from linli.ground.kernel.compiled import Compiled
from linli.ground.people.rules import reach
from linli.ground.people.terms import Action as Right
from linli.ground.people.terms import Member
from linli.spine.cases.models import Case, CasePhoto, Reminder
from linli.spine.cases.queries.scope import within
from linli.spine.cases.queries.words import name_of, shown_title
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.terms import (
    CHANNEL_LABELS,
    ENDS,
    STEP_LABELS,
    Channel,
    PhotoStage,
    Step,
)
from linli.spine.cases.terms.beside import ANYTHING, Beside

_RELATIVES = (Beside.ABOVE, Beside.BELOW, Beside.JOINED)


@dataclass(frozen=True, kw_only=True)
class Relative:
    """A case that hangs together with another; `text` and photos only of one that joined it."""

    id: UUID
    number: str
    title: str
    step: Step
    step_label: str
    is_open: bool
    channel_label: str
    original_number: str
    reported_at: datetime
    due_at: datetime | None
    text: str = ""
    photo_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Family:
    """All that hangs together with one case, as far as the member may see it."""

    main: Relative | None = None
    joined: tuple[Relative, ...] = ()
    parent: Relative | None = None
    children: tuple[Relative, ...] = ()
    split_from: Relative | None = None
    parts: tuple[Relative, ...] = ()

    @property
    def is_alone(self) -> bool:
        """Whether no other case hangs together with it."""
        return self == Family()

    @property
    def open_children(self) -> int:
        """How many children have not ended."""
        return sum(child.is_open for child in self.children)


@dataclass(frozen=True, kw_only=True)
class RemindersOf:
    """How often somebody asked again about a case, by which channels, and when last."""

    count: int
    last_at: datetime
    channels: tuple[tuple[str, int], ...]


def list_group(case_id: UUID) -> list[UUID]:
    """List a main case and all that were merged into it, the one reported first at the head."""
    found, newest = [case_id], [case_id]
    while newest:
        rows = Case.objects.filter(merged_into_id__in=newest)
        newest = list(rows.values_list("id", flat=True))
        found += newest
    rows = Case.objects.filter(id__in=found).order_by("reported_at", "id")
    return list(rows.values_list("id", flat=True))


def list_mains(case: Case) -> list[UUID]:
    """List the cases a case joined, one after the other; the last is where it goes on."""
    found: list[UUID] = []
    above = case.merged_into_id
    while above is not None:
        found.append(above)
        above = Case.objects.values_list("merged_into_id", flat=True).get(id=above)
    return found


def list_parts(case_id: UUID) -> list[tuple[UUID, str]]:
    """List what was split off a case, by id and number."""
    rows = Case.objects.filter(split_from_id=case_id).order_by("reported_at", "id")
    return list(rows.values_list("id", "number"))


def get_family(*, case_id: UUID, member: Member, beside: frozenset[Beside] = ANYTHING) -> Family:
    """Get what hangs together with a case, in a fixed number of statements; none where it is alone.

    What joined it is shown with its words to everybody who may see the case, for it is the same
    matter; parents, children and parts only as far as the member may see them.

    Args:
        beside: what the case has, where that is known.
    """
    if beside.isdisjoint(_RELATIVES):
        return Family()
    main_id, parent_id, origin_id = _ABOVE.rows(case_id=case_id)[0]
    ids = {one for one in (main_id, parent_id, origin_id) if one is not None}
    ids.update(_BELOW.rows(case_id=case_id))
    seen = _seen(ids, member) if ids else []
    joined = _JOINED.rows(case_id=case_id)
    photos = first_photos([one.id for one in joined])
    frozen: dict[UUID | None, Relative] = {one.id: _relative(one) for one in seen}
    return Family(
        main=frozen.get(main_id),
        joined=tuple(_relative(one, photos=photos.get(one.id, ())) for one in joined),
        parent=frozen.get(parent_id),
        children=tuple(frozen[one.id] for one in seen if one.parent_id == case_id),
        split_from=frozen.get(origin_id),
        parts=tuple(frozen[one.id] for one in seen if one.split_from_id == case_id),
    )


def _seen(ids: Iterable[UUID], member: Member) -> list[Case]:
    rows = Case.objects.filter(within(reach(member, Right.CASE_READ)), id__in=ids)
    return list(rows.select_related("category").order_by("reported_at", "id"))


_ABOVE: Compiled[tuple[UUID | None, ...]] = Compiled(
    lambda case_id: Case.objects.filter(id=case_id).values_list(
        "merged_into_id", "parent_id", "split_from_id"
    )
)
_BELOW = Compiled(
    lambda case_id: Case.objects.filter(
        Q(parent_id=case_id) | Q(split_from_id=case_id)
    ).values_list("id", flat=True)
)
_JOINED = Compiled(
    lambda case_id: (
        Case.objects.select_related("category")
        .filter(merged_into_id=case_id)
        .order_by("reported_at", "id")
    )
)


def find_reminders(*, case_id: UUID, beside: frozenset[Beside] = ANYTHING) -> RemindersOf | None:
    """Find how often somebody asked again about a case, or None.

    Args:
        beside: what the case has, where that is known.
    """
    found = _REMINDERS.rows(case_id=case_id) if Beside.REMINDERS in beside else []
    if not found:
        return None
    return RemindersOf(
        count=sum(count for _, count, _ in found),
        last_at=max(last_at for _, _, last_at in found),
        channels=tuple(
            (gettext(CHANNEL_LABELS[Channel(channel)]), count) for channel, count, _ in found
        ),
    )


_REMINDERS = Compiled(
    lambda case_id: (
        Reminder.objects.filter(case_id=case_id)
        .values("channel")
        .annotate(count=Count("id"), last_at=Max("reminded_at"))
        .order_by("-count")
        .values_list("channel", "count", "last_at")
    )
)


def first_photos(ids: list[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """Give the photos that came with the reports of these cases, in one statement."""
    if not ids:
        return {}
    found: dict[UUID, tuple[UUID, ...]] = {}
    for case_id, photo_id in _PHOTOS.rows(ids=ids):
        found[case_id] = (*found.get(case_id, ()), photo_id)
    return found


_PHOTOS = Compiled(
    lambda ids: (
        CasePhoto.objects.filter(case_id__among_ids=ids, stage=PhotoStage.REPORT.value)
        .order_by("id")
        .values_list("case_id", "photo_id")
    )
)


def _relative(case: Case, *, photos: tuple[UUID, ...] | None = None) -> Relative:
    step = Step(case.step)
    return Relative(
        id=case.id,
        number=case.number,
        title=shown_title(case.title, category=name_of(case.category)),
        step=step,
        step_label=gettext(STEP_LABELS[step]),
        is_open=step not in ENDS,
        channel_label=gettext(CHANNEL_LABELS[Channel(case.channel)]),
        original_number=case.original_number,
        reported_at=case.reported_at,
        due_at=case.due_at,
        text=mask_numbers(case.text) if photos is not None else "",
        photo_ids=photos or (),
    )
