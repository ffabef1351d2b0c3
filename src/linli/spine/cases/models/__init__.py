"""Everything the room stores."""

from .case import Case, CaseSettings
from .catalogue import CatalogueVersion, Category
from .reporter import Reporter
from .responsibility import Responsibility, ResponsibilityList
from .work import Assignment, CasePhoto, Clock, Rating

__all__ = [
    "Assignment",
    "Case",
    "CasePhoto",
    "CaseSettings",
    "CatalogueVersion",
    "Category",
    "Clock",
    "Rating",
    "Reporter",
    "Responsibility",
    "ResponsibilityList",
]
