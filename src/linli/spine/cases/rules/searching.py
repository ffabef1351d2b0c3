"""How a case is found: the marks kept beside its words, and what a member's question may reach."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from linli.ground.kernel.tokens import any_text, mark_text, one_edit_away, plain, query_text
from linli.ground.people.terms import Scope
from linli.ground.territory.terms import prefix_of
from linli.spine.cases.rules.cells import cells_of_window, field_of
from linli.spine.cases.terms import OPEN_STEPS, CaseFilters, Level, Step

PERIOD_DAYS = 56
COMPLAINT = "^complaint"
OPEN = "=open"
YEARS_BACK = 2
SHORTEST_TAIL = 3
# Ends of few cases, and levels few cases are at: what nearly all have is no help in finding.
SELDOM_ENDS = (Step.DECLINED, Step.VOID, Step.SETTLED, Step.MERGED)
SELDOM_LEVELS = (Level.GRID, Level.COMMUNITY, Level.DISTRICT)
# One filter alone has an index of its own, which gives the order of the list as well.
FEWEST_MARKS = 2
# Each more is another list to be read.
MOST_FIELDS = 8
# A case is marked with its district and sub-district, then with community and grid.
_STREET_DIGITS = (6, 9)
_FEWEST_DIGITS = 6
_NUMBER_DIGITS = 7
_YEAR_DIGITS = 4
_NUMBER = re.compile(r"(?P<year>20\d\d)[-–—](?P<rest>\d{0,7})|(?P<digits>\d{1,11})")
_SIGNS = re.compile(r"[\W_]+")


def period_of(reported_at: datetime) -> int:
    """Number the eight weeks of a report; the newest are looked through first."""
    return int(reported_at.astimezone(UTC).timestamp() // 86_400 // PERIOD_DAYS)


def period_mark(period: int) -> str:
    """Mark a case with its period."""
    return f"~{period}"


def year_of(reported_at: datetime) -> int:
    """Give the year of a report, in UTC like its period; few are looked for by years."""
    return reported_at.astimezone(UTC).year


def field_mark(cell: int) -> str:
    """Mark a case with the field its H3 cell lies in."""
    return f":{field_of(cell):x}"


@dataclass(frozen=True, kw_only=True)
class Marked:
    """What a case is marked by beside its words.

    Args:
        community_code, grid_code: empty where the place is not known so far.
        cell: the H3 cell of its point, where it has one.
        category_id, major_code: empty where nobody filed the case so far.
        organisation_ids: of those who see it by their assignment.
    """

    street_code: str
    community_code: str
    grid_code: str
    organisation_ids: Iterable[int]
    is_complaint: bool
    about_organisation_id: int | None
    reported_at: datetime
    cell: int | None
    category_id: int | None
    major_code: str
    channel: str
    level: str
    step: str


def list_marks(case: Marked) -> set[str]:
    """List the marks of a case: where it lies, whose it is, when and how it came, what it is."""
    marks = {f"@{case.street_code[:digits]}" for digits in _STREET_DIGITS}
    marks |= {f"@{code}" for code in (case.community_code, case.grid_code) if code}
    marks |= {f"#{organisation_id}" for organisation_id in case.organisation_ids}
    marks |= {period_mark(period_of(case.reported_at)), f"~y{year_of(case.reported_at)}"}
    marks.add(f"/{case.channel}")
    if case.cell is not None:
        marks.add(field_mark(case.cell))
    if case.is_complaint:
        marks |= {COMPLAINT, f"^about{case.about_organisation_id}"}
    if case.category_id is not None:
        marks |= {f"%{case.category_id}", f"%%{case.major_code}"}
    return marks | set(_standing(case.step, case.level))


def _standing(step: str, level: str) -> Iterator[str]:
    if step in OPEN_STEPS:
        yield OPEN
    if step in SELDOM_ENDS:
        yield f"={step}"
    if level in SELDOM_LEVELS:
        yield f"+{level}"


def marks_query(filters: CaseFilters, *, limit: str = "") -> str:
    """Write what a list is narrowed by as a query over marks; empty without such a filter.

    It narrows the look into the index; the filters are asked of the case itself again.

    Args:
        limit: how far the member sees, as `reach_query` writes it.
    """
    marks = [*_whose(filters), *([OPEN] if _asks_open(filters) else []), *_marks_of(filters)]
    return " & ".join(part for part in (query_text(marks), _fields_query(filters), limit) if part)


def _fields_query(filters: CaseFilters) -> str:
    """Write the window of a map as a query over the fields it touches, when they are few."""
    cells = cells_of_window(filters.window) if filters.window else []
    fields = sorted({field_mark(cell) for cell in cells})
    return f"({any_text(map(mark_text, fields))})" if 0 < len(fields) <= MOST_FIELDS else ""


def needs_marks(filters: CaseFilters) -> bool:
    """Say whether several filters come together of which none leaves few cases by itself.

    One filter alone has an index of its own; but whose they are has none.
    """
    marks = [*_marks_of(filters), *([OPEN] if _asks_open(filters) else [])]
    return bool(_whose(filters)) or len(marks) >= FEWEST_MARKS


def is_of_open_cases(filters: CaseFilters) -> bool:
    """Say whether open cases are asked for, whoever has them: one index holds all their filters."""
    return _asks_open(filters) and not _whose(filters) and not filters.text.strip()


def _whose(filters: CaseFilters) -> list[str]:
    is_led = filters.organisation_id is not None and filters.reason is None
    return [f"#{filters.organisation_id}"] if is_led else []


def _marks_of(filters: CaseFilters) -> Iterator[str]:
    prefix = prefix_of(filters.area_code) if filters.area_code else ""
    if len(prefix) > _STREET_DIGITS[-1]:
        yield f"@{prefix}"
    if filters.category_id is not None:
        yield f"%{filters.category_id}"
    if filters.major_code:
        yield f"%%{filters.major_code}"
    if filters.channel is not None:
        yield f"/{filters.channel.value}"
    if filters.level in SELDOM_LEVELS:
        yield f"+{filters.level.value}"
    if len(filters.steps) == 1 and filters.steps[0] in SELDOM_ENDS:
        yield f"={filters.steps[0].value}"


def _asks_open(filters: CaseFilters) -> bool:
    by_step = bool(filters.steps) and set(filters.steps) <= set(OPEN_STEPS)
    return bool(filters.is_overdue or filters.is_open or filters.is_silent or by_step)


def reach_query(scope: Scope) -> str | None:
    """Write how far a member sees as a query over marks; empty without a limit, None for nothing.

    It narrows the look into the index; what is shown is asked of `queries.scope` again.
    """
    about = [f"!{mark_text(f'^about{number}')}" for number in scope.never_about]
    if scope.all or any(len(prefix) < _FEWEST_DIGITS for prefix in scope.area_prefixes):
        return " & ".join(about)
    parts = [mark_text(f"@{prefix}") for prefix in scope.area_prefixes]
    parts += [_without_complaints(one) for one in scope.area_prefixes_without_complaints]
    parts += [mark_text(f"#{number}") for number in scope.organisation_ids]
    return " & ".join([f"({any_text(parts)})", *about]) if parts else None


def _without_complaints(prefix: str) -> str:
    without = f"!{mark_text(COMPLAINT)}"
    is_marked = len(prefix) >= _FEWEST_DIGITS
    return f"{mark_text(f'@{prefix}')} & {without}" if is_marked else without


def read_numbers(text: str, *, year: int) -> tuple[list[str], str]:
    """Read a case number as somebody types it: those it may be, and the beginning it may have.

    Args:
        year: this year, for who leaves it out.
    """
    found = _NUMBER.fullmatch(plain(text).strip())
    if found is None:
        return [], ""
    digits = found["digits"] or found["year"] + found["rest"]
    if found["digits"] and len(digits) <= _NUMBER_DIGITS:
        years = range(year, year - YEARS_BACK - 1, -1)
        return [f"{one}-{digits:0>{_NUMBER_DIGITS}}" for one in years], _beginning(digits)
    number = _number(digits)
    return ([number] if number else []), _beginning(digits)


def numbers_meant(text: str) -> list[str]:
    """List the case numbers one slip away from what was typed, when it is as long as a number."""
    digits = _SIGNS.sub("", plain(text))
    if not digits.isdecimal() or abs(len(digits) - _YEAR_DIGITS - _NUMBER_DIGITS) > 1:
        return []
    return [number for meant in one_edit_away(digits) if (number := _number(meant))]


def plain_number(text: str) -> str:
    """Bring a number given by somebody else into one form: letters and figures alone."""
    return _SIGNS.sub("", plain(text))


def _number(digits: str) -> str:
    is_whole = len(digits) == _YEAR_DIGITS + _NUMBER_DIGITS
    return f"{digits[:_YEAR_DIGITS]}-{digits[_YEAR_DIGITS:]}" if is_whole else ""


def _beginning(digits: str) -> str:
    is_enough = digits.startswith("20") and len(digits) >= _YEAR_DIGITS + SHORTEST_TAIL
    return f"{digits[:_YEAR_DIGITS]}-{digits[_YEAR_DIGITS:]}" if is_enough else ""
