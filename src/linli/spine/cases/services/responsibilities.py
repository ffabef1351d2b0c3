"""Publish a version of a sub-district's list of responsibilities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_
from linli.ground.kernel.services import record_event
from linli.ground.kernel.terms import Actor, Subject
from linli.ground.people.queries import list_organisations
from linli.ground.territory.queries import find_area
from linli.ground.territory.terms import AreaView, prefix_of
from linli.spine.cases.catalogue_events import ListPublished
from linli.spine.cases.catalogue_terms import CategoryView, NewItem, ResponsibilityKind
from linli.spine.cases.models import Responsibility, ResponsibilityList
from linli.spine.cases.queries.catalogue import list_categories
from linli.spine.cases.services.catalogue import touch_catalogue


class UnableToPublishList(Refusal):
    """The list can't be published; `faults` holds every reason found, this one being the first."""

    def __init__(self, faults: Sequence[Refusal]) -> None:
        first = faults[0]
        super().__init__(first.code, first.message, field=first.field, **first.params)
        self.faults = tuple(faults)


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What items may name: organisations, categories and areas by their codes and keys."""

    organisations: Mapping[str, int]
    categories: Mapping[str, CategoryView]
    majors: frozenset[str]
    areas: Mapping[str, AreaView | None]
    street: AreaView


@transaction.atomic
def publish_list(
    *,
    street_code: str,
    version: str,
    effective_from: date,
    items: Sequence[NewItem],
    actor: Actor,
    at: datetime,
    basis: str = "",
) -> int:
    """Publish a version of a sub-district's list; the version before ends the day this begins.

    Args:
        street_code: 12-digit code of the sub-district.
        version: name people cite, e.g. `2026-1`.
        effective_from: first day it routes by.

    Returns:
        The id of the list.

    Raises:
        UnableToPublishList: when anything in it could not be evaluated; nothing is saved then.
    """
    open_list = _open_list(street_code)
    faults = find_list_faults(
        street_code=street_code, version=version, effective_from=effective_from, items=items
    )
    street = find_area(street_code, on=effective_from)
    if street is None or faults:
        raise UnableToPublishList(faults)
    known = _load_known(street, items, effective_from)
    if open_list is not None:
        open_list.effective_to = effective_from
        open_list.save(update_fields=["effective_to"])
    row = ResponsibilityList.objects.create(
        version=version, street_id=street.id, effective_from=effective_from, basis=basis
    )
    _save_items(row, items, known)
    record_event(
        ListPublished(
            version=version, street_id=street.id, effective_from=effective_from, items=len(items)
        ),
        subject=Subject(kind="cases.ResponsibilityList", id=str(row.pk)),
        actor=actor,
        at=at,
    )
    touch_catalogue(at=at)
    return row.pk


def find_list_faults(
    *, street_code: str, version: str, effective_from: date, items: Sequence[NewItem]
) -> list[Refusal]:
    """Find everything in a list that could not be evaluated; a fault of an item names its number.

    Args:
        version: name people would cite.
        effective_from: first day it would route by.
    """
    street = find_area(street_code, on=effective_from)
    if street is None:
        return [_no_street(street_code)]
    known = _load_known(street, items, effective_from)
    newest = ResponsibilityList.objects.filter(street__code=street_code, effective_to=None).first()
    faults = [*_list_faults(street_code, version, effective_from, newest, items)]
    return faults + [fault for item in items for fault in _item_faults(item, known)]


def _open_list(street_code: str) -> ResponsibilityList | None:
    return (
        ResponsibilityList.objects.select_for_update(of=("self",))
        .filter(street__code=street_code, effective_to=None)
        .first()
    )


def _load_known(street: AreaView, items: Sequence[NewItem], on: date) -> _Known:
    categories = {one.key: one for one in list_categories(on=on)}
    return _Known(
        organisations={one.code: one.id for one in list_organisations()},
        categories=categories,
        majors=frozenset(one.major_key for one in categories.values()),
        areas={item.area: find_area(item.area, on=on) for item in items if item.area},
        street=street,
    )


def _save_items(row: ResponsibilityList, items: Sequence[NewItem], known: _Known) -> None:
    saved = Responsibility.objects.bulk_create(_item_row(row, item, known) for item in items)
    helpers, covers = Responsibility.helpers.through, Responsibility.categories.through
    helpers.objects.bulk_create(
        helpers(responsibility_id=one.pk, organisation_id=known.organisations[code])
        for one, item in zip(saved, items, strict=True)
        for code in dict.fromkeys(item.helpers)
    )
    covers.objects.bulk_create(
        covers(responsibility_id=one.pk, category_id=known.categories[key].id)
        for one, item in zip(saved, items, strict=True)
        for key in dict.fromkeys(item.categories)
    )


def _item_row(row: ResponsibilityList, item: NewItem, known: _Known) -> Responsibility:
    area = known.areas.get(item.area)
    return Responsibility(
        list=row,
        item_no=item.item_no,
        kind=item.kind,
        title=item.title,
        title_en=item.title_en,
        lead_id=known.organisations[item.lead],
        basis=item.basis,
        basis_en=item.basis_en,
        majors=list(item.majors),
        area_id=area.id if area else None,
        parent_no=item.parent_no,
    )


def _no_street(code: str) -> Refusal:
    return Refusal(
        "responsibilities.unknown_street",
        N_("辖区中没有代码为 %(area)s 的街道，清单未保存。"),
        field="street",
        area=code,
    )


def _list_faults(
    street_code: str,
    version: str,
    effective_from: date,
    open_list: ResponsibilityList | None,
    items: Sequence[NewItem],
) -> Iterator[Refusal]:
    taken = ResponsibilityList.objects.filter(street__code=street_code, version=version).exists()
    if not version.strip() or taken:
        yield Refusal(
            "responsibilities.version_taken",
            N_("清单版本“%(version)s”为空或已经发布过。"),
            field="version",
            version=version,
        )
    if open_list is not None and effective_from <= open_list.effective_from:
        yield Refusal(
            "responsibilities.not_after_last",
            N_("新清单须晚于现行清单 %(version)s 的生效日 %(since)s 生效。"),
            field="effective_from",
            version=open_list.version,
            since=open_list.effective_from.isoformat(),
        )
    if not items:
        yield Refusal("responsibilities.empty", N_("清单没有任何条目。"), field="items")
    for number, times in Counter(item.item_no for item in items).items():
        if times > 1:
            yield Refusal(
                "responsibilities.number_twice",
                N_("第 %(item)s 项出现了 %(times)s 次。"),
                field="item_no",
                item=number,
                times=times,
            )


def _item_faults(item: NewItem, known: _Known) -> Iterator[Refusal]:
    yield from _form_faults(item)
    yield from _organisation_faults(item, known)
    for key in (*item.categories, *item.majors):
        if key not in known.categories and key not in known.majors:
            yield _fault(
                item, "unknown_category", N_("第 %(item)s 项：目录中没有类别 %(key)s。"), key=key
            )
    if item.area:
        yield from _area_faults(item, known)


def _form_faults(item: NewItem) -> Iterator[Refusal]:
    if item.item_no < 1 or not item.title.strip():
        yield _fault(item, "no_title", N_("第 %(item)s 项：项号须为正整数，且须有名称。"))
    if item.kind not in {kind.value for kind in ResponsibilityKind}:
        yield _fault(
            item, "unknown_kind", N_("第 %(item)s 项：职责类型“%(kind)s”无法识别。"), kind=item.kind
        )
    if not item.categories and not item.majors:
        yield _fault(item, "covers_nothing", N_("第 %(item)s 项：没有写明负责哪些类别。"))


def _organisation_faults(item: NewItem, known: _Known) -> Iterator[Refusal]:
    for code in (item.lead, *item.helpers):
        if code not in known.organisations:
            yield _fault(
                item,
                "unknown_organisation",
                N_("第 %(item)s 项：没有代码为“%(unit)s”的在用单位。"),
                unit=code,
            )
    if item.lead in item.helpers:
        yield _fault(item, "lead_helps", N_("第 %(item)s 项：牵头单位不能同时是配合单位。"))


def _area_faults(item: NewItem, known: _Known) -> Iterator[Refusal]:
    area = known.areas.get(item.area)
    if area is None:
        yield _fault(
            item,
            "unknown_area",
            N_("第 %(item)s 项：辖区中没有代码为 %(area)s 的区域。"),
            area=item.area,
        )
    elif not area.code.startswith(prefix_of(known.street.code)):
        yield _fault(
            item,
            "area_outside",
            N_("第 %(item)s 项：区域 %(area)s 不在本街道内。"),
            area=item.area,
        )


def _fault(item: NewItem, reason: str, message: str, **params: object) -> Refusal:
    return Refusal(
        f"responsibilities.{reason}", message, field="items", item=item.item_no, **params
    )
