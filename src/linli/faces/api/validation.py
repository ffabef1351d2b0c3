"""Faults of fields, from the schema's words to sentences people understand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from linli.ground.kernel.marking import N_

from .terms import ApiRefusal

_EXPECTED: Mapping[str, str] = {
    "string": N_("文字"),
    "float": N_("数"),
    "int": N_("整数"),
    "bool": N_("true 或 false"),
    "uuid": N_("UUID"),
    "list": N_("列表"),
    "tuple": N_("列表"),
    "dict": N_("对象"),
    "model": N_("对象"),
    "datetime": N_("带时区的 ISO 8601 时间"),
    "timezone": N_("带时区的 ISO 8601 时间"),
    "date": N_("YYYY-MM-DD 日期"),
}
_ALLOWED = ("enum", "literal_error")
# Names of parameters that stand for a whole body or query, which callers never see.
_WHOLE = ("report", "given", "asked")
_RANGE = ("greater_than", "greater_than_equal", "less_than", "less_than_equal")


class WrongType(ApiRefusal):
    """A field of another type than asked; the type's name is translated too."""

    def words(self, translate: Any = str) -> str:
        """Say field and expected type."""
        expected = translate(str(self.params["expected"]))
        return str(translate(self.message) % (dict(self.params) | {"expected": expected}))


def refusals_of(errors: Sequence[Mapping[str, Any]]) -> list[ApiRefusal]:
    """Turn the faults a schema found into refusals, in the order of the fields."""
    return [_refusal(error) for error in errors] or [ApiRefusal("api.body_missing")]


def _refusal(error: Mapping[str, Any]) -> ApiRefusal:
    kind, context = str(error["type"]), error.get("ctx", {})
    field = field_of(error["loc"])
    if kind == "missing" and not field:
        return ApiRefusal("api.body_missing")
    if kind == "missing":
        return ApiRefusal("api.field_missing", field=field, **_named(field))
    if kind in _ALLOWED:
        allowed = str(context.get("expected", "")).replace("'", "").replace(" or ", ", ")
        return ApiRefusal("api.field_not_allowed", field=field, **_named(field), allowed=allowed)
    return _by_kind(kind, field, context)


def _by_kind(kind: str, field: str, context: Mapping[str, Any]) -> ApiRefusal:
    if kind in _RANGE or kind == "finite_number":
        return ApiRefusal("api.field_out_of_range", field=field, **_named(field))
    if kind == "string_too_long":
        limit = context["max_length"]
        return ApiRefusal("api.field_too_long", field=field, **_named(field), limit=limit)
    if kind == "string_too_short":
        return ApiRefusal("api.field_too_short", field=field, **_named(field))
    if kind == "too_long":
        limit = context["max_length"]
        return ApiRefusal("api.too_many", field=field, **_named(field), limit=limit)
    if kind == "uuid_version":
        return ApiRefusal("api.field_not_uuid7", field=field, **_named(field))
    return _wrong_type(kind, field)


def _wrong_type(kind: str, field: str) -> ApiRefusal:
    expected = _EXPECTED.get(kind.partition("_")[0])
    if expected is None:
        return ApiRefusal("api.field_wrong", field=field, **_named(field))
    return WrongType("api.field_wrong_type", field=field, **_named(field), expected=expected)


def _named(field: str) -> dict[str, Any]:
    return {"name": field}


def field_of(loc: Sequence[str | int]) -> str:
    """Name a field as the caller wrote it: `photos.0.secret`, without the schema's own levels."""
    _source, *path = loc
    if path and path[0] in _WHOLE:
        path = path[1:]
    return ".".join(str(part) for part in path)
