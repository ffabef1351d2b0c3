"""Organisations in a table: which columns there are, and what one row says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linli.ground.kernel.marking import N_
from linli.ground.kernel.tables.terms import Cell, Column, Fault
from linli.ground.kernel.tables.values import has_nul, number_of, text_of

from .terms import OrganisationKind

COLUMNS = (
    Column(
        name="code",
        label=N_("单位编号"),
        titles=("编号", "代码", "统一社会信用代码", "code"),
        is_needed=True,
        hint=N_("每个单位一个编号，不能重复。编号已有的，按这一行更新。"),
        example="cgj",
    ),
    Column(
        name="name",
        label=N_("单位名称"),
        titles=("名称", "全称", "单位", "name"),
        is_needed=True,
        example=N_("示例城管分局"),
    ),
    Column(
        name="kind",
        label=N_("单位类别"),
        titles=("类别", "类型", "性质", "kind"),
        is_needed=True,
        hint=N_("只能填“可以填的值”里有的。"),
        example=N_("职能部门"),
    ),
    Column(name="name_en", label=N_("英文名称"), titles=("英文名", "name_en")),
    Column(
        name="parent",
        label=N_("上级单位编号"),
        titles=("上级编号", "上级", "上级单位", "主管单位", "parent"),
        hint=N_("投诉这个单位时由上级办理。上级可以在同一个文件里。"),
    ),
    Column(
        name="area",
        label=N_("所在辖区编号"),
        titles=("辖区编号", "区划代码", "所在区域", "area"),
        hint=N_("街道、社区或网格的编号。"),
    ),
    Column(name="members_count", label=N_("人数"), titles=("成员数", "党员数", "members_count")),
    Column(
        name="is_active",
        label=N_("在用"),
        titles=("是否在用", "启用", "is_active"),
        hint=N_("撤销的单位填“否”，不填就是在用。"),
    ),
)
SHOWN = (N_("单位编号"), N_("单位名称"), N_("单位类别"), N_("上级单位编号"), N_("会怎样"))

MESSAGES: Mapping[str, str] = {
    "people.import_nul": N_("有看不见的空字符（NUL）。退回的文件里已去掉，核对后可以直接再传。"),
    "people.import_empty": N_("这一栏必填。"),
    "people.import_too_long": N_("最多 %(most)s 个字。"),
    "people.import_kind_unknown": N_("没有“%(value)s”这个类别，可以填：%(allowed)s。"),
    "people.import_parent_unknown": N_("没有编号为“%(value)s”的上级单位，文件里也没有。"),
    "people.import_parent_circle": N_("上级的上级又是它自己，请核对。"),
    "people.import_area_unknown": N_("没有编号为“%(value)s”的辖区。"),
    "people.import_count_wrong": N_("“%(value)s”不是人数，应为不小于 0 的整数。"),
    "people.import_active_wrong": N_("这里只能填“是”或“否”。"),
    "people.import_code_repeated": N_("编号和第 %(first)s 行重复，只导入第一行。"),
    "people.import_known": N_("已经在册，内容相同，不再导入。"),
}
LENGTHS = {"code": 40, "name": 120, "name_en": 160}
MOST_MEMBERS = 10_000_000
_TRUE = frozenset({"", "是", "y", "yes", "1", "true", "在用", "启用", "正常"})
_FALSE = frozenset({"否", "n", "no", "0", "false", "停用", "撤销", "已撤销"})


@dataclass(frozen=True, kw_only=True)
class NewOrganisation:
    """What a row says of a body; parent and area by their codes, empty for none."""

    code: str
    name: str
    kind: OrganisationKind
    name_en: str = ""
    parent_code: str = ""
    area_code: str = ""
    members_count: int = 0
    is_active: bool = True


def fault(column: str, code: str, /, **params: object) -> Fault:
    """Say what is wrong beside a cell."""
    return Fault(column=column, code=code, message=MESSAGES[code], params=params)


def read_row(
    cells: Mapping[str, Cell], *, kinds: Mapping[str, OrganisationKind], offered: str
) -> tuple[NewOrganisation, tuple[Fault, ...]]:
    """Read one row and what is wrong with its cells by themselves.

    Args:
        kinds: kinds by their names in any language, without spaces and in small letters.
        offered: the names that may be written, for the sentence.
    """
    given = {c.name: text_of(cells.get(c.name)).replace("\x00", "") for c in COLUMNS}
    faults = [fault(name, "people.import_nul") for name, cell in cells.items() if has_nul(cell)]
    faults += _lengths(given)
    kind = kinds.get("".join(given["kind"].split()).casefold())
    if kind is None and given["kind"]:
        short = given["kind"][:40]
        faults.append(fault("kind", "people.import_kind_unknown", value=short, allowed=offered))
    if given["is_active"].casefold() not in _TRUE | _FALSE:
        faults.append(fault("is_active", "people.import_active_wrong"))
    count = _count(cells.get("members_count"))
    if count is None:
        short = given["members_count"][:40]
        faults.append(fault("members_count", "people.import_count_wrong", value=short))
    read = NewOrganisation(
        code=given["code"],
        name=given["name"],
        kind=kind or OrganisationKind.DEPARTMENT,
        name_en=given["name_en"],
        parent_code=given["parent"],
        area_code=given["area"],
        members_count=count or 0,
        is_active=given["is_active"].casefold() not in _FALSE,
    )
    return read, tuple(faults)


def is_circle(code: str, parents: Mapping[str, str]) -> bool:
    """Tell whether going up from a code comes back to it."""
    seen, above = {code}, parents.get(code, "")
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return above == code


def _lengths(given: Mapping[str, str]) -> list[Fault]:
    empty = [
        fault(name, "people.import_empty") for name in ("code", "name", "kind") if not given[name]
    ]
    return empty + [
        fault(name, "people.import_too_long", most=most)
        for name, most in LENGTHS.items()
        if len(given[name]) > most
    ]


def _count(cell: Cell) -> int | None:
    try:
        found = number_of(cell)
    except ValueError:
        return None
    if found is None:
        return 0
    return int(found) if found.is_integer() and 0 <= found <= MOST_MEMBERS else None
