"""Who can be tried in the demonstration, for the table that `./linli demo` prints."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, override

from linli.faces.public.terms import ROLE_TASKS
from linli.ground.people.queries import list_demonstration_accounts
from linli.ground.people.terms import Role

from .accounts import DESKS, PASSWORD, RESIDENT_LOGIN, SHOWN_HANDLERS, SHOWN_LOGINS


@dataclass(frozen=True, kw_only=True)
class DeskView:
    """One account to try: who it is and what this person does, in the language asked for."""

    login: str
    password: str
    name: str
    role: Role
    role_label: str
    task: str


def list_desks(*, language: str = "zh-hans") -> list[DeskView]:
    """List the accounts worth trying, in the order of the roles, residents last.

    Args:
        language: of role and task, `zh-hans` or `en`.
    """
    with override(language):
        return [
            DeskView(
                login=person.login,
                password=PASSWORD,
                name=person.name,
                role=person.role,
                role_label=gettext(person.role.label),
                task=gettext(ROLE_TASKS[person.role]),
            )
            for person in list_demonstration_accounts()
            if person.login in _shown()
        ]


def _shown() -> frozenset[str]:
    named = (desk.login for desk in DESKS if desk.is_shown)
    handlers = (f"handler-{code.removeprefix('dept-')}" for code in SHOWN_HANDLERS)
    return frozenset((*named, *handlers, *SHOWN_LOGINS, RESIDENT_LOGIN))
