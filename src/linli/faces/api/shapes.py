"""From the rooms' frozen words to what goes over the wire."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from pydantic import BaseModel

Model = TypeVar("Model", bound=BaseModel)


def plain(view: Any) -> dict[str, Any]:
    """Give a frozen dataclass as JSON would hold it."""
    built: dict[str, Any] = msgspec.to_builtins(view)
    return built


def picked(kind: type[Model], view: object) -> Model:
    """Give the fields of a frozen dataclass that a schema names."""
    return kind(**{name: getattr(view, name) for name in kind.model_fields})
