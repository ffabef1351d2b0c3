"""Who may do what, where: one question, one scope, asked of one table (`permissions`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from .permissions import PERMISSIONS
from .terms import CENTRE_ROLES, Action, Member, Post, Reach, Role, Scope, Target

__all__ = [
    "CASE_ACTIONS",
    "PERMISSIONS",
    "find_acting_post",
    "find_role",
    "may",
    "may_in_role",
    "never_about",
    "reach",
]

T = TypeVar("T")

# Actions on one matter; a complaint is closed to those without `complaint.read`.
CASE_ACTIONS = frozenset(
    action for action in Action if action.startswith(("case.", "reporter.", "photo."))
)
_RESIDENT = Post(appointment_id=None, role=Role.RESIDENT)


def may(member: Member | None, action: Action, target: Target) -> bool:
    """Say whether this member may do this to that target in any post now in force.

    Args:
        member: None for somebody not signed in, who may nothing here.
    """
    if member is None:
        return False
    return any(_grants(member, post, action, target) for post in _posts(member))


def may_in_role(member: Member, role: Role, action: Action, target: Target) -> bool:
    """Say whether the member may do this in one role, so that the act is signed with it."""
    return any(
        _grants(member, post, action, target) for post in _posts(member) if post.role is role
    )


def find_role(member: Member, action: Action, target: Target) -> Role | None:
    """Find the role in which the member may do this, posts before residents, or None."""
    post = find_acting_post(member, action, target)
    return post.role if post else None


def find_acting_post(member: Member, action: Action, target: Target) -> Post | None:
    """Find the post in which the member may do this, their own before those they stand in for."""
    for post in (*member.appointments, _RESIDENT):
        if _grants(member, post, action, target):
            return post
    return None


def reach(member: Member | None, action: Action) -> Scope:
    """Say how far an action reaches over all posts of a member; `may` agrees with it."""
    if member is None:
        return Scope()
    grants = [
        (post, PERMISSIONS[post.role][action])
        for post in _posts(member)
        if action in PERMISSIONS[post.role]
    ]
    areas = [(post, prefix) for post, how_far in grants if (prefix := _prefix(post, how_far))]
    return Scope(
        all=any(how_far is Reach.ALL for _, how_far in grants),
        area_prefixes=_each_once(p for post, p in areas if _takes_complaints(post, action)),
        area_prefixes_without_complaints=_each_once(
            p for post, p in areas if not _takes_complaints(post, action)
        ),
        organisation_ids=_each_once(
            post.organisation_id
            for post, how_far in grants
            if how_far is Reach.ORGANISATION and post.organisation_id is not None
        ),
        account_id=_own_account(member, [how_far for _, how_far in grants]),
        never_about=never_about(member) if action in CASE_ACTIONS else (),
    )


def never_about(member: Member) -> tuple[int, ...]:
    """List the organisations whose complaints this member never gets: their own and above.

    The centre's clerks still pass such a complaint on to the superior.
    """
    return _each_once(
        organisation_id
        for post in member.appointments
        if post.role not in CENTRE_ROLES
        for organisation_id in post.organisation_line
    )


def _posts(member: Member) -> Iterator[Post]:
    yield _RESIDENT
    yield from member.appointments


def _grants(member: Member, post: Post, action: Action, target: Target) -> bool:
    how_far = PERMISSIONS[post.role].get(action)
    if how_far is None or not _is_inside(member, post, how_far, target):
        return False
    if how_far is Reach.OWN or action not in CASE_ACTIONS or not target.is_complaint:
        return True
    return _takes_complaints(post, action) and target.about_organisation_id not in never_about(
        member
    )


def _is_inside(member: Member, post: Post, how_far: Reach, target: Target) -> bool:
    match how_far:
        case Reach.ALL:
            return True
        case Reach.OWN:
            return target.reporter_account_id == member.account_id
        case Reach.ORGANISATION:
            return post.organisation_id in target.organisation_ids
        case Reach.AREA | Reach.STREET:
            prefix = _prefix(post, how_far)
            codes = (target.area_code or target.street_code, *target.heir_codes)
            return bool(prefix) and any(code.startswith(prefix) for code in codes)


def _prefix(post: Post, how_far: Reach) -> str:
    if how_far is Reach.STREET:
        return post.street_prefix
    return post.area_prefix if how_far is Reach.AREA else ""


def _takes_complaints(post: Post, action: Action) -> bool:
    return action not in CASE_ACTIONS or Action.COMPLAINT_READ in PERMISSIONS[post.role]


def _own_account(member: Member, reaches: list[Reach]) -> int | None:
    return member.account_id if Reach.OWN in reaches else None


def _each_once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
