"""The settings of a sub-district: shown with meaning and range, changed after a yes, on record."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from linli.faces.desk.quiet_line import quiet_words, read_quiet
from linli.faces.desk.web.settings import ALL_SETTINGS
from linli.ground.kernel.models import Event
from linli.ground.notices.errors import QuietRefused
from linli.ground.notices.queries import get_quiet
from linli.ground.notices.services import change_quiet
from linli.ground.people.terms import Role
from linli.ground.territory.tests.factories import STREET_CODE
from linli.programmes.whistle.queries.settings import get_policy as get_whistle_policy
from linli.programmes.whistle.terms import Kind
from linli.spine.cases.models import Clock
from linli.spine.cases.queries.settings import get_policy
from linli.spine.cases.terms import ClockName, Step
from linli.spine.cases.terms.supervision import Rung
from linli.spine.cases.tests.factories import Office

from .conftest import SignIn

PAGE = f"/desk/settings/{STREET_CODE}/"
ACCEPT = f"{PAGE}accept/"
SIX = {"amount": "6", "unit": "working_hours", "seen": "4:working_hours"}


@pytest.fixture
def leader(office: Office, sign_in: SignIn) -> Client:
    """Give the shift leader's browser."""
    return sign_in(Role.SHIFT_LEADER)


def window(office: Office) -> tuple[int, str]:
    limit = get_policy(office.place.street.pk).limit_of(ClockName.ACCEPT)
    return limit.amount, limit.unit.value


def text_of(answer: Any) -> str:
    return re.sub(r"<[^>]+>", "", answer.content.decode())


def test_every_setting_is_shown_with_meaning_value_and_range(leader: Client) -> None:
    page = leader.get("/desk/settings/").content.decode()
    assert all(setting.meaning in page for setting in ALL_SETTINGS.values())
    assert page.count("没有改过，是默认值") == len(ALL_SETTINGS) + 1
    assert "办公时间 1 到 40 小时" in page.replace("\u2009", " ").replace("\u202f", " ")


def test_a_change_is_asked_once_more_with_its_consequence(office: Office, leader: Client) -> None:
    asked = leader.post(ACCEPT, SIX)
    assert "已经在走的时限照原来的承诺不变" in text_of(asked)
    assert window(office) == (4, "working_hours")
    done = leader.post(ACCEPT, SIX | {"yes": "1"}, follow=True)
    assert window(office) == (6, "working_hours")
    assert "设置改好了" in text_of(done)
    facts = Event.objects.get(name="cases.setting_changed").facts
    assert (facts["amount_before"], facts["amount"]) == (4, 6)
    assert Role.SHIFT_LEADER.label in text_of(leader.get(PAGE))


def test_a_new_return_window_holds_from_the_next_dispatch(office: Office, leader: Client) -> None:
    before = office.play(to=Step.ACCEPTING)
    leader.post(ACCEPT, SIX | {"yes": "1"})
    after = office.play(to=Step.ACCEPTING)
    clocks = Clock.objects.filter(name=ClockName.ACCEPT.value)
    found = dict(clocks.values_list("case_id", "limit_amount"))
    assert (found[before.case_id], found[after.case_id]) == (4, 6)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"amount": "41"}, "1 到 40"),
        ({"amount": "0"}, "1 到 40"),
        ({"amount": "-3"}, "1 到 40"),
        ({"amount": "六"}, "1 到 40"),
        ({"amount": "9", "unit": "working_days"}, "1 到 5"),
        ({"unit": "calendar_days"}, "请选择单位"),
        ({"amount": "4"}, "没有改动"),
        ({"seen": "5:working_hours", "yes": "1"}, "别人改过"),
        ({"seen": "nothing", "yes": "1"}, "别人改过"),
    ],
)
def test_what_may_not_be_is_refused_and_what_was_typed_stays(
    office: Office, leader: Client, changes: dict[str, str], said: str
) -> None:
    answer = leader.post(ACCEPT, SIX | changes)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page.replace("\u2009", " ").replace("\u202f", " ")
    assert f'value="{(SIX | changes)["amount"]}" aria-invalid' in page
    assert window(office) == (4, "working_hours")
    assert not Event.objects.filter(name="cases.setting_changed").exists()


def test_counts_and_days_are_changed_too(office: Office, leader: Client) -> None:
    given = {"amount": "2", "unit": "", "seen": "1:", "yes": "1"}
    leader.post(f"{PAGE}return_limit/", given)
    given = {"amount": "14", "unit": "calendar_days", "seen": "7:calendar_days", "yes": "1"}
    leader.post(f"{PAGE}reopen_days/", given)
    given = {"amount": "80", "unit": "", "seen": "50:", "yes": "1"}
    leader.post(f"{PAGE}duplicate_radius_m/", given)
    given = {"amount": "48", "unit": "", "seen": "24:", "yes": "1"}
    leader.post(f"{PAGE}duplicate_hours/", given)
    policy = get_policy(office.place.street.pk)
    assert (policy.return_limit, policy.reopen_days) == (2, 14)
    assert (policy.duplicate_radius_m, policy.duplicate_hours) == (80, 48)
    assert policy.suspicious_repeats == 20


@pytest.mark.parametrize(
    "role", [Role.INTAKE_CLERK, Role.DISPATCHER, Role.HANDLER, Role.SUPERVISOR]
)
def test_others_neither_see_nor_change_them(office: Office, sign_in: SignIn, role: Role) -> None:
    client = sign_in(role)
    assert client.get(PAGE).status_code == 403
    assert client.post(ACCEPT, SIX | {"yes": "1"}).status_code == 403
    assert window(office) == (4, "working_hours")


def test_the_keeper_changes_them_and_nobody_those_of_another_sub_district(
    office: Office, sign_in: SignIn, leader: Client
) -> None:
    sign_in(Role.KEEPER).post(ACCEPT, SIX | {"yes": "1"})
    assert window(office) == (6, "working_hours")
    assert leader.get("/desk/settings/220104009000/").status_code == 403
    assert leader.post(f"{PAGE}no_such/", SIX).status_code == 404


QUIET = f"{PAGE}quiet/"
EARLIER = {"starts": "21:30", "ends": "06:30", "seen": "22:00-07:00"}


def test_quiet_hours_of_the_office_are_asked_once_more_and_set(leader: Client) -> None:
    asked = leader.post(QUIET, EARLIER)
    assert "照自己选的" in text_of(asked)
    assert get_quiet([STREET_CODE]) == get_quiet()
    done = leader.post(QUIET, EARLIER | {"yes": "1"}, follow=True)
    assert "设置改好了" in text_of(done)
    assert "22:00–07:00 → 21:30–06:30" in text_of(done)
    assert quiet_words(get_quiet([STREET_CODE])) == "21:30–06:30"
    assert quiet_words(get_quiet(["220104009000"])) == "22:00–07:00"
    facts = Event.objects.get(name="notices.quiet_hours_changed").facts
    assert (facts["starts_before"], facts["starts"]) == ("22:00", "21:30")
    never = {"starts": "00:00", "ends": "00:00", "seen": "21:30-06:30", "yes": "1"}
    assert "不设免打扰" in text_of(leader.post(QUIET, never, follow=True))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"starts": "16:29"}, "最多 14 小时"),
        ({"starts": "22:00", "ends": "07:00"}, "没有改动"),
        ({"ends": "七点"}, "这样"),
        ({"ends": ""}, "这样"),
        ({"seen": "21:00-07:00", "yes": "1"}, "别人改过"),
        ({"seen": "", "yes": "1"}, "别人改过"),
    ],
)
def test_quiet_hours_that_may_not_be_are_refused(
    leader: Client, changes: dict[str, str], said: str
) -> None:
    answer = leader.post(QUIET, EARLIER | changes)
    assert answer.status_code == 422
    assert said in text_of(answer).replace("\u2009", " ").replace("\u202f", " ")
    assert f'value="{(EARLIER | changes)["ends"]}" aria-invalid' in answer.content.decode()
    assert not Event.objects.filter(name="notices.quiet_hours_changed").exists()


def test_quiet_hours_are_changed_by_nobody_else(office: Office, sign_in: SignIn) -> None:
    assert sign_in(Role.DISPATCHER).post(QUIET, EARLIER | {"yes": "1"}).status_code == 403
    keeper = sign_in(Role.KEEPER)
    assert keeper.post("/desk/settings/220104009000/quiet/", EARLIER).status_code == 403
    with pytest.raises(QuietRefused) as refused:
        change_quiet(
            street_code=STREET_CODE,
            quiet=read_quiet("21:30", "06:30"),
            seen=get_quiet(),
            member=office[Role.DISPATCHER],
            at=office.at,
        )
    assert refused.value.code == "quiet.not_yours"


UP = f"{PAGE}rung_up/"
EIGHT_AFTER = {"seen": "8:after"}


def ladder_of(office: Office) -> dict[str, tuple[str, int]]:
    ladder = get_policy(office.place.street.pk).ladder
    return {rung.value: (at.base.value, at.amount) for rung, at in ladder.items()}


def test_a_rung_is_asked_with_its_reason_and_holds_for_what_runs(
    office: Office, leader: Client
) -> None:
    asked = leader.post(UP, EIGHT_AFTER | {"amount": "4", "unit": "after"})
    assert "到期后办公时间 4 小时" in text_of(asked).replace("\u2009", " ")
    assert "正在走的时限马上照新的排" in text_of(asked)
    sent = EIGHT_AFTER | {"amount": "4", "unit": "after", "yes": "1"}
    refused = leader.post(UP, sent)
    assert refused.status_code == 422
    assert "请写明为什么要改" in text_of(refused)
    assert ladder_of(office)["up"] == ("after", 8)
    done = leader.post(UP, sent | {"reason": "夜市投诉多，早一点过问"}, follow=True)
    assert "夜市投诉多，早一点过问" in text_of(done)
    assert ladder_of(office)["up"] == ("after", 4)
    assert get_policy(office.place.street.pk).ladder.keys() == set(Rung)
    event = Event.objects.get(name="cases.setting_changed")
    assert (event.facts["amount_before"], event.facts["amount"]) == (8, 4)
    jobs = ProcrastinateJob.objects.filter(task_name="cases.plan_ladder_anew")
    assert [job.args for job in jobs] == [{"street_id": office.place.street.pk}]


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("rung_up", {"amount": "2", "unit": "after", "seen": "8:after"}, "升级就不比前一级晚了"),
        ("rung_up", {"amount": "95", "unit": "share", "seen": "8:after"}, "升级就不比前一级晚了"),
        (
            "rung_yellow",
            {"amount": "70", "unit": "share", "seen": "90:share"},
            "黄牌就不比提醒晚了",
        ),
        ("rung_yellow", {"amount": "2", "unit": "before", "seen": "90:share"}, "4 个办公小时"),
        ("rung_red", {"amount": "81", "unit": "after", "seen": "2:after"}, "0 到 80"),
        (
            "whistle_emergency_answer",
            {"amount": "16", "unit": "minutes", "seen": "10:minutes"},
            "15",
        ),
        (
            "whistle_inspection_usual",
            {"amount": "7", "unit": "working_hours", "seen": "24:working_hours"},
            "不能短于最快的 8",
        ),
        (
            "whistle_position_days",
            {"amount": "31", "unit": "calendar_days", "seen": "30"},
            "1 到 30",
        ),
    ],
)
def test_what_is_out_of_order_is_said_before_anything_is_asked(
    office: Office, leader: Client, name: str, sent: dict[str, str], said: str
) -> None:
    answer = leader.post(f"{PAGE}{name}/", sent)
    assert answer.status_code == 422
    assert said in text_of(answer).replace("\u2009", " ")
    assert f'value="{sent["amount"]}" aria-invalid' in answer.content.decode()
    assert not Event.objects.filter(name__endswith="setting_changed").exists()


def test_a_rung_is_left_out_but_not_all_of_them(office: Office, leader: Client) -> None:
    seen = {"remind": "75:share", "yellow": "90:share", "red": "2:after", "up": "8:after"}
    out = {"amount": "", "unit": "left_out", "yes": "1", "reason": "试一个月"}
    for rung in ("remind", "yellow", "red"):
        leader.post(f"{PAGE}rung_{rung}/", out | {"seen": seen[rung]})
    assert ladder_of(office) == {"up": ("after", 8)}
    last = leader.post(UP, out | {"seen": seen["up"]})
    assert "至少要留一级" in text_of(last)
    back = {"amount": "80", "unit": "share", "seen": "0:left_out", "yes": "1", "reason": "照旧"}
    leader.post(f"{PAGE}rung_remind/", back)
    assert ladder_of(office)["remind"] == ("share", 80)


def test_limits_of_whistles_hold_for_those_blown_from_then_on(
    office: Office, leader: Client
) -> None:
    street = office.place.street.pk
    sent = {"amount": "12", "unit": "minutes", "seen": "10:minutes"}
    asked = leader.post(f"{PAGE}whistle_emergency_answer/", sent)
    assert "已经吹的哨照原来的时间" in text_of(asked)
    sent |= {"yes": "1", "reason": "水务所离得远"}
    done = leader.post(f"{PAGE}whistle_emergency_answer/", sent, follow=True)
    assert "12 分钟" in text_of(done).replace("\u2009", " ")
    assert get_whistle_policy(street).limits[Kind.EMERGENCY].answer == 12
    near = {"amount": "200", "unit": "", "seen": "300:", "yes": "1", "reason": "场地小"}
    leader.post(f"{PAGE}whistle_near_m/", near)
    policy = get_whistle_policy(street)
    assert (policy.near_m, policy.limits[Kind.EMERGENCY].answer) == (200, 12)
    assert Event.objects.filter(name="whistle.setting_changed").count() == 2
