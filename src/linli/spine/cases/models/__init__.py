"""Everything the room stores."""

from .case import Case, CaseSettings
from .catalogue import CatalogueVersion, Category
from .link import HandlerLink, LinkUse
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
    "HandlerLink",
    "LinkUse",
    "Rating",
    "Reporter",
    "Responsibility",
    "ResponsibilityList",
]
