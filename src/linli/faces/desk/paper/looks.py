"""The log of looks as a file."""

from __future__ import annotations

from django.utils.translation import gettext

from linli.faces.desk.looked import LookForm, LookLine, word_looks
from linli.ground.kernel.looks import count_looks, search_looks
from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Action

from .exportable import Asked, ExportableList, ListColumn, column


def _rows(asked: Asked) -> list[LookLine]:
    filters = LookForm(asked.query).read(asked.member)
    return word_looks(search_looks(filters, limit=asked.most))


def _count(asked: Asked) -> int:
    return count_looks(LookForm(asked.query).read(asked.member), most=asked.most)


LOOK_LISTS = (
    ExportableList(
        name="looks",
        title=N_("谁看过个人资料"),
        rights=(Action.LOOK_LOG,),
        columns=(
            column(N_("时间"), 17, "at"),
            column(N_("谁"), 12, "who"),
            ListColumn(label=N_("岗位"), width=14, value=lambda one, _a: gettext(one.role)),
            column(N_("案件"), 15, "number"),
            column(N_("看了谁"), 12, "person"),
            column(N_("看了什么"), 30, "fields"),
            ListColumn(label=N_("目的"), width=14, value=lambda one, _a: gettext(one.purpose)),
            column(N_("原因"), 40, "reason"),
        ),
        rows=_rows,
        count=_count,
        personal=("who", "person", "reason"),
    ),
)
