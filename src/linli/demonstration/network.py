"""The demonstration's organisation network: 45 organisations, alliances and volunteer teams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .places import COMMUNITIES, STREET_CODE

ORGANISATIONS, MEMBERS = 45, 2_779
ALLIANCES = (
    ("health", "健康服务联盟", "Health Services Alliance"),
    ("safety", "平安建设联盟", "Safe Neighbourhood Alliance"),
    ("culture", "文化教育联盟", "Culture and Learning Alliance"),
    ("business", "商圈共建联盟", "Shopping Street Alliance"),
    ("property", "物业服务联盟", "Property Services Alliance"),
)
TEAMS = (
    ("法律援助", "Legal Aid"),
    ("邻里调解", "Neighbour Mediation"),
    ("家政帮扶", "Household Help"),
    ("健康义诊", "Health Check"),
    ("家电维修", "Appliance Repair"),
    ("磨刀修伞", "Knives and Umbrellas"),
    ("夜间电工", "Night Electricians"),
    ("文明劝导", "Courteous Streets"),
    ("环境清洁", "Clean-up"),
    ("平安巡逻", "Safety Patrol"),
    ("助老送餐", "Meals for Elders"),
    ("课后托管", "After-school Care"),
    ("应急救援", "Emergency Response"),
    ("心理陪伴", "Companionship"),
    ("书画", "Calligraphy and Painting"),
    ("合唱", "Choir"),
    ("太极", "Tai Chi"),
    ("理发", "Haircutting"),
    ("清雪", "Snow Clearing"),
    ("垃圾分类指导", "Waste Sorting Guides"),
    ("护学岗", "School Crossing"),
    ("防诈骗宣传", "Fraud Prevention"),
    ("无障碍体验", "Accessibility"),
)


@dataclass(frozen=True, kw_only=True)
class Body:
    """An organisation to be made; members are a count, never names."""

    code: str
    name: str
    name_en: str
    kind: str
    parent_code: str
    area_code: str
    members_count: int = 0


def bodies() -> Iterator[Body]:
    """Give the network, the alliances and the volunteer teams, superiors first."""
    yield from _network()
    yield from _alliances()
    yield from _teams()


def _network() -> Iterator[Body]:
    yield Body(
        code="party-street",
        name="永昌街道党工委",
        name_en="Yongchang Sub-district Party Working Committee",
        kind="party_branch",
        parent_code="",
        area_code=STREET_CODE,
    )
    branches = ORGANISATIONS - 1 - len(COMMUNITIES)
    share, rest = divmod(MEMBERS, branches)
    for index, (code, name, name_en) in enumerate(COMMUNITIES):
        yield Body(
            code=f"party-{code}",
            name=f"{name}党委",
            name_en=f"{name_en} Party Committee",
            kind="party_branch",
            parent_code="party-street",
            area_code=code,
        )
        for number in range(1, branches // len(COMMUNITIES) + 1):
            place = index * (branches // len(COMMUNITIES)) + number - 1
            yield Body(
                code=f"party-{code}-{number:02d}",
                name=f"{name}第{number}党支部",
                name_en=f"{name_en} Branch {number}",
                kind="party_branch",
                parent_code=f"party-{code}",
                area_code=code,
                members_count=share + (place < rest),
            )


def _alliances() -> Iterator[Body]:
    for code, name, name_en in ALLIANCES:
        yield Body(
            code=f"alliance-{code}",
            name=f"永昌{name}",
            name_en=f"Yongchang {name_en}",
            kind="alliance",
            parent_code="street-office",
            area_code=STREET_CODE,
        )


def _teams() -> Iterator[Body]:
    for number, (name, name_en) in enumerate(TEAMS, start=1):
        community = COMMUNITIES[number % len(COMMUNITIES)]
        yield Body(
            code=f"team-{number:02d}",
            name=f"{community[1].removesuffix('社区')}{name}志愿队",
            name_en=f"{community[2].removesuffix(' Community')} {name_en} Volunteers",
            kind="volunteer_team",
            parent_code=f"community-{community[0]}",
            area_code=community[0],
        )
