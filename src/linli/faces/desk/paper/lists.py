"""Every list that can be taken as a file, each said once: who may, which rows, which columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from linli.faces.desk.agenda import GROUP_LABELS, group_work, tell_status
from linli.faces.desk.filters import FilterForm
from linli.faces.desk.offers import (
    name_category,
    name_organisation,
    offer_areas,
    offer_categories,
    offer_organisations,
)
from linli.faces.frame.terms import Status
from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.marking import N_
from linli.ground.notices.queries import list_notices
from linli.ground.notices.terms import Shown
from linli.ground.notices.words import NoticeWords, say
from linli.ground.people.queries import list_account_names, list_organisations
from linli.ground.people.terms import Action, OrganisationRef
from linli.spine.cases.queries.catalogue import list_categories
from linli.spine.cases.queries.lists import all_cases, count_cases, my_work
from linli.spine.cases.queries.responsibilities import list_items
from linli.spine.cases.queries.words import limit_words
from linli.spine.cases.terms import CaseFilters, CaseRow

from .callbacks import CALLBACK_LISTS
from .exportable import Asked, ExportableList, ListColumn, column
from .kept import KEPT_LISTS
from .looks import LOOK_LISTS
from .pending import PENDING_LIST
from .posts import POST_LISTS
from .whistles import WHISTLE_LISTS

STATUS_LABELS = {
    **GROUP_LABELS,
    Status.DONE: N_("已办完"),
    Status.ENDED: N_("已结束"),
}


def _where(row: CaseRow) -> str:
    return row.grid_name or row.community_name or row.street_name


def _urgent(row: CaseRow) -> str:
    return gettext("紧急") if row.is_urgent else ""


def _standing(row: CaseRow, at: datetime) -> str:
    status = tell_status(step=row.step, due_at=row.due_at, now=at)
    return gettext(STATUS_LABELS.get(status, ""))


CASE_COLUMNS = (
    column(N_("编号"), 15, "number"),
    ListColumn(label=N_("紧急"), width=6, value=lambda row, _asked: _urgent(row)),
    column(N_("事项"), 40, "title"),
    ListColumn(
        label=N_("类别"), width=18, value=lambda row, _a: row.category_name or gettext("未分类")
    ),
    ListColumn(label=N_("位置"), width=18, value=lambda row, _asked: _where(row)),
    ListColumn(label=N_("环节"), width=10, value=lambda row, _asked: gettext(row.step_label)),
    column(N_("上报"), 17, "reported_at"),
    column(N_("时限"), 17, "due_at"),
    ListColumn(label=N_("时限状态"), width=10, value=lambda row, asked: _standing(row, asked.at)),
)


def _filter_form(asked: Asked) -> FilterForm:
    return FilterForm(
        asked.query,
        areas=offer_areas(asked.member),
        categories=offer_categories(on=asked.at, with_majors=True),
        organisations=offer_organisations(),
    )


def _filters(asked: Asked) -> CaseFilters:
    return _filter_form(asked).read(order=asked.query.get("order", ""), page="1")


def _all_cases(asked: Asked) -> Iterable[CaseRow]:
    return all_cases(member=asked.member, filters=_filters(asked), at=asked.at, most=asked.most)


def _count_cases(asked: Asked) -> int:
    return count_cases(member=asked.member, filters=_filters(asked), at=asked.at)


def _told_filters(asked: Asked) -> dict[str, str]:
    form = _filter_form(asked)
    form.is_valid()
    told = {}
    for bound in form:
        value = form.cleaned_data.get(bound.name)
        if value:
            told[str(bound.label)] = _chosen(bound.field, value)
    return told


def _chosen(field: Any, value: Any) -> str:
    if value is True:
        return gettext("是")
    if isinstance(value, date):
        return value.isoformat()
    for key, label in getattr(field, "choices", ()):
        options = label if isinstance(label, list | tuple) else [(key, label)]
        for one, said in options:
            if str(one) == str(value):
                return str(said)
    return str(value)


@dataclass(frozen=True, kw_only=True)
class _Work:
    """One piece of my work with the group it stands under."""

    group: str
    item: Any


def _work(asked: Asked) -> list[_Work]:
    items = my_work(member=asked.member, at=asked.at, limit=asked.most)
    return [
        _Work(group=gettext(group.label), item=item)
        for group in group_work(items, now=asked.at, most=asked.most)
        for item in group.items
    ]


def _of_row(column: ListColumn) -> ListColumn:
    return ListColumn(
        label=column.label,
        width=column.width,
        value=lambda work, asked: column.value(work.item.row, asked),
    )


@dataclass(frozen=True, kw_only=True)
class _Told:
    """One notice in words, and who acknowledged it when it was urgent."""

    words: NoticeWords
    read_at: datetime | None
    acknowledged_by: str


def _shown(asked: Asked) -> Shown:
    wanted = asked.query.get("show", "")
    return next((one for one in Shown if one.value == wanted), Shown.ALL)


def _notices(asked: Asked) -> list[_Told]:
    me, shown = asked.member.account_id, _shown(asked)
    found = list_notices(me, limit=asked.most, shown=shown)
    names = list_account_names({one.acknowledged_by_id for one in found if one.acknowledged_by_id})
    return [
        _Told(
            words=say(one),
            read_at=one.read_at,
            acknowledged_by=names.get(one.acknowledged_by_id or 0, ""),
        )
        for one in found
    ]


def _told_shown(asked: Asked) -> dict[str, str]:
    shown = _shown(asked)
    return {} if shown is Shown.ALL else {gettext("通知"): gettext(shown.label)}


NOTICE_COLUMNS = (
    ListColumn(label=N_("关于"), width=18, value=lambda told, _a: gettext(told.words.topic)),
    ListColumn(label=N_("通知"), width=60, value=lambda told, _a: told.words.sentence),
    ListColumn(label=N_("通知时间"), width=17, value=lambda told, _a: told.words.created_at),
    column(N_("读过的时间"), 17, "read_at"),
    column(N_("谁已知悉"), 12, "acknowledged_by"),
)
WORK_COLUMNS = (
    ListColumn(label=N_("紧迫"), width=10, value=lambda work, _asked: work.group),
    ListColumn(
        label=N_("该做什么"), width=12, value=lambda work, _asked: gettext(work.item.action_label)
    ),
    *(_of_row(column) for column in CASE_COLUMNS if column.label != "时限状态"),
)


@dataclass(frozen=True, kw_only=True)
class _Body:
    """One organisation with the name of its superior."""

    one: OrganisationRef
    name: str
    superior: str


def _organisations(asked: Asked) -> list[_Body]:
    found = list_organisations(active_only=False)
    names = {one.id: name_organisation(one) for one in found}
    return [
        _Body(one=one, name=names[one.id], superior=names.get(one.parent_id or 0, ""))
        for one in found
    ]


def _yes_or_no(said: bool) -> str:
    return gettext("是") if said else gettext("否")


def _categories(asked: Asked) -> list[Any]:
    return list_categories(on=timezone.localdate(asked.at))


def _items(asked: Asked) -> list[Any]:
    on = timezone.localdate(asked.at)
    streets = dict.fromkeys(p.street_code for p in asked.member.appointments if p.street_code)
    return [item for street in streets for item in list_items(street_code=street, on=on)]


LISTS: Mapping[str, ExportableList] = {
    one.name: one
    for one in (
        ExportableList(
            name="cases",
            title=N_("案件"),
            rights=(Action.CASE_LIST,),
            columns=CASE_COLUMNS,
            rows=_all_cases,
            count=_count_cases,
            personal=("title",),
            narrowed_by=_told_filters,
        ),
        ExportableList(
            name="work",
            title=N_("等我办的事"),
            rights=(Action.CASE_LIST,),
            columns=WORK_COLUMNS,
            rows=_work,
            count=lambda asked: len(_work(asked)),
            personal=("title",),
        ),
        ExportableList(
            name="notices",
            title=N_("我的通知"),
            rights=(Action.CASE_LIST, Action.ADMIN_READ),
            columns=NOTICE_COLUMNS,
            rows=_notices,
            count=lambda asked: len(_notices(asked)),
            narrowed_by=_told_shown,
        ),
        ExportableList(
            name="organisations",
            title=N_("单位"),
            rights=(Action.CASE_LIST, Action.ADMIN_READ),
            columns=(
                ListColumn(label=N_("单位编号"), width=20, value=lambda body, _a: body.one.code),
                column(N_("单位名称"), 30, "name"),
                ListColumn(
                    label=N_("单位类别"),
                    width=16,
                    value=lambda body, _a: gettext(body.one.kind.label),
                ),
                column(N_("上级单位"), 26, "superior"),
                ListColumn(
                    label=N_("人数"), width=8, value=lambda body, _a: body.one.members_count
                ),
                ListColumn(
                    label=N_("在用"), width=8, value=lambda body, _a: _yes_or_no(body.one.is_active)
                ),
            ),
            rows=_organisations,
            count=lambda asked: len(_organisations(asked)),
        ),
        ExportableList(
            name="responsibilities",
            title=N_("职责清单"),
            rights=(Action.CASE_LIST,),
            columns=(
                column(N_("序号"), 8, "item_no"),
                column(N_("职责"), 36, "title"),
                column(N_("牵头方式"), 18, "kind_label"),
                column(N_("主办单位"), 24, "lead_name"),
                ListColumn(
                    label=N_("协办单位"),
                    width=30,
                    value=lambda item, _a: "、".join(item.helper_names),
                ),
                ListColumn(
                    label=N_("管哪些类别"),
                    width=40,
                    value=lambda item, _a: "、".join(item.category_names),
                ),
                column(N_("依据"), 40, "basis"),
                column(N_("版本"), 10, "version"),
            ),
            rows=_items,
            count=lambda asked: len(_items(asked)),
        ),
        ExportableList(
            name="catalogue",
            title=N_("事项目录"),
            rights=(Action.CASE_LIST, Action.ADMIN_READ),
            columns=(
                column(N_("代码"), 16, "key"),
                column(N_("大类"), 16, "major_name"),
                ListColumn(label=N_("名称"), width=24, value=lambda one, _a: name_category(one)),
                column(N_("立案条件"), 40, "filing_condition"),
                column(N_("结案条件"), 40, "closing_condition"),
                ListColumn(label=N_("处置时限"), width=16, value=lambda one, _a: _limit(one)),
                ListColumn(
                    label=N_("对外公开"),
                    width=10,
                    value=lambda one, _a: _yes_or_no(one.is_public),
                ),
                column(N_("生效日期"), 12, "effective_from"),
            ),
            rows=_categories,
            count=lambda asked: len(_categories(asked)),
        ),
        PENDING_LIST,
        *WHISTLE_LISTS,
        *KEPT_LISTS,
        *POST_LISTS,
        *CALLBACK_LISTS,
        *LOOK_LISTS,
    )
}


def _limit(one: Any) -> str:
    return limit_words(Limit(one.limit_amount, Unit(one.limit_unit)))
