"""Words of returns: forms of the office above, what their cells stand for, and what was filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from linli.ground.kernel.marking import N_
from linli.ground.kernel.terms import Subject

FORM_KIND, RETURN_KIND = "returns.Form", "returns.Return"
MOST_NAME, MOST_ISSUER, MOST_REASON = 80, 60, 300


def form_subject(form_id: int) -> Subject:
    """Name a form as the subject of events."""
    return Subject(kind=FORM_KIND, id=str(form_id))


def return_subject(return_id: int) -> Subject:
    """Name a filled return as the subject of events."""
    return Subject(kind=RETURN_KIND, id=str(return_id))


class PeriodKind(StrEnum):
    """How often a form is filled in."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


PERIOD_LABELS: Mapping[PeriodKind, str] = {
    PeriodKind.WEEK: N_("周报"),
    PeriodKind.MONTH: N_("月报"),
    PeriodKind.QUARTER: N_("季报"),
    PeriodKind.YEAR: N_("年报"),
}


@dataclass(frozen=True, kw_only=True)
class Period:
    """One week, month, quarter or year; both days belong to it."""

    kind: PeriodKind
    first: date
    last: date


class Span(StrEnum):
    """Which time a cell is about, seen from the period of the return."""

    THIS = "this"
    YEAR = "year"
    PREVIOUS = "previous"
    LAST_YEAR = "last_year"
    CHANGE = "change"


SPAN_LABELS: Mapping[Span, str] = {
    Span.THIS: N_("本期"),
    Span.YEAR: N_("本年累计"),
    Span.PREVIOUS: N_("上期"),
    Span.LAST_YEAR: N_("去年同期"),
    Span.CHANGE: N_("同比增减（%）"),
}


class Source(StrEnum):
    """Which room counts a figure; also where its lists lead."""

    CASES = "cases"
    CALLBACKS = "callbacks"
    RATES = "rates"
    CALLS = "calls"
    WHISTLES = "whistles"
    OPERATIONS = "operations"


class Narrowing(StrEnum):
    """By what a figure can be narrowed."""

    AREA = "area"
    CATEGORY = "category"
    CHANNEL = "channel"
    LEVEL = "level"


NARROWING_LABELS: Mapping[Narrowing, str] = {
    Narrowing.AREA: N_("社区或网格"),
    Narrowing.CATEGORY: N_("类别"),
    Narrowing.CHANNEL: N_("来源"),
    Narrowing.LEVEL: N_("办理层级"),
}


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a cell stands for; an empty narrowing means all of it.

    Args:
        figure: key in the registry of figures.
        category_key: one category by its key, or `major_code` a whole major class.
    """

    figure: str
    span: Span = Span.THIS
    area_code: str = ""
    category_key: str = ""
    major_code: str = ""
    channel: str = ""
    level: str = ""

    def narrowed_by(self) -> tuple[Narrowing, ...]:
        """List by what it is narrowed."""
        given = {
            Narrowing.AREA: self.area_code,
            Narrowing.CATEGORY: self.category_key or self.major_code,
            Narrowing.CHANNEL: self.channel,
            Narrowing.LEVEL: self.level,
        }
        return tuple(one for one, value in given.items() if value)


@dataclass(frozen=True, kw_only=True)
class MappingView:
    """One cell and what it stands for; one that is not placed waits for somebody to say where."""

    id: int
    sheet: str
    cell: str
    target: Target
    row_label: str
    column_label: str
    is_placed: bool
    suggested: str
    figure_label: str
    words: str


@dataclass(frozen=True, kw_only=True)
class VersionView:
    """One version of a form as it was sent."""

    id: int
    no: int
    file_name: str
    size_bytes: int
    uploaded_by_id: int
    uploaded_at: datetime


@dataclass(frozen=True, kw_only=True)
class ReturnView:
    """One filled return without its numbers; `is_partial`: the period was not over."""

    id: int
    form_id: int
    form_name: str
    version_no: int
    period: Period
    period_words: str
    filled_by_id: int
    filled_at: datetime
    is_partial: bool
    cells: int
    corrected: int


@dataclass(frozen=True, kw_only=True)
class FormView:
    """One form of the office above, with its newest version."""

    id: int
    street_code: str
    name: str
    issuer: str
    kind: PeriodKind
    kind_label: str
    created_by_id: int
    created_at: datetime
    stopped_at: datetime | None
    version: VersionView
    mapped: int
    unplaced: int
    last_return: ReturnView | None


@dataclass(frozen=True, kw_only=True)
class FigureView:
    """One number of a filled return: as it was counted, as it was corrected, as it is now.

    `amount` is None where nothing could be counted, e.g. a share of none.
    """

    id: int
    sheet: str
    cell: str
    label: str
    words: str
    target: Target
    amount: Decimal | None
    corrected: Decimal | None
    is_corrected: bool
    reason: str
    corrected_by_id: int | None
    corrected_at: datetime | None
    now: Decimal | None

    @property
    def written(self) -> Decimal | None:
        """The number that stands in the file."""
        return self.corrected if self.is_corrected else self.amount

    @property
    def has_changed(self) -> bool:
        """Whether it would be counted otherwise now."""
        return self.amount != self.now


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What the words beside and above an empty cell seem to ask for."""

    sheet: str
    cell: str
    target: Target
    row_label: str
    column_label: str
    words: str = ""
