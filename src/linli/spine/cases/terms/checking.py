"""Words of checking 核查: what is checked, how, by whom, and how it came out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.spine.cases.catalogue_terms import CheckedBy

from .views import CaseRow


class CheckKind(StrEnum):
    """What is looked at: the result of a handler, or a sample of what was settled at once."""

    RESULT = "result"
    SAMPLE = "sample"


CHECK_KIND_LABELS: Mapping[CheckKind, str] = {
    CheckKind.RESULT: N_("核查"),
    CheckKind.SAMPLE: N_("抽查"),
}


class Chosen(StrEnum):
    """Why it was proposed to this person: by the grid, for somebody else there, for the street."""

    GRID = "grid"
    STAND_IN = "stand_in"
    STREET = "street"
    NOBODY = "nobody"


CHOSEN_LABELS: Mapping[Chosen, str] = {
    Chosen.GRID: N_("本网格的人"),
    Chosen.STAND_IN: N_("本网格的人办过或发现了这件，由别人代为核查"),
    Chosen.STREET: N_("网格里没有可以核查的人，由街道核查员核查"),
    Chosen.NOBODY: N_("没有合适的人，有核查权限的都可以核查"),
}


@dataclass(frozen=True, kw_only=True)
class AnswerView:
    """What a reporter answered, without who; `words` are masked."""

    solved: bool
    answered_at: datetime
    words: str


@dataclass(frozen=True, kw_only=True)
class CheckView:
    """One check of a case; `passed` is empty until somebody decides, and where it lapsed.

    `unit_name` is whose work was looked at; empty where no organisation led. `words` are the
    checker's. Without an answer by `answer_by` the assigned checker may open the reporter.
    """

    no: int
    kind: CheckKind
    kind_label: str
    way: CheckedBy
    verifier_name: str
    is_mine: bool
    chosen_label: str
    unit_name: str
    given_at: datetime
    due_at: datetime
    answer_by: datetime | None
    done_at: datetime | None
    done_by: str
    passed: bool | None
    words: str
    answers: tuple[AnswerView, ...]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to look."""
        return self.done_at is None


@dataclass(frozen=True, kw_only=True)
class CheckItem:
    """One check that waits, with its case; `answer` is the newest a reporter gave."""

    row: CaseRow
    kind: CheckKind
    kind_label: str
    way: CheckedBy
    due_at: datetime
    is_overdue: bool
    verifier_id: int | None
    verifier_name: str
    chosen_label: str
    answer_by: datetime | None
    answer: bool | None


@dataclass(frozen=True, kw_only=True)
class CheckPage:
    """Checks that wait, oldest due first; `total` over all, `grids` to narrow them by."""

    items: tuple[CheckItem, ...]
    total: int
    grids: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, kw_only=True)
class SampleCount:
    """What became of the sample in one community: `wrong` of `done` of `drawn` of `settled`."""

    name: str
    settled: int
    drawn: int
    done: int
    wrong: int


@dataclass(frozen=True, kw_only=True)
class ResultCount:
    """How checks of one organisation's work came out: `failed` of `done`."""

    organisation_id: int | None
    name: str
    done: int
    failed: int


@dataclass(frozen=True, kw_only=True)
class Asked:
    """How often reporters were asked, answered, said yes; and passed without an answer."""

    asked: int
    answered: int
    said_yes: int
    unheard: int


@dataclass(frozen=True, kw_only=True)
class CheckFigures:
    """Checks of one month; samples are counted apart from the checks of results."""

    first: date
    last: date
    share: int
    sample: SampleCount
    communities: tuple[SampleCount, ...]
    result: ResultCount
    organisations: tuple[ResultCount, ...]
    asked: Asked


@dataclass(frozen=True, kw_only=True)
class SettledCase:
    """A case settled at once, as the draw looks at it."""

    case_id: UUID
    finder_id: int
