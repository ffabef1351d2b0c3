"""Who may do what, where: one table, one question, one scope. What is not granted is denied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from .terms import CENTRE_ROLES, Action, Member, Post, Reach, Role, Scope, Target

T = TypeVar("T")


def _rights(
    *,
    own: Iterable[Action] = (),
    organisation: Iterable[Action] = (),
    area: Iterable[Action] = (),
    street: Iterable[Action] = (),
    everywhere: Iterable[Action] = (),
) -> Mapping[Action, Reach]:
    granted: dict[Action, Reach] = {}
    for reach_, actions in (
        (Reach.OWN, own),
        (Reach.ORGANISATION, organisation),
        (Reach.AREA, area),
        (Reach.STREET, street),
        (Reach.ALL, everywhere),
    ):
        for action in actions:
            if action in granted:
                raise ValueError(f"{action} is granted twice to one role")
            granted[action] = reach_
    return MappingProxyType(granted)


_OWN = (Action.CASE_READ, Action.CASE_LIST)
_SEE = (*_OWN, Action.LOOK_UP)
_SEE_WITH_COMPLAINTS = (*_SEE, Action.COMPLAINT_READ)
_ANSWER = (
    Action.CASE_ACCEPT,
    Action.CASE_RETURN,
    Action.CASE_FEED_BACK,
    Action.CASE_ANSWER,
    Action.CASE_ASK_EXTENSION,
    Action.CASE_ASK_PENDING,
    Action.CASE_WAKE,
    Action.CASE_COMMENT,
    Action.CASE_CONTACT_REQUEST,
)
_GO_AND_SEE = (
    Action.CASE_VERIFY,
    Action.CASE_REFUTE,
    Action.CASE_SETTLE,
    Action.CASE_CHECK,
    Action.CASE_COMMENT,
)
_ENFORCE = (
    Action.ENFORCEMENT_READ,
    Action.ENFORCEMENT_PLAN,
    Action.ENFORCEMENT_WORK,
    Action.ENFORCEMENT_PARTY,
)
_SUPERVISE = (Action.CASE_SUPERVISE, Action.CASE_INSTRUCT, Action.SUPERVISION_READ)
_PAPER = (Action.LIST_EXPORT, Action.CASE_PRINT)
# Who calls organisations to the spot, and who comes when called.
_CALLS = (Action.WHISTLE_READ, Action.WHISTLE_BLOW)
_COMES = (Action.WHISTLE_READ, Action.WHISTLE_ANSWER)
_ON_DUTY = (Action.DUTY_READ, Action.HANDOVER_READ, Action.HANDOVER_WRITE)
_CLERK = (
    *_SEE_WITH_COMPLAINTS,
    Action.CASE_INTAKE,
    Action.CASE_FILE,
    Action.CASE_DECLINE,
    Action.CASE_SETTLE,
    Action.CASE_CLOSE,
    Action.CASE_COMMENT,
    Action.CASE_RECATEGORISE,
    Action.CASE_RELOCATE,
    Action.CASE_GATHER,
    Action.CASE_REMIND,
    Action.REPORTER_OPEN,
    Action.PHOTO_APPROVE,
    Action.PERSON_OPEN,
    *_PAPER,
    Action.CASE_SHARE,
    Action.CASE_IMPORT,
    *_ON_DUTY,
    Action.CALL_TAKE,
    Action.RECORDING_LISTEN,
    Action.PLACE_NAME,
)

PERMISSIONS: Mapping[Role, Mapping[Action, Reach]] = MappingProxyType(
    {
        # Everybody with an account, on top of any post.
        Role.RESIDENT: _rights(
            own=(*_OWN, Action.CASE_RATE, Action.CASE_REOPEN, Action.CASE_COMMENT),
            everywhere=(Action.CATALOGUE_READ, Action.AREA_READ),
        ),
        # The centre takes in, passes on and closes; it alone speaks with reporters.
        Role.INTAKE_CLERK: _rights(street=_CLERK),
        Role.DISPATCHER: _rights(
            street=(
                *_SEE_WITH_COMPLAINTS,
                *_ON_DUTY,
                *_PAPER,
                Action.CASE_SHARE,
                Action.CASE_DISPATCH,
                Action.CASE_FORWARD,
                Action.CASE_ANSWER,
                Action.CASE_GATHER,
                Action.CASE_REMIND,
                Action.CASE_LINK,
                Action.CASE_RULE,
                Action.KEEPING_READ,
                Action.CASE_COMMENT,
                Action.PLACE_NAME,
                Action.CASE_RECATEGORISE,
                Action.CASE_RELOCATE,
                *_CALLS,
            )
        ),
        Role.SHIFT_LEADER: _rights(
            street=(
                *_CLERK,
                *_SUPERVISE,
                Action.CASE_EXTENSION,
                Action.CASE_ASK_PENDING,
                Action.CASE_WAKE,
                Action.CASE_ANSWER,
                Action.CASE_DISPATCH,
                Action.CASE_FORWARD,
                Action.CASE_LINK,
                Action.CASE_RULE,
                Action.PRECEDENT_WITHDRAW,
                Action.SETTINGS_EDIT,
                Action.CASE_REOPEN,
                Action.CASE_VOID,
                Action.DUTY_PLAN,
                Action.ENFORCEMENT_READ,
                Action.ENFORCEMENT_ROSTER,
                Action.ENFORCEMENT_REVIEW,
                Action.ENFORCEMENT_PUBLISH,
                Action.ANSWER_EDIT,
                Action.TERRITORY_READ,
                Action.KEEPING_READ,
                *_CALLS,
            )
        ),
        # Those who answer for a matter see what was given to their organisation.
        Role.HANDLER: _rights(
            organisation=(
                *_SEE_WITH_COMPLAINTS,
                *_ANSWER,
                *_PAPER,
                Action.CASE_LINK,
                Action.ENFORCEMENT_READ,
                Action.ENFORCEMENT_REPLY,
                *_COMES,
            )
        ),
        Role.JOINT_TEAM_MEMBER: _rights(
            organisation=(
                *_SEE_WITH_COMPLAINTS,
                *_ANSWER,
                *_PAPER,
                Action.CASE_LINK,
                *_ENFORCE,
                *_COMES,
            )
        ),
        Role.COMMUNITY_SECRETARY: _rights(
            area=(
                *_SEE_WITH_COMPLAINTS,
                *_PAPER,
                Action.CASE_SHARE,
                Action.CASE_COMMUNITY,
                Action.PERSON_OPEN,
                Action.PLACE_NAME,
                Action.TERRITORY_READ,
                Action.ENFORCEMENT_READ,
                Action.SUPERVISION_READ,
                *_CALLS,
            ),
            organisation=(*_ANSWER, Action.WHISTLE_ANSWER),
            street=(Action.DUTY_READ,),
        ),
        # Those who walk the grid never get complaints.
        Role.GRID_LEADER: _rights(
            area=(
                *_SEE,
                *_GO_AND_SEE,
                *_PAPER,
                Action.CASE_GRID,
                Action.CASE_SHARE,
                Action.PERSON_OPEN,
                Action.PLACE_NAME,
            ),
            organisation=tuple(action for action in _ANSWER if action not in _GO_AND_SEE),
        ),
        Role.GRID_WORKER: _rights(
            area=(
                *_SEE,
                *_GO_AND_SEE,
                Action.CASE_GRID,
                Action.CASE_PRINT,
                Action.PERSON_OPEN,
                Action.PLACE_NAME,
            ),
            organisation=tuple(action for action in _ANSWER if action not in _GO_AND_SEE),
        ),
        Role.BUILDING_LEADER: _rights(area=(*_SEE, Action.CASE_COMMENT)),
        Role.UNIT_LEADER: _rights(area=(*_SEE, Action.CASE_COMMENT)),
        Role.GRID_OFFICER: _rights(area=(*_SEE, Action.CASE_COMMENT)),
        Role.ORDER_HELPER: _rights(area=(*_SEE, Action.CASE_COMMENT)),
        # Those who look at the result are not those who brought it about.
        Role.VERIFIER: _rights(
            street=(*_SEE_WITH_COMPLAINTS, *_GO_AND_SEE, Action.CASE_PRINT, Action.DUTY_READ)
        ),
        Role.SUPERVISOR: _rights(
            street=(
                *_SEE_WITH_COMPLAINTS,
                *_PAPER,
                *_SUPERVISE,
                Action.CASE_COMMENT,
                Action.CASE_REOPEN,
                Action.SEARCH_LOG,
                Action.KEEPING_READ,
                Action.DUTY_READ,
                Action.HANDOVER_READ,
                Action.ENFORCEMENT_READ,
                Action.WHISTLE_READ,
            )
        ),
        Role.STREET_LEADER: _rights(
            street=(
                *_SEE_WITH_COMPLAINTS,
                *_PAPER,
                Action.SUPERVISION_READ,
                Action.CASE_EXTENSION_LEADER,
                Action.CASE_PENDING,
                Action.CASE_WAKE,
                Action.CASE_COMMENT,
                Action.DUTY_READ,
                Action.HANDOVER_READ,
                Action.ENFORCEMENT_READ,
                Action.ENFORCEMENT_ROSTER,
                Action.ENFORCEMENT_APPROVE,
                Action.ENFORCEMENT_PARTY,
                Action.ENFORCEMENT_REVIEW,
                Action.ENFORCEMENT_PUBLISH,
                Action.ENFORCEMENT_JUDGE,
                Action.TERRITORY_READ,
                Action.TERRITORY_APPROVE,
                Action.KEEPING_READ,
                Action.KEEPING_APPROVE,
                *_CALLS,
                Action.WHISTLE_SETTLE,
            )
        ),
        # The keeper keeps lists and sees no case.
        Role.KEEPER: _rights(
            everywhere=(
                Action.ADMIN_READ,
                Action.SETTINGS_EDIT,
                Action.LIST_EXPORT,
                Action.ORGANISATION_IMPORT,
                Action.LOOK_UP,
                Action.SEARCH_LOG,
                Action.PLACE_NAME,
                Action.TERRITORY_READ,
                Action.TERRITORY_PLAN,
                Action.TERRITORY_APPROVE,
                Action.KEEPING_READ,
                Action.KEEPING_DRAFT,
                Action.KEEPING_APPROVE,
            )
        ),
    }
)

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
    for post in (*member.appointments, _RESIDENT):
        if _grants(member, post, action, target):
            return post.role
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
            return bool(prefix) and (target.area_code or target.street_code).startswith(prefix)


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
