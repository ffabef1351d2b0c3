"""Tables of categories, items and a parent list: which columns there are, what one row says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from linli.ground.kernel.marking import N_
from linli.ground.kernel.tables.terms import Cell, Column, Fault
from linli.ground.kernel.tables.values import has_nul, number_of, text_of
from linli.programmes.keeping.terms import FIELD_LABELS, Op, ParentItem, Value

_YES = frozenset({"是", "y", "yes", "1", "true"})
_NO = frozenset({"否", "n", "no", "0", "false"})
_BETWEEN = re.compile(r"[\s、，,;；]+")
MOST_ITEM_NO = 99_999
LENGTHS: Mapping[str, int] = {
    "title": 120,
    "title_en": 200,
    "basis": 300,
    "basis_en": 300,
    "name_en": 200,
    "aliases": 200,
    "parent_no": 20,
}


def _column(name: str, *titles: str, hint: str = "", example: str = "") -> Column:
    return Column(
        name=name, label=FIELD_LABELS[name], titles=(name, *titles), hint=hint, example=example
    )


_ENDS = Column(
    name="ends",
    label=N_("取消"),
    titles=("ends",),
    hint=N_("要取消的填“是”，别的列不用填。"),
)
CATEGORY_COLUMNS = (
    Column(
        name="key",
        label=N_("类别代码"),
        titles=("代码", "key"),
        is_needed=True,
        hint=N_("现有的类别照目录里的代码写；新增的写 local: 加一个没有用过的代码。"),
        example="matter:06012",
    ),
    _column("major_code", "大类代码", hint=N_("只有新增的要填：本地扩展里大类的代码。")),
    _column("name", "类别名称"),
    _column("name_en"),
    _column("aliases", hint=N_("居民常用的说法，用空格分开。")),
    _column("filing_condition"),
    _column("filing_condition_en"),
    _column("closing_condition"),
    _column("closing_condition_en"),
    _column("limit_amount", "时限", hint=N_("一个整数。"), example="8"),
    _column("limit_unit", "单位", hint=N_("只能填“可以填的值”里有的。"), example=N_("工作小时")),
    _column("checked_by"),
    _column("is_public", hint=N_("填“是”或“否”。")),
    _column("for_couriers", hint=N_("填“是”或“否”。")),
    _ENDS,
    Column(
        name="successor",
        label=N_("由哪个类别接替"),
        titles=("接替", "successor"),
        hint=N_("取消的类别还有案件或职责用着时，填接替的类别代码。"),
    ),
)
ITEM_COLUMNS = (
    Column(
        name="item_no",
        label=N_("项号"),
        titles=("序号", "编号", "item_no"),
        is_needed=True,
        hint=N_("现有的项号改那一项，没有的项号是新增。"),
        example="132",
    ),
    _column("kind", "类型", hint=N_("只能填“可以填的值”里有的。")),
    _column("title", "职责名称", "事项"),
    _column("title_en"),
    _column("lead", "牵头单位", hint=N_("单位的编号或全称。")),
    _column("helpers", "配合单位", hint=N_("单位的编号或全称，几个单位用空格或顿号分开。")),
    _column("basis"),
    _column("basis_en"),
    _column(
        "categories",
        "类别",
        hint=N_("类别代码，几个类别用空格或顿号分开。"),
        example="matter:06010",
    ),
    _column("majors", hint=N_("大类代码；没有单列的类别归这一项。"), example="matter:06"),
    _column("area", hint=N_("社区或网格的编号；不填就是整个街道。")),
    _column("parent_no"),
    _ENDS,
)
PARENT_COLUMNS = (
    Column(
        name="parent_no",
        label=N_("上级清单项号"),
        titles=("项号", "序号", "编号", "parent_no"),
        is_needed=True,
        example="12",
    ),
    Column(
        name="title",
        label=N_("职责"),
        titles=("职责名称", "事项", "名称", "title"),
        is_needed=True,
    ),
    _column("kind", "类型"),
    _column("lead", "牵头单位", "责任单位"),
    _column("helpers", "配合单位"),
    _column("basis"),
)
MESSAGES: Mapping[str, str] = {
    "keeping.import_nul": N_("有看不见的空字符（NUL）。退回的文件里已去掉，核对后可以直接再传。"),
    "keeping.import_repeated": N_("和第 %(first)s 行写的是同一项，只导入第一行。"),
    "keeping.import_known": N_("和现行的一样，不用导入。"),
    "keeping.import_no_number": N_("“%(value)s”不是项号，应为 1 到 %(most)s 的整数。"),
    "keeping.import_no_day": N_("“%(value)s”不是日期，请写成 2027-02-12 这样。"),
    "keeping.import_no_amount": N_("“%(value)s”不是整数。"),
    "keeping.import_not_listed": N_("“%(value)s”不能填，可以填：%(allowed)s。"),
    "keeping.import_yes_or_no": N_("这里只能填“是”或“否”。"),
    "keeping.import_too_long": N_("最多 %(most)s 个字。"),
    "keeping.import_empty": N_("这一栏必填。"),
    "keeping.import_in_draft": N_("草案里已经改过这一项，导入后以这一行为准。"),
}
# Of a category or item to be added these have to be said.
OF_A_NEW_CATEGORY = ("name", "major_code", "limit_amount", "limit_unit")
OF_A_NEW_ITEM = ("kind", "title", "lead")


@dataclass(frozen=True, kw_only=True)
class Words:
    """What may be written where only some words may, in any language, each for its value."""

    kinds: Mapping[str, str]
    units: Mapping[str, str]
    checks: Mapping[str, str]
    organisations: Mapping[str, str]
    offered: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ReadRow:
    """What a row says: which entry, what shall be there, whether it ends."""

    key: str
    fields: Mapping[str, Value]
    ends: bool = False
    successor: str = ""

    def op(self, *, is_there: bool) -> Op:
        """Say what the row does to an entry that is there or not."""
        if self.ends:
            return Op.END
        return Op.REVISE if is_there else Op.ADD


def fault(column: str, code: str, /, **params: object) -> Fault:
    """Say what is wrong beside a cell."""
    return Fault(column=column, code=code, message=MESSAGES[code], params=params)


def squeeze(text: str) -> str:
    """Give a word as it is looked up: without spaces, in small letters."""
    return "".join(text.split()).casefold()


def read_category(cells: Mapping[str, Cell], *, words: Words) -> tuple[ReadRow, tuple[Fault, ...]]:
    """Read one row of a table of categories; an empty cell leaves the value as it is."""
    given, faults = read_cells(cells, CATEGORY_COLUMNS)
    fields: dict[str, Value] = {
        name: given[name]
        for name in (
            *("name", "name_en", "aliases", "major_code"),
            *("filing_condition", "filing_condition_en"),
            *("closing_condition", "closing_condition_en"),
        )
        if given[name]
    }
    _amount(given, fields, faults)
    _one_of("limit_unit", given, words.units, words, fields, faults)
    _one_of("checked_by", given, words.checks, words, fields, faults)
    _flag("is_public", given, fields, faults)
    _flag("for_couriers", given, fields, faults)
    return ReadRow(
        key=given["key"],
        fields=fields,
        ends=read_ends(given, faults),
        successor=given["successor"],
    ), tuple(faults)


def read_item(cells: Mapping[str, Cell], *, words: Words) -> tuple[ReadRow, tuple[Fault, ...]]:
    """Read one row of a table of items; an empty cell leaves the value as it is."""
    given, faults = read_cells(cells, ITEM_COLUMNS)
    number = _whole(cells.get("item_no"))
    if number is None or not 1 <= number <= MOST_ITEM_NO:
        said = {"value": given["item_no"][:40], "most": MOST_ITEM_NO}
        faults.append(fault("item_no", "keeping.import_no_number", **said))
    fields: dict[str, Value] = {
        name: given[name]
        for name in ("title", "title_en", "basis", "basis_en", "area", "parent_no")
        if given[name]
    }
    _one_of("kind", given, words.kinds, words, fields, faults)
    if given["lead"]:
        fields["lead"] = _unit(given["lead"], words)
    if given["helpers"]:
        fields["helpers"] = tuple(sorted(_unit(one, words) for one in _several(given["helpers"])))
    for name in ("categories", "majors"):
        if given[name]:
            fields[name] = tuple(sorted(set(_several(given[name]))))
    key = str(number) if number is not None else ""
    return ReadRow(key=key, fields=fields, ends=read_ends(given, faults)), tuple(faults)


def read_parent(cells: Mapping[str, Cell]) -> tuple[ParentItem, tuple[Fault, ...]]:
    """Read one row of a parent list, with units by the names the office above uses."""
    given, faults = read_cells(cells, PARENT_COLUMNS)
    faults += [
        fault(name, "keeping.import_empty") for name in ("parent_no", "title") if not given[name]
    ]
    read = ParentItem(
        parent_no=given["parent_no"],
        title=given["title"],
        kind=given["kind"][:12],
        lead=given["lead"][:120],
        helpers=given["helpers"][:300],
        basis=given["basis"],
    )
    return read, tuple(faults)


def missing_in_new(row: ReadRow, *, needed: Sequence[str]) -> list[Fault]:
    """Say what a row that adds an entry leaves out."""
    return [fault(name, "keeping.import_empty") for name in needed if name not in row.fields]


def read_cells(
    cells: Mapping[str, Cell], columns: tuple[Column, ...]
) -> tuple[dict[str, str], list[Fault]]:
    """Give the words of a row by column, and what can't be read anywhere."""
    given = {one.name: text_of(cells.get(one.name)).replace("\x00", "") for one in columns}
    faults = [fault(name, "keeping.import_nul") for name, cell in cells.items() if has_nul(cell)]
    faults += [
        fault(name, "keeping.import_too_long", most=most)
        for name, most in LENGTHS.items()
        if len(given.get(name, "")) > most
    ]
    return given, faults


def _whole(cell: Cell) -> int | None:
    try:
        found = number_of(cell)
    except ValueError:
        return None
    return int(found) if found is not None and found.is_integer() else None


def _amount(given: Mapping[str, str], fields: dict[str, Value], faults: list[Fault]) -> None:
    said = given["limit_amount"]
    if not said:
        return
    found = _whole(said)
    if found is None:
        faults.append(fault("limit_amount", "keeping.import_no_amount", value=said[:40]))
    else:
        fields["limit_amount"] = found


def _one_of(
    name: str,
    given: Mapping[str, str],
    known: Mapping[str, str],
    words: Words,
    fields: dict[str, Value],
    faults: list[Fault],
) -> None:
    said = given[name]
    if not said:
        return
    if squeeze(said) in known:
        fields[name] = known[squeeze(said)]
    else:
        offered = {"value": said[:40], "allowed": words.offered[name]}
        faults.append(fault(name, "keeping.import_not_listed", **offered))


def _flag(
    name: str, given: Mapping[str, str], fields: dict[str, Value], faults: list[Fault]
) -> None:
    said = given[name].casefold()
    if said and said not in _YES | _NO:
        faults.append(fault(name, "keeping.import_yes_or_no"))
    elif said:
        fields[name] = said in _YES


def read_ends(given: Mapping[str, str], faults: list[Fault]) -> bool:
    """Say whether a row ends its entry; what is neither yes nor no joins the faults."""
    said = given["ends"].casefold()
    if said and said not in _YES | _NO:
        faults.append(fault("ends", "keeping.import_yes_or_no"))
    return said in _YES


def _unit(said: str, words: Words) -> str:
    return words.organisations.get(squeeze(said), said)


def _several(said: str) -> list[str]:
    return [one for one in _BETWEEN.split(said) if one]
