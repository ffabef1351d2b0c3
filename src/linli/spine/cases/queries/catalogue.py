"""Reads of the catalogue, kept in memory until it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import count
from uuid import UUID

from linli.ground.kernel.changes import announce
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.fresh import Fresh
from linli.ground.kernel.marking import N_
from linli.spine.cases.catalogue_terms import Audience, CategoryKind, CategoryView, CheckedBy
from linli.spine.cases.models import CatalogueVersion, Category

CATALOGUE = "catalogue"
# Lists of so many days, for staff and the public.
MOST_KEPT = 16
_serials = count(1)


class UnknownCategory(Refusal):
    """The key names no category in force."""


@dataclass(frozen=True, eq=False)
class _Snapshot:
    token: UUID | None
    versions: Mapping[str, tuple[CategoryView, ...]]
    by_id: Mapping[int, CategoryView]
    serial: int = field(default_factory=lambda: next(_serials))


def get_category(key: str, *, on: date | None = None) -> CategoryView:
    """Get one category by its key, e.g. `matter:06012`.

    Args:
        on: day whose version is wanted; without it the newest.

    Raises:
        UnknownCategory: when no version is in force.
    """
    found = find_category(key, on=on)
    if found is None:
        raise UnknownCategory(
            "catalogue.unknown",
            N_("目录中没有类别 %(key)s。"),
            field="category",
            key=key.replace("\x00", "␀")[:90],
        )
    return found


def find_category(key: str, *, on: date | None = None) -> CategoryView | None:
    """Find one category by its key, or None; `on` as in `get_category`."""
    return _in_force(_catalogue.get().versions.get(key, ()), on)


def list_category_versions(key: str) -> tuple[CategoryView, ...]:
    """List every version of one category, the newest first; empty when there never was one."""
    return _catalogue.get().versions.get(key, ())


def list_category_days() -> list[date]:
    """List the days from which some category had a new version or ended, the latest first."""
    views = _catalogue.get().by_id.values()
    ends = {one.effective_to for one in views if one.effective_to}
    return sorted({one.effective_from for one in views} | ends, reverse=True)


def follow_successors(key: str, *, on: date) -> str:
    """Give the key that stands for a category on a day: its own, or a successor's once it ended."""
    seen: set[str] = set()
    while key not in seen:
        seen.add(key)
        newest = find_category(key)
        if newest is None or newest.effective_to is None or on < newest.effective_to:
            return key
        key = newest.successor_key or key
    return key


def get_category_by_id(category_id: int) -> CategoryView:
    """Get the version of a category a case points to.

    Raises:
        UnknownCategory: when there is no such row.
    """
    found = find_category_by_id(category_id)
    if found is None:
        raise UnknownCategory("catalogue.unknown", N_("目录中没有类别 %(key)s。"), key=category_id)
    return found


def find_category_by_id(category_id: int) -> CategoryView | None:
    """Find the version of a category a case points to, or None."""
    return _catalogue.get().by_id.get(category_id)


def list_categories(
    *, audience: Audience = Audience.STAFF, on: date | None = None
) -> list[CategoryView]:
    """List the categories in force, in the order of the catalogue.

    The public chooses among matters and local extensions; components are an inventory of things
    and are offered to staff only.
    """
    return list(_list_in_force(_catalogue.get(), audience, on))


@lru_cache(maxsize=MOST_KEPT)
def _list_in_force(
    known: _Snapshot, audience: Audience, on: date | None
) -> tuple[CategoryView, ...]:
    found = (_in_force(versions, on) for versions in known.versions.values())
    return tuple(
        one
        for one in found
        if one
        and (audience == Audience.STAFF or one.kind != CategoryKind.COMPONENT)
        and (on is not None or one.effective_to is None)
    )


def search_categories(
    *,
    text: str,
    audience: Audience = Audience.STAFF,
    on: date | None = None,
    limit: int = 20,
) -> list[CategoryView]:
    """Find categories by Chinese words, English words, code or pinyin initials, best first.

    Args:
        text: what was typed; several words must all fit.
        limit: how many at most.
    """
    words = text.casefold().split()
    if not words:
        return []
    scored = (
        (sum(scores), position, one)
        for position, (one, written) in enumerate(_list_written(_catalogue.get(), audience, on))
        if all(word in written for word in words)
        and all(scores := [_score(one, word) for word in words])
    )
    best = sorted(scored, key=lambda row: (-row[0], row[1]))
    return [one for _score_, _position, one in best[:limit]]


@lru_cache(maxsize=MOST_KEPT)
def _list_written(
    known: _Snapshot, audience: Audience, on: date | None
) -> tuple[tuple[CategoryView, str], ...]:
    """Pair each category with all it may be found by, to pass over most of them at one look."""
    return tuple(
        (
            one,
            f"{one.code}\n{one.key}\n{one.name}\n{one.aliases}\n{one.name_en}".casefold()
            + f"\n{one.code}\n{one.initials}",
        )
        for one in _list_in_force(known, audience, on)
    )


def category_view(row: Category) -> CategoryView:
    """Freeze one row for use outside."""
    fields = {name: getattr(row, name) for name in CategoryView.__dataclass_fields__}
    return CategoryView(
        **fields | {"kind": CategoryKind(row.kind), "checked_by": CheckedBy(row.checked_by)}
    )


def _score(one: CategoryView, word: str) -> int:
    name = one.name.casefold()
    tests = (
        (word in (one.code.casefold(), one.key.casefold()), 8),
        (name.startswith(word), 7),
        (word in name, 6),
        (word in one.aliases.casefold(), 5),
        (one.initials.startswith(word), 4),
        (word in one.name_en.casefold(), 3),
        (len(word) > 1 and word in one.initials, 2),
        (one.code.startswith(word), 1),
    )
    return next((score for fits, score in tests if fits), 0)


def _in_force(versions: Iterable[CategoryView], on: date | None) -> CategoryView | None:
    for one in versions:
        if on is None or (
            one.effective_from <= on and (one.effective_to is None or on < one.effective_to)
        ):
            return one
    return None


def catalogue_token() -> UUID | None:
    """Give the token that changes with catalogue and lists."""
    return _catalogue.get().token


def catalogue_serial() -> int:
    """Number the catalogue this process works with; what is made of it may be kept by that."""
    return _catalogue.get().serial


def announce_catalogue() -> None:
    """Let every process read catalogue and lists again; their token has changed."""
    announce(CATALOGUE)


def read_token() -> UUID | None:
    """Read the token, of which catalogue and lists in memory are versions."""
    return CatalogueVersion.objects.values_list("token", flat=True).first()


def _load() -> _Snapshot:
    token = read_token()
    versions: dict[str, list[CategoryView]] = defaultdict(list)
    rows = Category.objects.order_by("major_code", "code", "kind", "-effective_from")
    by_id = {row.pk: category_view(row) for row in rows}
    for view in by_id.values():
        versions[view.key].append(view)
    return _Snapshot(
        token=token, versions={key: tuple(held) for key, held in versions.items()}, by_id=by_id
    )


_catalogue = Fresh(CATALOGUE, _load, version=read_token)
