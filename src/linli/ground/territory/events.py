"""What happens to the territory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.ground.kernel.terms import Happened


@dataclass(frozen=True, kw_only=True)
class AreaAdded(Happened):
    """One area was entered by hand."""

    name = "territory.AreaAdded"
    area_id: int
    area_code: str
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class AreaClosed(Happened):
    """One area ceased to be in force on a day; what happened in it stays readable."""

    name = "territory.AreaClosed"
    area_id: int
    area_code: str
    valid_to: date


@dataclass(frozen=True, kw_only=True)
class AreasImported(Happened):
    """A file or list of areas was taken over as a whole."""

    name = "territory.AreasImported"
    import_id: int
    added: int
    redrawn: int
