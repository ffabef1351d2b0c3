"""Posts as a file: the list as it is narrowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from linli.faces.desk.forms.posts import PostFilterForm
from linli.faces.desk.offers import offer_areas
from linli.faces.desk.posted import NamedPost, name_posts
from linli.ground.kernel.marking import N_
from linli.ground.people.queries.posts import all_posts, list_posts
from linli.ground.people.terms import Action
from linli.ground.people.terms.posts import PostFilters

from .exportable import Asked, ExportableList, ListColumn


def _filters(asked: Asked) -> PostFilters:
    return PostFilterForm(asked.query, areas=offer_areas(asked.member)).read(page="1")


def _rows(asked: Asked) -> list[NamedPost]:
    found = all_posts(
        member=asked.member,
        filters=_filters(asked),
        on=timezone.localdate(asked.at),
        most=asked.most,
    )
    return name_posts(found)


def _count(asked: Asked) -> int:
    on = timezone.localdate(asked.at)
    return list_posts(member=asked.member, filters=_filters(asked), on=on).total


def _narrowed(asked: Asked) -> Mapping[str, str]:
    filters = _filters(asked)
    told = {
        N_("状态"): gettext(filters.state.label) if filters.state else "",
        N_("岗位"): gettext(filters.role.label) if filters.role else "",
        N_("社区或网格"): filters.area_code,
        N_("姓名或地方"): filters.text,
    }
    return {gettext(label): said for label, said in told.items() if said}


def _of_line(label: str, width: int, name: str) -> ListColumn:
    return ListColumn(label=label, width=width, value=lambda row, _a: getattr(row.line, name))


def _said(label: str, width: int, name: str) -> ListColumn:
    def value(row: Any, _asked: Asked) -> str:
        word = getattr(row.line, name)
        return gettext(word.label) if word else ""

    return ListColumn(label=label, width=width, value=value)


POST_LISTS = (
    ExportableList(
        name="posts",
        title=N_("任职"),
        rights=(Action.POST_READ,),
        columns=(
            _said(N_("状态"), 10, "state"),
            _said(N_("岗位"), 14, "role"),
            ListColumn(label=N_("地方"), width=24, value=lambda row, _a: row.place),
            ListColumn(label=N_("上级区域"), width=28, value=lambda row, _a: row.above),
            ListColumn(label=N_("单位"), width=24, value=lambda row, _a: row.organisation),
            _of_line(N_("由谁任职"), 12, "person_name"),
            _of_line(N_("任期自"), 12, "starts_on"),
            _of_line(N_("任期至"), 12, "ends_on"),
            _said(N_("产生方式"), 12, "basis"),
            _of_line(N_("代理人"), 12, "stand_in"),
            _of_line(N_("代理至"), 12, "stand_in_until"),
        ),
        rows=_rows,
        count=_count,
        personal=("name",),
        narrowed_by=_narrowed,
    ),
)
