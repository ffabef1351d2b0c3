"""When a message goes, and when it is tried again. Plain arithmetic, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from linli.ground.people.terms import CENTRE_ROLES, Role

from .errors import QuietRefused
from .terms import AlertLevel, Channel, Choices, Quiet, Topic, Way

MOST_TRIES = 8
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 3600
LONGEST_QUIET_H = 14
# Told so late that it would only confuse outside the system.
STALE = timedelta(hours=12)
LEVELS = tuple(AlertLevel)

_HANDLING = (Role.HANDLER, Role.JOINT_TEAM_MEMBER, Role.COMMUNITY_SECRETARY)
_LEADING = (*CENTRE_ROLES, Role.STREET_LEADER)
# What a topic does without anybody's choice, by role; what is not named here is off.
USUAL: Mapping[tuple[Topic, Channel], Mapping[Role, Way]] = {
    (Topic.URGENT, Channel.SMS): dict.fromkeys((*_HANDLING, *_LEADING), Way.AT_ONCE),
    (Topic.URGENT, Channel.ROBOT): dict.fromkeys((*_HANDLING, *_LEADING), Way.AT_ONCE),
    (Topic.URGENT, Channel.EMAIL): dict.fromkeys((*_HANDLING, *_LEADING), Way.AT_ONCE),
    (Topic.WORK, Channel.ROBOT): dict.fromkeys(_HANDLING, Way.AT_ONCE),
    (Topic.WORK, Channel.EMAIL): dict.fromkeys(_HANDLING, Way.DIGEST),
    (Topic.CLOCKS, Channel.EMAIL): dict.fromkeys((*_HANDLING, Role.SUPERVISOR), Way.DIGEST),
    (Topic.CENTRE, Channel.ROBOT): dict.fromkeys(CENTRE_ROLES, Way.AT_ONCE),
    (Topic.OWN, Channel.EMAIL): {Role.RESIDENT: Way.AT_ONCE},
}
# The office's group hears nothing of what somebody reported as a resident.
NEVER = frozenset({(Topic.OWN, Channel.ROBOT)})
# What somebody on duty may not switch off.
ALWAYS = frozenset({(Topic.URGENT, Channel.SMS), (Topic.URGENT, Channel.ROBOT)})


def usual_way(roles: Iterable[Role], topic: Topic, channel: Channel) -> Way:
    """Give the way of a topic for somebody in these roles who chose none: the quickest of them."""
    by_role = USUAL.get((topic, channel), {})
    ways = [by_role[role] for role in (*roles, Role.RESIDENT) if role in by_role]
    return min(ways, key=list(Way).index, default=Way.OFF)


def choose_way(choices: Choices, roles: Iterable[Role], topic: Topic, channel: Channel) -> Way:
    """Give the way of a topic by what somebody chose, else the usual one."""
    if (topic, channel) in NEVER:
        return Way.OFF
    if (topic, channel) in ALWAYS:
        return usual_way(roles, topic, channel)
    return choices.ways.get((topic, channel), usual_way(roles, topic, channel))


def quiet_until(at: datetime, quiet: Quiet | None, zone: str) -> datetime | None:
    """Give when the quiet hours end in which an instant lies, or None outside of them."""
    if quiet is None or quiet.starts == quiet.ends:
        return None
    local = at.astimezone(ZoneInfo(zone))
    now = local.time().replace(tzinfo=None)
    passes_midnight = quiet.ends < quiet.starts
    is_inside = (
        now >= quiet.starts or now < quiet.ends
        if passes_midnight
        else quiet.starts <= now < quiet.ends
    )
    if not is_inside:
        return None
    is_tomorrow = passes_midnight and now >= quiet.starts
    day = local.date() + timedelta(days=1 if is_tomorrow else 0)
    return datetime.combine(day, quiet.ends, tzinfo=local.tzinfo)


def check_quiet(quiet: Quiet, *, before: Quiet) -> None:
    """Refuse quiet hours of a sub-district that are too long, or as they were.

    Raises:
        QuietRefused: saying which.
    """
    if (_minutes(quiet.ends) - _minutes(quiet.starts)) % (24 * 60) > LONGEST_QUIET_H * 60:
        raise QuietRefused("quiet.too_long", field="ends", hours=LONGEST_QUIET_H)
    if quiet == before:
        raise QuietRefused("quiet.same", field="starts")


def _minutes(one: time) -> int:
    return one.hour * 60 + one.minute


def next_digest(at: datetime, times: Iterable[time], zone: str) -> datetime:
    """Give the first of the digest's times after an instant."""
    local = at.astimezone(ZoneInfo(zone))
    days = (local.date(), local.date() + timedelta(days=1))
    instants = [datetime.combine(day, one, tzinfo=local.tzinfo) for day in days for one in times]
    return min(instant for instant in instants if instant > local)


def wait_before(tries: int, asked_s: int | None = None) -> int:
    """Give the seconds before the next try: doubled each time, or what the other side asked."""
    own = FIRST_WAIT_S << min(max(tries - 1, 0), MOST_TRIES)
    return min(max(own, asked_s or 0), LONGEST_WAIT_S)


def next_level(level: AlertLevel) -> AlertLevel | None:
    """Give who is called after this level, or None after the last."""
    place = LEVELS.index(level) + 1
    return LEVELS[place] if place < len(LEVELS) else None
