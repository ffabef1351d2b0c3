"""Cases in a table: which columns there are, and what one row says, or why it can't be taken."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from linli.ground.kernel.marking import N_
from linli.ground.kernel.tables.terms import Cell, Column, Fault
from linli.ground.kernel.tables.values import (
    AmbiguousDate,
    has_nul,
    instant_of,
    number_of,
    text_of,
)
from linli.spine.cases.rules.refusals import ReportRefused
from linli.spine.cases.rules.reports import check_report, title_of
from linli.spine.cases.terms import (
    PLACELESS_KINDS,
    CaseKind,
    Channel,
    Contact,
    NewReport,
    Point,
    UpperOrder,
)

T = TypeVar("T")

# By which doors a case may come in a table; the others are this system's own.
CHANNELS = tuple(
    channel
    for channel in Channel
    if channel not in (Channel.WEB, Channel.API, Channel.PATROL, Channel.REPLAY)
)

COLUMNS = (
    Column(
        name="original_number",
        label=N_("原编号"),
        titles=(
            *("工单编号", "工单号", "案件编号", "受理编号", "诉求编号", "流水号", "编号"),
            *("order_no", "case_enquiry_id"),
        ),
        hint=N_("上级平台或热线的编号。填了就按它认同一件事，重复导入不会多出案件。"),
        example=N_("12345-20261122-0001"),
    ),
    Column(
        name="received_at",
        label=N_("上级受理时间"),
        titles=(
            *("受理时间", "来电时间", "反映时间", "上报时间", "诉求时间", "时间"),
            *("time", "open_dt"),
        ),
        hint=N_("年在前，如 2026-11-22 09:30。文字或 Excel 日期都可以。"),
        example=N_("2026-11-22 09:30"),
    ),
    Column(
        name="due_at",
        label=N_("上级要求办结时间"),
        titles=("办结时限", "要求办结时间", "截止时间", "到期时间", "办理期限", "target_dt"),
        hint=N_("上级规定的最后时间，写法同上；会一直留在案件上。"),
        example=N_("2026-11-27 17:00"),
    ),
    Column(
        name="system",
        label=N_("来源平台"),
        titles=("上级平台", "来源系统"),
        hint=N_("不填就用上传时写的平台。"),
    ),
    Column(
        name="channel",
        label=N_("来源渠道"),
        titles=("渠道", "受理渠道", "来源", "诉求来源"),
        hint=N_("不填就用上传时选的渠道。"),
    ),
    Column(
        name="kind",
        label=N_("诉求类型"),
        titles=("类型", "工单类型", "诉求类别"),
        hint=N_("不填按“问题上报”。"),
    ),
    Column(name="title", label=N_("标题"), titles=("主题", "事项", "工单标题", "诉求标题")),
    Column(
        name="text",
        label=N_("反映的内容"),
        titles=(
            *("内容", "诉求内容", "反映内容", "问题描述", "事件描述", "描述", "工单内容", "详情"),
            *("detail", "description"),
        ),
        is_needed=True,
        hint=N_("写清是什么、在哪里、什么时候。姓名、电话和门牌另有列，不要写在这里。"),
        example=N_("小区东门外垃圾堆了三天，没有人清。"),
    ),
    Column(
        name="category",
        label=N_("类别"),
        titles=("事项类别", "问题类别", "事项分类", "分类"),
        hint=N_("目录里的名称或代码；不填就由受理员分类。"),
        example=N_("暴露垃圾"),
    ),
    Column(
        name="lon",
        label=N_("经度"),
        titles=("longitude", "lng", "x", "经度坐标"),
        hint=N_("和纬度一起填；坐标系在上传时选。没有坐标就填地址。"),
        example=N_("125.3053"),
    ),
    Column(
        name="lat",
        label=N_("纬度"),
        titles=("latitude", "y", "纬度坐标"),
        example=N_("43.8712"),
    ),
    Column(
        name="address",
        label=N_("地址"),
        titles=("事发地址", "事发地点", "地点", "位置", "诉求地址", "详细地址", "location"),
        hint=N_("没有经纬度时尽量填；两样都没有的照样导入，由受理员落位。"),
        example=N_("示例小区东门"),
    ),
    Column(name="place_note", label=N_("怎么找到"), titles=("位置说明",)),
    Column(
        name="is_urgent",
        label=N_("紧急"),
        titles=("是否紧急", "紧急程度"),
        hint=N_("有危险、要马上处理的填“是”。"),
    ),
    Column(
        name="about",
        label=N_("投诉的单位"),
        titles=("被投诉单位", "被反映单位"),
        hint=N_("只有投诉才填；写单位的名称或编号。"),
    ),
    Column(
        name="name",
        label=N_("反映人称呼"),
        titles=("反映人", "诉求人", "来电人", "联系人", "姓名"),
        hint=N_("和案件分开存放，承办人看不到。"),
    ),
    Column(
        name="phone",
        label=N_("反映人电话"),
        titles=("联系电话", "来电号码", "电话", "手机号", "手机号码"),
        hint=N_("同上。"),
    ),
    Column(name="door", label=N_("反映人门牌"), titles=("门牌", "住址"), hint=N_("同上。")),
)
SHOWN = (N_("原编号"), N_("上级受理时间"), N_("标题"), N_("类别"), N_("位置"), N_("诉求类型"))

MESSAGES: Mapping[str, str] = {
    "import.nul": N_("有看不见的空字符（NUL）。退回的文件里已经去掉，核对后可以直接再传。"),
    "import.number_unreadable": N_("“%(value)s”不是数字。"),
    "import.point_incomplete": N_("经度和纬度要一起填。"),
    "import.date_unreadable": N_("“%(value)s”不是日期。请写成 2026-11-22 09:30。"),
    "import.date_ambiguous": N_(
        "“%(value)s”分不清哪个是月、哪个是日。请把年写在前面，如 2026-11-22。"
    ),
    "import.date_future": N_("上级受理时间还没有到，请核对。"),
    "import.due_before_received": N_("要求办结时间早于受理时间，请核对。"),
    "import.category_unknown": N_("目录里没有“%(value)s”。请填目录里的名称或代码，或留空。"),
    "import.category_ambiguous": N_("目录里有几个“%(value)s”，请改填代码，如 %(keys)s。"),
    "import.channel_unknown": N_("没有“%(value)s”这个渠道，可以填：%(allowed)s。"),
    "import.kind_unknown": N_("没有“%(value)s”这个类型，可以填：%(allowed)s。"),
    "import.organisation_unknown": N_("没有“%(value)s”这个单位。"),
    "import.about_needs_complaint": N_("填了投诉的单位，诉求类型应当是“投诉”。"),
    "import.default_point": N_(
        "坐标 %(lon)s, %(lat)s 在文件里出现 %(count)s 次，多半是默认点；按没有坐标导入，待落位。"
    ),
    "import.no_place": N_("没有坐标，也没有地址；照样导入，由受理员从内容里找地方落位。"),
    "import.outside": N_("坐标不在任何街道内，导入后由受理员落位。"),
    "import.other_street": N_("位置在“%(street)s”，不在您的范围内，请交给那里的受理员导入。"),
    "import.not_permitted": N_("您的岗位不能登记这一类事项。"),
    "import.repeated": N_("和第 %(first)s 行重复，只导入一次。"),
    "import.number_repeated": N_("原编号和第 %(first)s 行相同，内容却不同，请核对。"),
    "import.known": N_("已经有这件案件：%(number)s，不再导入。"),
}
DEFAULT_PLACE = N_("原表没有可用的位置")
_YES = frozenset({"是", "y", "yes", "1", "true", "紧急", "特急", "加急", "√", "urgent"})
# Which column a refusal of the intake is about.
_COLUMN_OF_FIELD = {
    "category": "category",
    "about_organisation_id": "about",
    "lon": "lon",
}


@dataclass(frozen=True, kw_only=True)
class Lookups:
    """What a row is read with; keys of the mappings are as `plain` gives them.

    `offered` says in words what may be written in a column, `nowhere` stands for an address where
    a row has no place at all.
    """

    zone: ZoneInfo
    now: datetime
    channel: Channel
    system: str
    categories: Mapping[str, tuple[str, ...]]
    channels: Mapping[str, Channel]
    kinds: Mapping[str, CaseKind]
    organisations: Mapping[str, int]
    to_wgs84: Callable[[float, float], tuple[float, float]]
    offered: Mapping[str, str]
    nowhere: str


@dataclass(frozen=True, kw_only=True)
class ReadCase:
    """One row as understood; with faults it is not to be taken, remarks are worth knowing."""

    report: NewReport
    upper: UpperOrder
    faults: tuple[Fault, ...]
    remarks: tuple[Fault, ...] = ()


def fault(column: str, code: str, /, **params: object) -> Fault:
    """Say what is wrong beside a cell."""
    return Fault(column=column, code=code, message=MESSAGES[code], params=params)


def fault_of(refusal: ReportRefused) -> Fault:
    """Say what the intake refused, beside the cell it is about."""
    names = {column.name for column in COLUMNS}
    field = _COLUMN_OF_FIELD.get(refusal.field, refusal.field)
    return Fault(
        column=field if field in names else "",
        code=refusal.code,
        message=refusal.message,
        params=refusal.params,
    )


def plain(text: str) -> str:
    """Bring a name into the form it is compared in."""
    return "".join(text.split()).casefold()


def fingerprint_of(cells: Mapping[str, Cell], *, system: str) -> str:
    """Tell by what a row is known again: its platform and number, else its words and place."""
    given = {name: text_of(cell) for name, cell in cells.items()}
    if number := given.get("original_number"):
        return f"number|{plain(given.get('system') or system)}|{number}"
    parts = (given.get(name, "") for name in ("received_at", "text", "address", "lon", "lat"))
    return "|".join(("words", *parts))


def id_of(fingerprint: str, *, street_code: str) -> UUID:
    """Make the id a row always gets, so that the database refuses to take it twice (UUIDv7).

    The time in it is none: rows without one must get the same id again.
    """
    digest = hashlib.sha256(f"{street_code}|{fingerprint}".encode("utf-8", "replace")).digest()
    # 2020-01-01, in milliseconds; then the version and the variant of RFC 9562.
    number = (1_577_836_800_000 << 80) | int.from_bytes(digest[:10], "big")
    number = number & ~(0xF << 76) | (7 << 76)
    return UUID(int=number & ~(0b11 << 62) | (0b10 << 62))


def read_row(cells: Mapping[str, Cell], *, case_id: UUID, lookups: Lookups) -> ReadCase:
    """Read one row; every cell that is wrong is named, not only the first."""
    reader = _Reader(cells, lookups)
    report = reader.report(case_id)
    upper = reader.upper()
    remarks: tuple[Fault, ...] = ()
    if _is_nowhere(report):
        remarks = (fault("address", "import.no_place"),)
        report = replace(report, address=lookups.nowhere)
    if not reader.faults:
        try:
            check_report(report)
        except ReportRefused as refusal:
            reader.faults.append(fault_of(refusal))
    shown = replace(report, title=title_of(report)) if report.text else report
    return ReadCase(report=shown, upper=upper, faults=tuple(reader.faults), remarks=remarks)


def _is_nowhere(report: NewReport) -> bool:
    needs_place = report.kind not in PLACELESS_KINDS
    return needs_place and report.point is None and not report.address


class _Reader:
    """Reads cell by cell and collects what is wrong."""

    def __init__(self, cells: Mapping[str, Cell], lookups: Lookups) -> None:
        self.cells, self.known = cells, lookups
        self.faults = [fault(name, "import.nul") for name, cell in cells.items() if has_nul(cell)]

    def text(self, name: str) -> str:
        return text_of(self.cells.get(name)).replace("\x00", "")

    def report(self, case_id: UUID) -> NewReport:
        kind = self.choose("kind", self.known.kinds, "import.kind_unknown")
        channel = self.choose("channel", self.known.channels, "import.channel_unknown")
        return NewReport(
            id=case_id,
            text=self.text("text"),
            title=self.text("title"),
            kind=kind or CaseKind.INCIDENT,
            channel=channel or self.known.channel,
            category_key=self.category(),
            point=self.point(),
            address=self.text("address"),
            place_note=self.text("place_note"),
            contact=self.contact(),
            about_organisation_id=self.about(kind),
            is_urgent=plain(self.text("is_urgent")) in _YES,
            original_number=self.text("original_number"),
        )

    def contact(self) -> Contact:
        return Contact(name=self.text("name"), phone=self.text("phone"), door=self.text("door"))

    def upper(self) -> UpperOrder:
        received, due = self.instant("received_at"), self.instant("due_at")
        if received and received > self.known.now:
            self.faults.append(fault("received_at", "import.date_future"))
        if received and due and due < received:
            self.faults.append(fault("due_at", "import.due_before_received"))
        system = self.text("system") or self.known.system
        return UpperOrder(system=system[:60], received_at=received, due_at=due)

    def instant(self, name: str) -> datetime | None:
        try:
            return instant_of(self.cells.get(name), zone=self.known.zone)
        except AmbiguousDate:
            self.faults.append(fault(name, "import.date_ambiguous", value=self.short(name)))
        except (ValueError, OverflowError):
            self.faults.append(fault(name, "import.date_unreadable", value=self.short(name)))
        return None

    def short(self, name: str) -> str:
        return self.text(name)[:40]

    def choose(self, name: str, allowed: Mapping[str, T], code: str) -> T | None:
        given = self.text(name)
        found = allowed.get(plain(given))
        if given and found is None:
            offered = self.known.offered[name]
            self.faults.append(fault(name, code, value=self.short(name), allowed=offered))
        return found

    def category(self) -> str:
        given = self.text("category")
        keys = self.known.categories.get(plain(given), ())
        if given and not keys:
            short = self.short("category")
            self.faults.append(fault("category", "import.category_unknown", value=short))
        if len(keys) > 1:
            offered = "、".join(keys[:4])
            self.faults.append(
                fault("category", "import.category_ambiguous", value=given[:40], keys=offered)
            )
        return keys[0] if len(keys) == 1 else ""

    def about(self, kind: CaseKind | None) -> int | None:
        given = self.text("about")
        found = self.known.organisations.get(plain(given)) if given else None
        if given and found is None:
            value = self.short("about")
            self.faults.append(fault("about", "import.organisation_unknown", value=value))
        elif found is not None and kind is not CaseKind.COMPLAINT:
            self.faults.append(fault("about", "import.about_needs_complaint"))
        return found

    def point(self) -> Point | None:
        lon, lat = self.number("lon"), self.number("lat")
        unreadable = any(one.column in ("lon", "lat") for one in self.faults)
        if unreadable or (lon is None and lat is None):
            return None
        if lon is None or lat is None:
            missing = "lon" if lon is None else "lat"
            self.faults.append(fault(missing, "import.point_incomplete"))
            return None
        return Point(lon=lon, lat=lat)

    def number(self, name: str) -> float | None:
        try:
            return number_of(self.cells.get(name))
        except ValueError:
            self.faults.append(fault(name, "import.number_unreadable", value=self.short(name)))
            return None
