"""Words of tables: cells, columns an import knows, and what is wrong with a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import ClassVar

from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_

Cell = str | int | float | bool | datetime | date | time | None


class TableRefused(Refusal):
    """A file that can't be read as a table."""

    messages: ClassVar[Mapping[str, str]] = {
        "tables.empty_file": N_("文件是空的，请重新选择。"),
        "tables.too_large": N_("文件超过 %(most)s MB，请分成几个文件再上传。"),
        "tables.not_a_table": N_(
            "这不是能读的表格。请用 .xlsx、.xls、.ods 或 .csv 文件，图片和 PDF 里的表格读不了。"
        ),
        "tables.password": N_("表格设了打开密码，请去掉密码后再上传。"),
        "tables.too_heavy": N_("表格展开后过大，读不完。请删去多余的工作表，或分成几个文件。"),
        "tables.too_many_rows": N_("表格超过 %(most)s 行，请分成几个文件再上传。"),
        "tables.no_heading": N_("没有找到表头。表头里至少要有这些列：%(columns)s。"),
        "tables.columns_missing": N_("缺少列：%(columns)s。请对照模板补上，列的先后不限。"),
        "tables.column_twice": N_("列“%(column)s”出现了两次，请只留一列。"),
        "tables.no_rows": N_("表头下面没有内容。"),
    }


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column an import knows: `label`, `hint` are msgids, `titles` other headings for it."""

    name: str
    label: str
    titles: tuple[str, ...] = ()
    is_needed: bool = False
    hint: str = ""
    example: str = ""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why a row is not taken, beside which cell (`column` empty: the row as a whole)."""

    column: str
    code: str
    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    def reason(self, translate: Callable[[str], str] = str) -> str:
        """Say the reason, translated by the caller's `gettext`."""
        said = translate(self.message)
        return said % self.params if self.params else said


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Cells of a row to be written, with a reason beside those that are wrong (by position)."""

    cells: Sequence[Cell]
    reasons: Mapping[int, str] = field(default_factory=dict)
