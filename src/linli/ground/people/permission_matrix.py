"""The table of permissions as a page of the reference, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext, override

from .rules import CASE_ACTIONS, PERMISSIONS
from .terms import CENTRE_ROLES, Action, Reach, Role

LETTERS = {
    Reach.OWN: "M",
    Reach.ORGANISATION: "O",
    Reach.AREA: "A",
    Reach.STREET: "S",
    Reach.ALL: "E",
}
_INTRODUCTION = """\
# Who may do what 权限表

Generated from `linli.ground.people.permissions` by `./linli manage permissions`; the check
compares it. What is not granted is denied 未列出的一律不可以。

A right comes from a post and lasts as long as its term, by the date of the post's own
sub-district 权限来自任职，只在任期内有效. Everybody with an account also has the rights of a
resident. Whether an action fits the step a case is in is decided by the procedure, not here.
"""


def render() -> str:
    """Write the whole page."""
    parts = [_INTRODUCTION, *_legend(), *_matrix(), *_roles(), *_exceptions()]
    return "\n".join(parts) + "\n"


def _legend() -> Iterator[str]:
    yield "## How far 范围\n"
    yield _row(("", "范围", "reach"))
    yield _row(("---",) * 3)
    for reach, letter in LETTERS.items():
        yield _row((letter, reach.label, _english(reach.label)))
    yield ""


def _matrix() -> Iterator[str]:
    yield "## Actions and roles 操作与岗位\n"
    yield _row(("操作 action", *(role.label for role in Role)))
    yield _row(("---", *(":-:" for _ in Role)))
    for action in Action:
        letters = (
            LETTERS[PERMISSIONS[role][action]] if action in PERMISSIONS[role] else ""
            for role in Role
        )
        yield _row((f"{action.label} {_english(action.label)} `{action.value}`", *letters))
    yield ""


def _roles() -> Iterator[str]:
    yield "## Roles 岗位\n"
    yield _row(("岗位", "role", "id", "投诉 complaints"))
    yield _row(("---",) * 4)
    for role in Role:
        sees = Action.COMPLAINT_READ in PERMISSIONS[role]
        own = "own only 仅本人的" if role is Role.RESIDENT else "no 不可见"
        shown = "yes 可见" if sees else own
        yield _row((role.label, _english(role.label), f"`{role.value}`", shown))
    yield ""


def _exceptions() -> Iterator[str]:
    centre = "、".join(role.label for role in CENTRE_ROLES)
    yield "## What the table can't show 另有规定\n"
    yield (
        "- A complaint is closed to every role without `complaint.read`, whatever else it may do: "
        "grid police, volunteer leaders and those who walk the grid never get one. "
        "没有“查看投诉”权限的岗位看不到投诉。"
    )
    yield (
        "- A complaint about a unit is closed to those who hold a post there or below it; only "
        f"the centre ({centre}) passes it on to the superior. 投诉某单位的，该单位及其下级看不到。"
    )
    yield "- A reporter always sees their own report. 反映人始终可以看到自己的上报。"
    yield (
        f"- {len(CASE_ACTIONS)} of the {len(Action)} actions are on cases; the others stand apart "
        "from complaints. 其余操作与投诉无关。"
    )


def _english(label: str) -> str:
    with override("en"):
        return gettext(label)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
