"""How a case is found: the marks kept beside its words, and what a member's question may reach."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

from linli.ground.kernel.tokens import any_text, mark_text, one_edit_away, plain
from linli.ground.people.terms import Scope

PERIOD_DAYS = 56
COMPLAINT = "^complaint"
YEARS_BACK = 2
SHORTEST_TAIL = 3
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


def list_marks(
    *,
    street_code: str,
    community_code: str,
    grid_code: str,
    organisation_ids: Iterable[int],
    is_complaint: bool,
    about_organisation_id: int | None,
    period: int,
) -> set[str]:
    """List the marks of a case: where it lies, who has it, when it came, whom it complains about.

    Args:
        community_code, grid_code: empty where the place is not known so far.
        organisation_ids: of those who see it by their assignment.
    """
    marks = {f"@{street_code[:digits]}" for digits in _STREET_DIGITS}
    marks |= {f"@{code}" for code in (community_code, grid_code) if code}
    marks |= {f"#{organisation_id}" for organisation_id in organisation_ids}
    marks.add(period_mark(period))
    if is_complaint:
        marks |= {COMPLAINT, f"^about{about_organisation_id}"}
    return marks


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
