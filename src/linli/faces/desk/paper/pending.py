"""The pending register as a file, as it is narrowed on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext

from linli.faces.desk.offers import offer_areas
from linli.faces.desk.pending_filters import SOON, name_area, name_owner, read_filters
from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Action
from linli.spine.cases.queries.pending import all_on_register, list_register
from linli.spine.cases.terms.pending import OBSTACLE_LABELS, PendingFilters, PendingRow

from .exportable import Asked, ExportableList, ListColumn, column


def _filters(asked: Asked) -> PendingFilters:
    return read_filters(asked.query, at=asked.at)


def _rows(asked: Asked) -> Iterable[PendingRow]:
    return all_on_register(
        member=asked.member, filters=_filters(asked), at=asked.at, most=asked.most
    )


def _count(asked: Asked) -> int:
    return list_register(member=asked.member, filters=_filters(asked), at=asked.at).total


def _narrowed(asked: Asked) -> Mapping[str, str]:
    filters = _filters(asked)
    days = SOON.get(asked.query.get("wakes", ""))
    told = {
        N_("为什么"): gettext(OBSTACLE_LABELS[filters.obstacle]) if filters.obstacle else "",
        N_("社区或网格"): name_area(filters, offer_areas(asked.member)),
        N_("谁看管"): name_owner(filters),
        N_("什么时候唤醒"): gettext("%(days)s 天内") % {"days": days} if days else "",
    }
    return {gettext(label): said for label, said in told.items() if said}


PENDING_LIST = ExportableList(
    name="pending",
    title=N_("挂账"),
    rights=(Action.CASE_LIST,),
    columns=(
        column(N_("编号"), 15, "number"),
        column(N_("事项"), 40, "title"),
        column(N_("类别"), 18, "category_name"),
        ListColumn(
            label=N_("位置"), width=18, value=lambda row, _a: row.grid_name or row.community_name
        ),
        column(N_("主办"), 24, "lead_name"),
        column(N_("为什么"), 10, "obstacle_label"),
        column(N_("临时安全措施"), 40, "measure"),
        column(N_("谁看管"), 24, "owner_name"),
        column(N_("看管的岗位"), 16, "post"),
        column(N_("挂账自"), 17, "since"),
        column(N_("唤醒日期"), 17, "wake_at"),
    ),
    rows=_rows,
    count=_count,
    personal=("title",),
    narrowed_by=_narrowed,
)
