"""What of joint enforcement is counted over a time."""

from __future__ import annotations

from enum import StrEnum


class EnforcementFigure(StrEnum):
    """Operations by when they began or were finished, notices served, measures taken."""

    OPERATIONS = "operations"
    FINISHED = "finished"
    NOTICES = "notices"
    MEASURES = "measures"
