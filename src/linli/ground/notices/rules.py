"""What a notice may carry, and how each kind reads. Rooms above declare their kinds here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from .errors import UnableToTell
from .terms import Wording

# Ids, codes and numbers of cases and areas; never who reported, where they live, what they said.
ALLOWED_PARAMS = frozenset(
    {
        "account_id",
        "action",
        "area_code",
        "area_id",
        "case_id",
        "category",
        "code",
        "count",
        "due_at",
        "event_id",
        "number",
        "organisation_id",
        "reason_code",
        "step",
    }
)
LONGEST_PARAM_CHARACTERS = 64

_WORDINGS: dict[str, Wording] = {}


def declare(wordings: Mapping[str, Wording]) -> None:
    """Add the wordings of a room, by kind such as `cases.dispatched`."""
    _WORDINGS.update(wordings)


def list_wordings() -> Mapping[str, Wording]:
    """List every declared kind."""
    return MappingProxyType(_WORDINGS)


def check_params(kind: str, params: Mapping[str, str | int]) -> None:
    """Refuse what is not an id, a code or a number.

    Raises:
        UnableToTell: for an undeclared kind, a param of another name, or one too long for a code.
    """
    if kind not in _WORDINGS:
        raise UnableToTell("notices.unknown_kind", kind=kind)
    for name in _not_codes(params):
        raise UnableToTell("notices.personal_param", name=name)


def _not_codes(params: Mapping[str, str | int]) -> Iterable[str]:
    for name, value in params.items():
        if name not in ALLOWED_PARAMS or len(str(value)) > LONGEST_PARAM_CHARACTERS:
            yield name
