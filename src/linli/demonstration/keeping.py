"""Catalogue and list as they stand on a morning: a version before, a parent list, a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.utils import timezone

from linli.ground.kernel.terms import SYSTEM
from linli.ground.people.queries import load_member
from linli.programmes.keeping.services.applying import apply_draft
from linli.programmes.keeping.services.days import put_days
from linli.programmes.keeping.services.drafting import approve_draft, begin_draft, put_change
from linli.programmes.keeping.services.parents import enter_parent_items, keep_as_it_is
from linli.programmes.keeping.terms import HOURS_KEY, WORK, Change, Matter, Op, ParentItem, Value
from linli.spine.cases.catalogue_terms import CategoryChange, NewItem
from linli.spine.cases.services.catalogue import revise_category

from .places import STREET_CODE

AHEAD = timedelta(days=12)
DRAFTED_AGO = timedelta(days=2)
# So far ahead that no deadline of today reaches it.
RENEWED_AGO, OPEN_DAY_AHEAD = timedelta(days=40), timedelta(days=120)
# As these items read the year before; who leads and helps has stayed the same.
FORMER_TITLES = {37: "道路保洁", 40: "渣土车管理", 70: "便民市场管理"}
FORMER_ENGLISH = {37: "Cleaning of roads", 40: "Lorries with muck", 70: "Open-air markets"}
CLOSING = {
    "matter:06010": ("垃圾清走，地面扫净，有前后照片", "Rubbish gone, ground swept, photos"),
    "matter:06012": ("路面扫净，没有积存", "Road swept, nothing left in heaps"),
}
# What the office above changed this year, by number: the title it has now.
CHANGED_ABOVE = {37: "道路清扫保洁和积雪清除", 70: "早市夜市和临时摊点管理"}
NEW_ABOVE = ParentItem(
    parent_no="132",
    title="共享单车停放秩序",
    kind="department",
    lead="城市管理部门",
    helpers="公安交警部门",
    basis="示例依据",
)

# What the draft changes, by number of the item.
DRAFTED: Mapping[str, Mapping[str, Value]] = {
    "39": {"lead": "street-order", "helpers": ("dept-urban",)},
    "37": {"helpers": ("street-order",)},
}
DRAFTED_HOURS = ("07:30-12:00", "13:30-17:00")


def former_items(items: Sequence[NewItem]) -> list[NewItem]:
    """Give the items as they read the year before."""
    return [
        replace(
            one,
            title=FORMER_TITLES.get(one.item_no, one.title),
            title_en=FORMER_ENGLISH.get(one.item_no, one.title_en),
        )
        for one in items
    ]


def derived(items: Sequence[NewItem]) -> list[NewItem]:
    """Give the items with the number of the item of the parent list each is derived from."""
    return [replace(one, parent_no=str(one.item_no)) for one in items]


def revise_some(*, since: date, at: datetime) -> None:
    """Give some categories a version of this year; limits stay as they were."""
    for key, (closing, closing_en) in CLOSING.items():
        change = CategoryChange(closing_condition=closing, closing_condition_en=closing_en)
        revise_category(key=key, change=change, effective_from=since, actor=SYSTEM, at=at)


def enter_parent_lists(
    items: Sequence[NewItem], *, since: date, this_year: date, at: datetime
) -> None:
    """Enter the invented parent list of the year before and that of this year."""
    former = [
        ParentItem(parent_no=str(one.item_no), title=one.title, kind=one.kind, basis=one.basis)
        for one in items
    ]
    newer = [replace(one, title=CHANGED_ABOVE.get(int(one.parent_no), one.title)) for one in former]
    for year, begins, listed in (
        (this_year.year - 1, since, former),
        (this_year.year, this_year, [*newer, NEW_ABOVE]),
    ):
        enter_parent_items(
            version=str(year),
            source="省级母清单（示例，虚构）",
            effective_from=begins,
            items=listed,
            actor=SYSTEM,
            at=at,
        )


def draft_some(*, accounts: Mapping[str, int], until: datetime) -> None:
    """Let the keeper draft the next list and other working hours, and keep one item as it is."""
    _open_on_a_saturday(accounts=accounts, until=until)
    _draft_hours(accounts=accounts, until=until)
    at = until - DRAFTED_AGO
    keeper = load_member(accounts["keeper"], at)
    day = timezone.localdate(until) + AHEAD
    draft = begin_draft(
        matter=Matter.LIST,
        street_code=STREET_CODE,
        title="年中职责调整",
        reason="建筑垃圾改由街道牵头、城管配合，清扫保洁请街道配合。",
        version=f"{day.year}-2",
        effective_on=day,
        member=keeper,
        at=at,
    )
    for number, fields in DRAFTED.items():
        change = Change(key=number, op=Op.REVISE, fields=fields)
        put_change(draft_id=draft.id, change=change, seen=0, member=keeper, at=at)
    keep_as_it_is(
        street_code=STREET_CODE,
        parent_no="70",
        reason="本街道没有临时摊点，照旧写“早市夜市”。",
        member=keeper,
        at=at,
    )


def _open_on_a_saturday(*, accounts: Mapping[str, int], until: datetime) -> None:
    """Let a Saturday far ahead be worked by a revision that has taken effect already."""
    at = until - RENEWED_AGO
    keeper, leader = (load_member(accounts[name], at) for name in ("keeper", "leader"))
    today, ahead = timezone.localdate(at), timezone.localdate(until) + OPEN_DAY_AHEAD
    saturday = ahead + timedelta(days=5 - ahead.weekday())
    draft = begin_draft(
        matter=Matter.CALENDAR,
        street_code=STREET_CODE,
        title="社区服务开放日",
        reason="周六上班，方便平日上班的居民来办事。",
        effective_on=today + timedelta(days=3),
        member=keeper,
        at=at,
    )
    draft = put_days(
        draft_id=draft.id,
        first=saturday,
        last=saturday,
        work=WORK,
        note="社区服务开放日",
        member=keeper,
        at=at,
    )
    approve_draft(draft_id=draft.id, seen_revision=draft.revision, member=leader, at=at)
    apply_draft(draft_id=draft.id, at=at + timedelta(days=3))


def _draft_hours(*, accounts: Mapping[str, int], until: datetime) -> None:
    at = until - DRAFTED_AGO
    keeper = load_member(accounts["keeper"], at)
    draft = begin_draft(
        matter=Matter.CALENDAR,
        street_code=STREET_CODE,
        title="作息调整",
        reason="早市管理要早到，中午少歇半小时。",
        effective_on=timezone.localdate(until) + AHEAD,
        member=keeper,
        at=at,
    )
    change = Change(key=HOURS_KEY, op=Op.REVISE, fields={"hours": DRAFTED_HOURS})
    put_change(draft_id=draft.id, change=change, seen=0, member=keeper, at=at)
