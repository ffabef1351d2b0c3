"""Couriers of the demonstration: one to try, some who wait; their reports, places to rest."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.contrib.auth.hashers import make_password

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.opening import EVERY_DAY, WORKDAYS, Hours
from linli.ground.kernel.photos import store_photo
from linli.ground.kernel.pinyin import first_letters
from linli.ground.people.models import Account, Person
from linli.ground.people.queries import list_account_ids, load_member
from linli.ground.people.terms import Member, Role
from linli.programmes.couriers.services.couriers import apply, decide
from linli.programmes.couriers.services.places import open_rest_place
from linli.programmes.couriers.services.reports import accept_report, pass_on_report, send_report
from linli.programmes.couriers.terms import Comfort, Company, NewRestPlace, PassedTo
from linli.spine.cases.terms import NewReport, PhotoRef, Point

from . import accounts as known
from . import places
from .scenes import draw_scene

LOGIN = "courier"
# Login, name, company, community, whether the community confirmed.
RIDERS = (
    (LOGIN, "罗小飞", Company.MEITUAN, 0, True),
    ("courier2", "丁一鸣", Company.SF, 1, True),
    ("courier3", "谢跑跑", Company.ELEME, 0, False),
    ("courier4", "石磊磊", Company.OTHER, 2, False),
)
WORKDAY_HOURS = Hours(weekdays=WORKDAYS, spans=((time(8), time(18)),))
ALL_DAY = Hours(weekdays=EVERY_DAY, spans=((time(6), time(22)),), on_holidays=True)
REST = (
    ("党群服务站", "Service station", ALL_DAY, tuple(Comfort)),
    ("社区便民大厅", "Community hall", WORKDAY_HOURS, (Comfort.HEATING, Comfort.WATER)),
)
# What was seen, its category, what is drawn, how many minutes ago, what became of it.
SEEN = (
    ("楼后堆了建筑垃圾", "matter:06010", "rubbish", 170, "accepted"),
    ("花坛石板翘了", "matter:06049", "rubbish", 120, "passed_on"),
    ("路边井盖松了", "matter:01023", "manhole", 12, "waiting"),
)
CASES = len(SEEN)


def let_couriers_ride(*, accounts: Mapping[str, int], until: datetime) -> None:
    """Register riders, enter places to rest, and play three reports until `until` (aware)."""
    since = until - timedelta(days=60)
    riders = [_open_account(login, name) for login, name, *_rest in RIDERS]
    for number, (account, (_login, _name, company, place, is_confirmed)) in enumerate(
        zip(riders, RIDERS, strict=True)
    ):
        at = until - timedelta(days=30 - number * 7, hours=1)
        courier_id = apply(
            company=company,
            company_name="同城跑腿" if company is Company.OTHER else "",
            area_code=places.COMMUNITIES[place][0],
            member=load_member(account.pk, at),
            at=at,
        )
        if is_confirmed:
            secretary = load_member(accounts[f"secretary{place + 1}"], at)
            later = at + timedelta(minutes=50)
            decide(courier_id=courier_id, confirms=True, member=secretary, at=later)
    for number, (code, _name, _name_en) in enumerate(places.COMMUNITIES, start=1):
        _open_places(code, load_member(accounts[f"secretary{number}"], since), since)
    for seen in SEEN:
        _report(riders[0], *seen, accounts=accounts, until=until)


def _open_account(login: str, name: str) -> Account:
    person = Person.objects.create(
        name=name, initials=first_letters(name), street_code=places.STREET_CODE
    )
    return Account.objects.create(
        login=login,
        person=person,
        password=make_password(known.PASSWORD),
        language="zh-hans",
        is_demonstration=True,
    )


def _open_places(code: str, member: Member, at: datetime) -> None:
    plots = [one for one in places.buildings() if one.code.startswith(code)]
    for number, (name, name_en, hours, comforts) in enumerate(REST, start=1):
        plot = plots[number * len(plots) // 3]
        place = NewRestPlace(
            name=f"{plot.name}{name}",
            name_en=f"{name_en}, {plot.name_en}",
            address=plot.address,
            lon=plot.point[0],
            lat=plot.point[1],
            hours=hours,
            comforts=comforts,
        )
        open_rest_place(place=place, member=member, at=at)


def _report(
    rider: Account,
    text: str,
    key: str,
    picture: str,
    minutes_ago: int,
    end: str,
    *,
    accounts: Mapping[str, int],
    until: datetime,
) -> None:
    at = until - timedelta(minutes=minutes_ago)
    plot = list(places.buildings())[minutes_ago % 60]
    report = NewReport(
        id=new_id(),
        text=text,
        category_key=key,
        point=Point(lon=plot.point[0], lat=plot.point[1]),
        address=plot.address,
        photos=(_photograph(picture, at),),
    )
    sent = send_report(report=report, member=load_member(rider.pk, at), at=at)
    later = at + timedelta(minutes=9)
    grid = plot.parent_code
    leaders = list_account_ids(at=later, roles=(Role.GRID_LEADER,), covering_code=grid)
    leader = load_member((leaders or [accounts["shift"]])[0], later)
    if end == "accepted":
        accept_report(case_id=sent.case_id, member=leader, at=later)
    elif end == "passed_on":
        pass_on_report(
            case_id=sent.case_id,
            to=PassedTo.COMMUNITY,
            note="花坛由社区管，请社区安排。",
            member=leader,
            at=later,
        )


def _photograph(subject: str, at: datetime) -> PhotoRef:
    body = io.BytesIO()
    draw_scene(subject, is_solved=False, seed=int(at.timestamp()) % 997, light="winter").save(
        body, "JPEG", quality=75
    )
    body.seek(0)
    stored = store_photo(stream=body, uploaded_by_id=None, at=at)
    return PhotoRef(id=stored.id, secret=stored.secret)
