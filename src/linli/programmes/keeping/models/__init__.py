"""Everything the room stores."""

from .draft import Draft, DraftChange
from .parent import ParentItem, ParentStance, ParentVersion

__all__ = ["Draft", "DraftChange", "ParentItem", "ParentStance", "ParentVersion"]
