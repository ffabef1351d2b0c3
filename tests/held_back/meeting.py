"""What a visitor may meet at one address, beside what goes with the post."""

from __future__ import annotations

from collections.abc import Mapping

from linli.ground.people.terms import Role

from .canaries import Held
from .visitors import MATTER, OPENS_RECORDS, Visitor
from .visits import Visit

HANDLERS_LINK = ("handler", "handler_act")
BY_CODE = (
    *("track", "track_rate", "track_reopen", "track_answer"),
    *("api:get_report", "api:post_reporter_action"),
)
# Whoever holds a code is who reported: their own words, and why somebody looked.
OF_CODE: Mapping[str, frozenset[Held]] = {
    "main": frozenset({Held.TEXT, Held.WRITTEN, Held.REASON}),
    "merged": frozenset({Held.SECOND_TEXT}),
    "rated": frozenset({Held.TEXT, Held.WRITTEN}),
    "complaint": frozenset({Held.COMPLAINT, Held.TEXT}),
    "pending": frozenset({Held.TEXT, Held.WRITTEN}),
}
LOG_OF_LOOKS, WATCH = ("/desk/looks/", "/desk/exports/looks/"), (Role.SUPERVISOR, Role.KEEPER)
# One's own page tells what one looked for oneself, and the reasons one gave.
OWN_PAGE = ("me", "me_export", "me_export_photos")
OWN_WORDS: Mapping[Role | None, frozenset[Held]] = {
    Role.INTAKE_CLERK: frozenset({Held.SEARCHED, Held.REASON}),
    Role.GRID_WORKER: frozenset({Held.REASON}),
}


def may_meet(visitor: Visitor, visit: Visit) -> frozenset[Held]:
    """Say what this visitor may meet on this visit."""
    said = visitor.meets | _by_secret(visit) | _opened(visitor, visit) | _own(visitor, visit)
    return said | _logged(visitor, visit)


def _logged(visitor: Visitor, visit: Visit) -> frozenset[Held]:
    """Say what the log of looks tells those who keep watch over it: at whom, and why."""
    is_log = visit.path.startswith(LOG_OF_LOOKS) and visitor.is_here
    return (
        frozenset({Held.REASON, Held.RECORD}) if is_log and visitor.role in WATCH else frozenset()
    )


def _own(visitor: Visitor, visit: Visit) -> frozenset[Held]:
    """Say what is a visitor's own: here only those looked and gave reasons who are named."""
    is_own = visitor.is_here and visit.address.name in OWN_PAGE
    return OWN_WORDS.get(visitor.role, frozenset()) if is_own else frozenset()


def _by_secret(visit: Visit) -> frozenset[Held]:
    """Say what goes with a tracking code or a handler's link, whoever holds it."""
    if visit.address.name in HANDLERS_LINK:
        return MATTER
    if visit.address.name not in BY_CODE:
        return frozenset()
    return OF_CODE[visit.about]


def _opened(visitor: Visitor, visit: Visit) -> frozenset[Held]:
    """Say what is opened by giving a reason, which is logged and told to the one it is about."""
    if _is_calling(visitor, visit):
        return frozenset({Held.REPORTER})
    if not visitor.is_here or not (visit.sent or {}).get("reason"):
        return frozenset()
    centre = (Role.INTAKE_CLERK, Role.SHIFT_LEADER, Role.CALLBACK_CLERK)
    if visit.address.name == "desk:reporter" and visitor.role in centre:
        return frozenset({Held.REPORTER, Held.REASON})
    if visit.address.name == "person" and visitor.role in OPENS_RECORDS:
        return frozenset({Held.RECORD, Held.REASON})
    return frozenset()


def _is_calling(visitor: Visitor, visit: Visit) -> bool:
    """Tell whether the clerk opens the number of a call-back, which is logged."""
    is_clerk = visitor.is_here and visitor.role is Role.CALLBACK_CLERK
    return is_clerk and visit.address.name == "desk:callback_number"
