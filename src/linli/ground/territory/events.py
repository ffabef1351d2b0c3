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


@dataclass(frozen=True, kw_only=True)
class PlaceNameAdded(Happened):
    """A name people use was entered, for an area or a point of its own."""

    name = "territory.PlaceNameAdded"
    place_name_id: int
    kind: str
    area_code: str


@dataclass(frozen=True, kw_only=True)
class PlaceNameClosed(Happened):
    """A name is no longer used."""

    name = "territory.PlaceNameClosed"
    place_name_id: int


@dataclass(frozen=True, kw_only=True)
class PlaceNamesImported(Happened):
    """A list of names was taken over, row by row."""

    name = "territory.PlaceNamesImported"
    added: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class PlanDrafted(Happened):
    """Somebody began a plan to re-draw grids."""

    name = "territory.PlanDrafted"
    plan_id: int
    within_code: str
    effective_on: date


@dataclass(frozen=True, kw_only=True)
class PlanChanged(Happened):
    """Steps, day or kept posts of a draft changed; `revision` is the one after it."""

    name = "territory.PlanChanged"
    plan_id: int
    revision: int


@dataclass(frozen=True, kw_only=True)
class PlanApproved(Happened):
    """Somebody other than the drafter approved a plan as it stood at `revision`."""

    name = "territory.PlanApproved"
    plan_id: int
    revision: int
    effective_on: date


@dataclass(frozen=True, kw_only=True)
class PlanWithdrawn(Happened):
    """A plan was taken back before its day."""

    name = "territory.PlanWithdrawn"
    plan_id: int


@dataclass(frozen=True, kw_only=True)
class PlanStopped(Happened):
    """On its day an approved plan could not be done; nothing of it was."""

    name = "territory.PlanStopped"
    plan_id: int
    reason_code: str


@dataclass(frozen=True, kw_only=True)
class TerritoryRedrawn(Happened):
    """A plan took effect: the rooms above let cases, posts and households follow."""

    name = "territory.TerritoryRedrawn"
    plan_id: int
    within_code: str
    effective_on: date
    begun: int
    ended: int
    redrawn: int
    buildings: int
