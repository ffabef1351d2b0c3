"""The room's read-only admin: one module for each part."""

from . import case as case
from . import catalogue as catalogue
