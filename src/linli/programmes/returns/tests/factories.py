"""Real forms made for tests, and an office whose keeper takes them in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import xlsxwriter

from linli.ground.people.models import Account
from linli.ground.people.terms import Member, Role
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.programmes.returns.services.filling import fill_return
from linli.programmes.returns.services.keeping import upload_form, upload_version
from linli.programmes.returns.services.mapping import map_cell, map_proposed
from linli.programmes.returns.terms import PeriodKind, Target
from linli.spine.cases.tests.factories import START, Office

SHEET = "月报"
TITLE = "城乡社区治理情况月报表"
COLUMNS = ("本月", "本年累计", "去年同期", "同比增减（%）")
ROWS = ("受理件数", "结案件数", "按时办结率")


def make_form(
    *,
    rows: Sequence[str] = ROWS,
    columns: Sequence[str] = COLUMNS,
    above: Iterable[str] = (),
    formulas: Mapping[str, str] | None = None,
    sheet: str = SHEET,
) -> bytes:
    """Make a form: a merged title, lines above, a heading, labelled rows, a total as a formula."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    bold = book.add_format({"bold": True, "border": 1, "bg_color": "#dddddd"})
    plain = book.add_format({"border": 1})
    percent = book.add_format({"border": 1, "num_format": "0.0%"})
    page = book.add_worksheet(sheet)
    page.set_column(0, 0, 30)
    page.merge_range(0, 0, 0, len(columns), TITLE, bold)
    start = 1
    for start, line in enumerate(above, start=2):
        page.write(start - 1, 0, line)
    page.write_row(start, 0, ["指标", *columns], bold)
    for at, label in enumerate(rows, start=start + 1):
        page.write(at, 0, label, bold)
        for column in range(1, len(columns) + 1):
            page.write_blank(at, column, None, percent if "率" in label else plain)
    end = start + 1 + len(rows)
    page.write(end, 0, "合计", bold)
    page.write_formula(end, 1, f"=SUM(B{start + 2}:B{end})", plain, 99)
    for cell, formula in (formulas or {}).items():
        page.write_formula(cell, formula, plain, 7)
    book.close()
    return target.getvalue()


@dataclass
class Returning:
    """An office, its keeper, and the leader of its sub-district."""

    office: Office
    members: dict[str, Member] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.accounts = {
            "keeper": self.office.accounts[Role.KEEPER],
            "shift": self.office.accounts[Role.SHIFT_LEADER],
            "handler": self.office.accounts[Role.HANDLER],
            "leader": AccountFactory(street_leader=True, street=self.office.place.street),
        }

    def __getitem__(self, name: str) -> Member:
        if name not in self.members:
            self.members[name] = member_of(self.accounts[name], at=START)
        return self.members[name]

    @property
    def street_code(self) -> str:
        """The office's own sub-district."""
        return self.office.place.street.code

    def upload(self, content: bytes | None = None, **changes: Any) -> int:
        """Take in a form."""
        given: dict[str, Any] = {
            "street_code": self.street_code,
            "name": TITLE,
            "issuer": "区社会工作部",
            "kind": PeriodKind.MONTH,
            "file_name": "月报.xlsx",
            "content": content if content is not None else make_form(),
            "member": self["keeper"],
            "at": self.office.tick(),
        }
        return upload_form(**given | changes)

    def renew(self, form_id: int, content: bytes) -> tuple[int, int]:
        """Take in a new version of a form."""
        return upload_version(
            form_id=form_id,
            file_name="月报（新）.xlsx",
            content=content,
            member=self["keeper"],
            at=self.office.tick(),
        )

    def map(self, form_id: int, cell: str, figure: str, *, sheet: str = SHEET, **more: Any) -> None:
        """Say what a cell stands for."""
        map_cell(
            form_id=form_id,
            sheet=sheet,
            cell=cell,
            target=Target(figure=figure, **more),
            member=self["keeper"],
            at=self.office.tick(),
        )

    def mapped(self) -> int:
        """Take in a form and every proposal for it."""
        form_id = self.upload()
        map_proposed(form_id=form_id, member=self["keeper"], at=self.office.tick())
        return form_id

    def fill(self, form_id: int, *, day: date | None = None, who: str = "leader") -> int:
        """Fill a form in, for the month of START when no day is given."""
        return fill_return(
            form_id=form_id, day=day or START.date(), member=self[who], at=self.office.tick()
        )
