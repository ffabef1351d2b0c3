"""Everything the room stores."""

from .catalogue import CatalogueVersion, Category
from .responsibility import Responsibility, ResponsibilityList

__all__ = ["CatalogueVersion", "Category", "Responsibility", "ResponsibilityList"]
