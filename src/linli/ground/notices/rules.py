"""What a notice may carry, and how each kind reads. Rooms above declare their kinds here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from linli.ground.kernel.marking import N_

from .errors import UnableToTell
from .terms import Wording

# Ids, codes, numbers, instants: a name in any script but ASCII, a space or a sentence can't pass.
_CODE = re.compile(r"[A-Za-z0-9_.:+-]{0,64}", re.ASCII)
_MOBILE = re.compile(r"(\+?86)?1[3-9]\d{9}")
_PERSONAL = frozenset({"name", "phone", "door", "address", "text", "reporter", "reporter_id"})

_UNKNOWN = Wording(sentence=N_("您参与的一件事有了新进展。"))
_WORDINGS: dict[str, Wording] = {}


def declare(wordings: Mapping[str, Wording]) -> None:
    """Add the wordings of a room, by kind such as `cases.dispatched`."""
    _WORDINGS.update(wordings)


def list_wordings() -> Mapping[str, Wording]:
    """List every declared kind."""
    return MappingProxyType(_WORDINGS)


def wording_of(kind: str) -> Wording:
    """Give how a kind reads; a kind nobody declared (any more) says only that there is news."""
    return _WORDINGS.get(kind, _UNKNOWN)


def check_params(params: Mapping[str, str | int]) -> None:
    """Refuse what is not an id, a code, a number or an instant.

    Raises:
        UnableToTell: for a param that could hold who somebody is or what they said.
    """
    for name, value in params.items():
        if name in _PERSONAL or not _is_code(value):
            raise UnableToTell("notices.personal_param", name=name)


def _is_code(value: str | int) -> bool:
    text = str(value)
    return bool(_CODE.fullmatch(text)) and not _MOBILE.fullmatch(text)
