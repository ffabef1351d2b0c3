"""Everything the room stores."""

from .beneficiary import Beneficiary
from .case import Case, CaseSettings
from .catalogue import CatalogueVersion, Category
from .checking import Check, CheckAnswer, SampleDraw
from .gathering import Merge, Precedent, Reminder
from .link import HandlerLink, LinkUse
from .met_too import MetToo
from .origin import Origin
from .pending import Pending
from .presence import Presence
from .putting_off import Extension
from .reporter import Reporter
from .responsibility import Responsibility, ResponsibilityList
from .search import CaseWords, CaseWordsDue
from .supervision import Instruction, RungMark
from .work import Assignment, CasePhoto, Clock, Rating

__all__ = [
    "Assignment",
    "Beneficiary",
    "Case",
    "CasePhoto",
    "CaseSettings",
    "CaseWords",
    "CaseWordsDue",
    "CatalogueVersion",
    "Category",
    "Check",
    "CheckAnswer",
    "Clock",
    "Extension",
    "HandlerLink",
    "Instruction",
    "LinkUse",
    "Merge",
    "MetToo",
    "Origin",
    "Pending",
    "Precedent",
    "Presence",
    "Rating",
    "Reminder",
    "Reporter",
    "Responsibility",
    "ResponsibilityList",
    "RungMark",
    "SampleDraw",
]
