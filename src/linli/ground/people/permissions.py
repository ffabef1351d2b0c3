"""The table of rights: which role may do what, and how far. What is not granted is denied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from .terms import Action, Reach, Role


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
    Action.CHECK_READ,
    Action.CASE_COMMENT,
)
_ENFORCE = (
    Action.ENFORCEMENT_READ,
    Action.ENFORCEMENT_PLAN,
    Action.ENFORCEMENT_WORK,
    Action.ENFORCEMENT_PARTY,
)
_SUPERVISE = (
    Action.CASE_SUPERVISE,
    Action.CASE_INSTRUCT,
    Action.SUPERVISION_READ,
    Action.CHECK_READ,
)
_PAPER = (Action.LIST_EXPORT, Action.CASE_PRINT)
# Who calls organisations to the spot, and who comes when called.
_CALLS = (Action.WHISTLE_READ, Action.WHISTLE_BLOW)
_COMES = (Action.WHISTLE_READ, Action.WHISTLE_ANSWER)
_KEEPS_POSTS = (Action.POST_READ, Action.POST_KEEP)
# Returns to the office above are counts of a whole sub-district, and name nobody.
_FILLS_RETURNS = (Action.RETURN_READ, Action.RETURN_FILL)
_KEEPS_RETURNS = (*_FILLS_RETURNS, Action.RETURN_KEEP)
# Figures of call-backs; answers are read by those who neither handle nor are judged by them.
_RATES = (Action.CALLBACK_RATES,)
_READS_ANSWERS = (Action.CALLBACK_READ, *_RATES)
# A talk point lies beside one's own area as often as in it; which points, its keeper says by name.
_RECEIVES = (Action.TALK_HOST,)
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
            own=(
                *_OWN,
                Action.CASE_RATE,
                Action.CASE_CONFIRM,
                Action.CASE_REOPEN,
                Action.CASE_COMMENT,
            ),
            everywhere=(Action.CATALOGUE_READ, Action.AREA_READ),
        ),
        # The centre takes in, passes on and closes; it alone speaks with reporters.
        Role.INTAKE_CLERK: _rights(street=(*_CLERK, *_RATES, Action.COURIER_ANSWER)),
        Role.DISPATCHER: _rights(
            street=(
                *_SEE_WITH_COMPLAINTS,
                *_ON_DUTY,
                *_PAPER,
                Action.CASE_SHARE,
                Action.COURIER_ANSWER,
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
                *_RATES,
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
                Action.COURIER_ANSWER,
                Action.COURIER_CONFIRM,
                Action.PRECEDENT_WITHDRAW,
                Action.SETTINGS_EDIT,
                Action.CASE_REOPEN,
                Action.CASE_VOID,
                *_READS_ANSWERS,
                Action.CALLBACK_DECIDE,
                Action.DUTY_PLAN,
                Action.ENFORCEMENT_READ,
                Action.ENFORCEMENT_ROSTER,
                Action.ENFORCEMENT_REVIEW,
                Action.ENFORCEMENT_PUBLISH,
                Action.ANSWER_EDIT,
                Action.TERRITORY_READ,
                Action.KEEPING_READ,
                Action.POST_READ,
                *_FILLS_RETURNS,
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
                *_RATES,
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
                *_RATES,
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
                Action.CHECK_READ,
                *_KEEPS_POSTS,
                *_CALLS,
                Action.TALK_KEEP,
                Action.TALK_HOST,
                Action.COURIER_CONFIRM,
                Action.COURIER_ANSWER,
            ),
            organisation=(*_ANSWER, Action.WHISTLE_ANSWER, *_RATES),
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
                Action.POST_READ,
                Action.COURIER_ANSWER,
            ),
            organisation=tuple(action for action in _ANSWER if action not in _GO_AND_SEE),
            street=_RECEIVES,
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
            street=_RECEIVES,
        ),
        Role.BUILDING_LEADER: _rights(area=(*_SEE, Action.CASE_COMMENT), street=_RECEIVES),
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
                *_READS_ANSWERS,
                Action.CALLBACK_DECIDE,
                Action.SEARCH_LOG,
                Action.KEEPING_READ,
                Action.DUTY_READ,
                Action.POST_READ,
                Action.LOOK_LOG,
                Action.HANDOVER_READ,
                Action.ENFORCEMENT_READ,
                Action.WHISTLE_READ,
            )
        ),
        # Those who ask the reporter have no hand in the matter.
        Role.CALLBACK_CLERK: _rights(
            street=(
                *_SEE_WITH_COMPLAINTS,
                *_READS_ANSWERS,
                Action.CALLBACK_WORK,
                Action.CASE_REDO_AFTER_CALLBACK,
                Action.REPORTER_OPEN,
                Action.CASE_COMMENT,
                Action.DUTY_READ,
                Action.LIST_EXPORT,
            )
        ),
        Role.STREET_LEADER: _rights(
            street=(
                *_SEE_WITH_COMPLAINTS,
                *_PAPER,
                Action.SUPERVISION_READ,
                Action.CHECK_READ,
                *_READS_ANSWERS,
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
                Action.COURIER_ANSWER,
                Action.TERRITORY_READ,
                Action.TERRITORY_APPROVE,
                Action.KEEPING_READ,
                Action.KEEPING_APPROVE,
                *_KEEPS_POSTS,
                *_KEEPS_RETURNS,
                Action.STAFF_KEEP,
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
                *_KEEPS_POSTS,
                *_KEEPS_RETURNS,
                Action.STAFF_KEEP,
                Action.ACCOUNT_KEEP,
                Action.LOOK_LOG,
                Action.TALK_KEEP,
            )
        ),
    }
)
