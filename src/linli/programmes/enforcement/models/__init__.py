"""Everything the room stores."""

from .operation import Appeal, Evidence, LegalNotice, Measure, Operation, Participation, Score
from .party import Party
from .roster import Power, Secondment

__all__ = [
    "Appeal",
    "Evidence",
    "LegalNotice",
    "Measure",
    "Operation",
    "Participation",
    "Party",
    "Power",
    "Score",
    "Secondment",
]
