"""What a draft would bring: what is wrong with it, and what would route differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.queries import get_calendar
from linli.programmes.keeping.models import Draft
from linli.programmes.keeping.rules.calendar import (
    find_calendar_faults,
    first_changed,
    lay_calendar,
)
from linli.programmes.keeping.rules.merging import (
    is_outdated,
    merge_items,
    successors_of,
    turn_of,
)
from linli.programmes.keeping.rules.refusals import UnableToKeep
from linli.programmes.keeping.terms import DraftState, DraftView, Matter
from linli.spine.cases.queries.reckoning import Reckoning, reckon
from linli.spine.cases.queries.rerouting import (
    Rerouting,
    compare_routes,
    count_open_by_category,
    present_routes,
    with_items,
    with_successors,
)
from linli.spine.cases.queries.responsibilities import list_written_items
from linli.spine.cases.services.renewing import find_turn_faults
from linli.spine.cases.services.responsibilities import find_list_faults

from .drafts import list_entries

LATELY_DAYS = 90
# A calendar sends no case elsewhere.
NOWHERE = Rerouting(open_cases=0, late_cases=0, open_moved=0, late_moved=0, shifts=(), cases=())


@dataclass(frozen=True, kw_only=True)
class DraftFault:
    """Why a draft can't take effect: the category or item it fails at (empty: as a whole)."""

    key: str
    refusal: Refusal


@dataclass(frozen=True, kw_only=True)
class DraftPreview:
    """What a draft would bring.

    Args:
        open_cases: open cases of the categories it changes, by key; each keeps what was promised.
        reckoning: what another calendar would make of clocks; None where it is not about one.
    """

    faults: tuple[DraftFault, ...]
    rerouting: Rerouting
    open_cases: Mapping[str, int]
    reckoning: Reckoning | None = None

    @property
    def can_be_done(self) -> bool:
        """Say whether nothing stands against it."""
        return not self.faults


def foresee(draft: DraftView, *, at: datetime) -> DraftPreview:
    """Work out what a draft would bring; nothing is written.

    Args:
        at: cases reported in the 90 days before count as reported of late.
    """
    if draft.matter is Matter.CALENDAR:
        return _foresee_calendar(draft)
    changed = {one.key for one in draft.changes} if draft.matter is Matter.CATALOGUE else set()
    counted = count_open_by_category() if changed else {}
    return DraftPreview(
        faults=tuple(list_faults(draft)),
        rerouting=_reroute(draft, at),
        open_cases={key: counted.get(key, 0) for key in changed},
    )


def _reroute(draft: DraftView, at: datetime) -> Rerouting:
    before = present_routes(street_code=draft.street_code, on=draft.effective_on)
    if draft.matter is Matter.LIST:
        items = list_written_items(street_code=draft.street_code, on=draft.effective_on)
        after = with_items(before, merge_items(items, draft.changes), version=draft.version)
    else:
        after = with_successors(before, successors_of(draft.changes))
    return compare_routes(
        street_code=draft.street_code,
        before=before,
        after=after,
        since=at - timedelta(days=LATELY_DAYS),
    )


def _foresee_calendar(draft: DraftView) -> DraftPreview:
    faults = tuple(list_faults(draft))
    now = get_calendar(draft.street_code)
    reckoning = None
    if not faults:
        reckoning = reckon(
            street_code=draft.street_code,
            before=now,
            after=lay_calendar(now, draft.changes, on=draft.effective_on),
            since=first_changed(draft.changes, on=draft.effective_on),
            on=draft.effective_on,
        )
    return DraftPreview(faults=faults, rerouting=NOWHERE, open_cases={}, reckoning=reckoning)


def list_faults(draft: DraftView) -> Iterator[DraftFault]:
    """List everything that stands against a draft, each with its place."""
    if not draft.changes:
        yield DraftFault(key="", refusal=UnableToKeep("keeping.nothing_in_it"))
        return
    yield from _outdated(draft)
    yield from _clashing(draft)
    match draft.matter:
        case Matter.LIST:
            yield from _list_faults(draft)
        case Matter.CALENDAR:
            yield from _calendar_faults(draft)
        case Matter.CATALOGUE:
            yield from _turn_faults(draft)


def _outdated(draft: DraftView) -> Iterator[DraftFault]:
    held = list_entries(matter=draft.matter, street_code=draft.street_code, on=draft.lies_on)
    for change in draft.changes:
        entry = held.get(change.key)
        if is_outdated(change, entry[1] if entry else None):
            refusal = UnableToKeep("keeping.not_so_any_more", key=change.key)
            yield DraftFault(key=change.key, refusal=refusal)


def _clashing(draft: DraftView) -> Iterator[DraftFault]:
    """Find approved drafts that wait for their day and change the same."""
    others = Draft.objects.filter(
        matter=draft.matter.value, state=DraftState.APPROVED.value
    ).exclude(id=draft.id)
    if draft.matter is not Matter.CATALOGUE:
        others = others.filter(street_code=draft.street_code)
    keys = {one.key for one in draft.changes}
    for other in others.prefetch_related("changes").order_by("id"):
        if draft.matter is Matter.LIST and other.effective_on == draft.effective_on:
            day = other.effective_on.isoformat()
            refusal = UnableToKeep("keeping.same_day", other=other.title, day=day)
            yield DraftFault(key="", refusal=refusal)
        for key in sorted(keys & {one.key for one in other.changes.all()}):
            refusal = UnableToKeep("keeping.clashes", other=other.title, key=key)
            yield DraftFault(key=key, refusal=refusal)


def _list_faults(draft: DraftView) -> Iterator[DraftFault]:
    items = list_written_items(street_code=draft.street_code, on=draft.effective_on)
    for refusal in find_list_faults(
        street_code=draft.street_code,
        version=draft.version,
        effective_from=draft.effective_on,
        items=merge_items(items, draft.changes),
    ):
        yield DraftFault(key=str(refusal.params.get("item", "")), refusal=refusal)


def _calendar_faults(draft: DraftView) -> Iterator[DraftFault]:
    now = get_calendar(draft.street_code)
    for key, refusal in find_calendar_faults(now, draft.changes, on=draft.effective_on):
        yield DraftFault(key=key, refusal=refusal)


def _turn_faults(draft: DraftView) -> Iterator[DraftFault]:
    turns = [turn_of(one) for one in draft.changes]
    for refusal in find_turn_faults(turns=turns, effective_from=draft.effective_on):
        yield DraftFault(key=refusal.key, refusal=refusal)
