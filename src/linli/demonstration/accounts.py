"""Who can be tried in the demonstration: an account a role, and one for every body that handles."""

from __future__ import annotations

from dataclasses import dataclass

from .places import COMMUNITIES, STREET_CODE

PASSWORD = "linli-demo-2026"  # noqa: S105  (printed on the start page; refused by `serve`)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """An account to be made with its post; `is_shown` puts it on the start page."""

    login: str
    name: str
    role: str
    organisation: str = ""
    area: str = ""
    is_shown: bool = True


DESKS = (
    Desk(
        login="clerk", name="林晓文", role="intake_clerk", organisation="centre", area=STREET_CODE
    ),
    Desk(
        login="shift", name="赵立新", role="shift_leader", organisation="centre", area=STREET_CODE
    ),
    Desk(
        login="dispatcher", name="周敏", role="dispatcher", organisation="centre", area=STREET_CODE
    ),
    Desk(login="verifier", name="韩冬", role="verifier", organisation="centre", area=STREET_CODE),
    Desk(
        login="supervisor",
        name="冯雅琴",
        role="supervisor",
        organisation="centre",
        area=STREET_CODE,
    ),
    Desk(
        login="callback",
        name="沈岚",
        role="callback_clerk",
        organisation="centre",
        area=STREET_CODE,
    ),
    Desk(
        login="leader",
        name="孙志远",
        role="street_leader",
        organisation="street-office",
        area=STREET_CODE,
    ),
    Desk(
        login="keeper", name="许静", role="keeper", organisation="street-office", area=STREET_CODE
    ),
    Desk(
        login="officer",
        name="高勇",
        role="grid_officer",
        organisation="dept-police",
        area=STREET_CODE,
    ),
    *(
        Desk(
            login=f"secretary{number}",
            name=name,
            role="community_secretary",
            organisation=f"community-{community[0]}",
            area=community[0],
            is_shown=number == 1,
        )
        for number, (name, community) in enumerate(
            zip(("刘桂兰", "马建华", "郑淑英", "唐国强"), COMMUNITIES, strict=True), start=1
        )
    ),
)
SHOWN_HANDLERS = ("dept-heat", "dept-sanitation", "street-order")
SHOWN_LEADS = (*SHOWN_HANDLERS, "joint-team", f"community-{COMMUNITIES[0][0]}")
JOINT_TEAM_HOMES = (
    "dept-urban",
    "dept-police",
    "dept-traffic",
    "dept-fire",
    "dept-market",
    "dept-eco",
    "dept-health",
    "dept-housing",
    "dept-civil",
    "dept-emergency",
    "dept-culture",
    "dept-justice",
)
SHOWN_LOGINS = ("grid01", "joint01")
RESIDENT_LOGIN = "resident"
# A number everybody in China takes for an example; no SMS ever goes to it from a demonstration.
RESIDENT_PHONE = "13800138000"
