"""Loads the demonstration into an empty, migrated database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from linli.ground.kernel.reactions import react_at_once
from linli.ground.kernel.services import ensure_partitions
from linli.ground.notices.services import told_within_only

from . import (
    callbacks,
    checking,
    couriers,
    duty,
    enforcement,
    gathered,
    ground,
    hotline,
    keeping,
    looks,
    neighbours,
    pending,
    posts,
    putting_off,
    redrawing,
    residents,
    returns,
    stories,
    supervision,
    talk,
    whistles,
)
from .history.writing import write_year
from .models import Loading
from .places import STREET_CODE

SINCE = timedelta(days=420)
MORNING = time(10, 0)
VERSION = "1"
# Cases the live services take in beside those of the year.
BESIDE = gathered.CASES + talk.CASES + couriers.CASES + neighbours.CASES
ANALYSED = ("cases_case", "cases_assignment", "kernel_event", "people_person", "territory_area")
Progress = Callable[[str], None]


class AlreadyLoaded(Exception):
    """The database holds a demonstration, or something else, already."""


@transaction.atomic
def load(
    *,
    as_of: date | None = None,
    progress: Progress = lambda message: None,
    count: int = stories.COUNT,
) -> None:
    """Load the demonstration sub-district with its year of cases, all or nothing.

    Args:
        as_of: the year ends at ten in the morning of this day; without it, now.
        progress: told what is being done.
        count: how many cases the year has.

    Raises:
        AlreadyLoaded: when the database is not empty.
    """
    at = timezone.localtime()
    until = _morning(as_of) if as_of else at
    if Loading.objects.exists():
        raise AlreadyLoaded
    put, staff = _settle(until, progress)
    progress("一年的案件 · a year of cases")
    latest = write_year(
        ground=put,
        staff=staff,
        until=until,
        secret=settings.SECRET_KEY,
        count=count - BESIDE,
        progress=progress,
    )
    progress("通知与统计信息 · notices and statistics")
    with told_within_only():
        for occurrence in latest:
            react_at_once(occurrence)
    _fill_desks(put, staff, until=until, progress=progress)
    _act_on_cases(put, staff, until=until, progress=progress)
    Loading.objects.create(as_of=until, loaded_at=at, version=VERSION)
    _analyse()


def _settle(until: datetime, progress: Progress) -> tuple[residents.Ground, residents.Staff]:
    since = (until - SINCE).date()
    laid_at = until - SINCE
    ensure_partitions(first=since, last=until.date())
    progress("辖区：社区、网格、楼栋、单元 · areas down to the unit")
    areas = ground.draw_areas(since=since, at=laid_at)
    ground.name_places(at=laid_at)
    ground.set_hours(years=range(since.year, until.year + 2))
    progress("单位与居民 · organisations and residents")
    organisations = ground.found_organisations(areas)
    put = residents.Ground(areas=areas, organisations=organisations, today=until.date())
    staff = residents.settle(put)
    posts.staff_grids(areas=areas, today=until.date())
    with told_within_only():
        posts.change_some(accounts=staff.accounts, until=until)
    progress("事项目录与职责清单 · catalogue and responsibilities")
    ground.publish_catalogue(since=since, this_year=date(until.year, 1, 1), at=laid_at)
    return put, staff


def _fill_desks(
    put: residents.Ground,
    staff: residents.Staff,
    *,
    until: datetime,
    progress: Progress,
) -> None:
    progress("一年的回访 · a year of call-backs")
    with told_within_only():
        callbacks.call_back_year(
            accounts=staff.accounts,
            centre_id=put.organisations["centre"],
            street_id=put.areas[STREET_CODE],
            until=until,
        )
    progress("热线：答案库与今天的来电 · hotline: answers and the calls of today")
    hotline.fill_library(organisations=put.organisations, since=until - SINCE, until=until)
    progress("值班表与交接班 · roster and hand-over")
    duty.put_on_duty(accounts=staff.accounts, at=until)
    duty.hand_over_a_shift(accounts=staff.accounts, at=until)
    duty.send_a_few(at=until)
    with told_within_only():
        posts.stand_in_for_one(accounts=staff.accounts, until=until)


def _act_on_cases(
    put: residents.Ground, staff: residents.Staff, *, until: datetime, progress: Progress
) -> None:
    progress("综合执法与承办链接 · joint enforcement and handlers' links")
    with told_within_only():
        enforcement.set_up(accounts=staff.accounts, organisations=put.organisations, until=until)
    enforcement.give_links(accounts=staff.accounts, until=until)
    progress("吹哨报到 · whistles")
    with told_within_only():
        whistles.blow_some(accounts=staff.accounts, organisations=put.organisations, until=until)
    progress("并案、任务、层级、先例 · merged cases, tasks, levels, a precedent")
    gathered.show_gathered(accounts=staff.accounts, organisations=put.organisations, until=until)
    progress("职责清单：写着的草案 · a draft of the list of responsibilities")
    keeping.draft_some(accounts=staff.accounts, until=until)
    progress("网格调整：写着的方案 · a plan to re-draw grids")
    redrawing.plan_some(accounts=staff.accounts, until=until)
    progress("延期：已准、不准、等决定 · extensions: granted, refused, waiting")
    putting_off.put_off_some(accounts=staff.accounts, until=until)
    progress("挂账：四类原因，等批准的 · the pending register")
    pending.let_some_wait(accounts=staff.accounts, until=until)
    progress("核查与抽查 · checks and samples")
    with told_within_only():
        checking.show_checks(accounts=staff.accounts, until=until)
    progress("督办：黄牌、红牌、批示 · supervision: cards and instructions")
    supervision.show_supervised(
        accounts=staff.accounts, organisations=put.organisations, until=until
    )
    progress("百姓说事点与小哥 · talk points and couriers")
    with told_within_only():
        talk.let_people_talk(accounts=staff.accounts, until=until)
        couriers.let_couriers_ride(accounts=staff.accounts, until=until)
        neighbours.let_neighbours_tell(accounts=staff.accounts, until=until)
    progress("谁看过个人资料 · who looked at personal records")
    with told_within_only():
        looks.look_at_some(accounts=staff.accounts, until=until)
    progress("上级报表：两个月的 · a return to the office above, for two months")
    returns.return_some(accounts=staff.accounts, until=until)


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=ZoneInfo(settings.TIME_ZONE))


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL default_statistics_target = 25")
        for table in ANALYSED:
            cursor.execute(f"ANALYZE {table}")


def is_loaded() -> bool:
    """Say whether this database holds the demonstration."""
    return Loading.objects.exists()
