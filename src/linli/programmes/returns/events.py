"""What happens to forms of the office above and to their returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from linli.ground.kernel.terms import Happened


@dataclass(frozen=True, kw_only=True)
class FormUploaded(Happened):
    """A form of the office above was taken in."""

    name: ClassVar[str] = "returns.form_uploaded"
    form_id: int
    period_kind: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class FormVersionAdded(Happened):
    """The office above changed its form; so many cells kept what they stand for."""

    name: ClassVar[str] = "returns.form_version_added"
    form_id: int
    version_no: int
    digest: str
    kept: int
    moved: int


@dataclass(frozen=True, kw_only=True)
class FormStopped(Happened):
    """A form is filled in no more."""

    name: ClassVar[str] = "returns.form_stopped"
    form_id: int


@dataclass(frozen=True, kw_only=True)
class CellsMapped(Happened):
    """Somebody said what cells stand for; `cells` as sheet!cell."""

    name: ClassVar[str] = "returns.cells_mapped"
    form_id: int
    version_no: int
    cells: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CellUnmapped(Happened):
    """A cell stands for nothing any more."""

    name: ClassVar[str] = "returns.cell_unmapped"
    form_id: int
    version_no: int
    cell: str
    figure: str


@dataclass(frozen=True, kw_only=True)
class ReturnFilled(Happened):
    """A return was filled in."""

    name: ClassVar[str] = "returns.return_filled"
    form_id: int
    return_id: int
    first: date
    last: date
    cells: int


@dataclass(frozen=True, kw_only=True)
class FigureCorrected(Happened):
    """A number of a return was corrected by hand; the reason stands in the text."""

    name: ClassVar[str] = "returns.figure_corrected"
    return_id: int
    cell: str
    before: str
    after: str
