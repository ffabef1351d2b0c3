"""Messages wait for the end of quiet hours, and digests gather what waits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.notices import sending_rules, services
from linli.ground.notices.models import Delivery, QuietHours, StreetQuiet
from linli.ground.notices.services.planning import release_held
from linli.ground.notices.terms import Channel, Quiet, Topic, Way
from linli.ground.people.models import Account
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import NOW, AccountFactory
from linli.ground.territory.tests.factories import STREET_CODE, AreaFactory

from .conftest import Configure, RunJobs
from .gateway import Gateway, Reply
from .telling import choose, states, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wordings")]
# 23:30 in Changchun.
NIGHT = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)


def test_in_quiet_hours_messages_wait_for_the_morning(
    handler: Account, sms: Gateway, run_jobs: RunJobs
) -> None:
    choose(handler, Channel.SMS)
    tell(handler, at=NIGHT)
    run_jobs(NIGHT)
    assert (states(), sms.asked) == (["held"], [])
    assert release_held(at=NIGHT + timedelta(hours=1)) == 0
    morning = NIGHT + timedelta(hours=7, minutes=30)
    assert Delivery.objects.get().send_after == morning
    assert release_held(at=morning) == 1
    run_jobs(morning)
    assert (states(), len(sms.asked)) == (["sent"], 1)


def test_quiet_hours_of_the_sub_district_hold_for_whoever_chose_none(
    sms: Gateway, run_jobs: RunJobs, client: Client
) -> None:
    leader = AccountFactory(shift_leader=True, area=AreaFactory(code=STREET_CODE))
    StreetQuiet.objects.create(street_code=STREET_CODE, starts=time(12), ends=time(14))
    choose(leader, Channel.SMS)
    tell(leader, at=NIGHT)
    run_jobs(NIGHT)
    assert len(sms.asked) == 1
    client.force_login(leader)
    form = client.get("/notices/preferences").context["form"]
    assert form["starts"].value() == time(12)
    chosen = {name: form[name].value() or "" for name in form.fields}
    client.post("/notices/preferences", chosen | {"starts": "12:00", "ends": "14:00"})
    assert not QuietHours.objects.exists()
    client.post("/notices/preferences", chosen | {"starts": "11:00", "ends": "14:00"})
    assert QuietHours.objects.get().starts == time(11)


def test_ones_own_quiet_hours_count(handler: Account, sms: Gateway, run_jobs: RunJobs) -> None:
    choose(handler, Channel.SMS)
    services.choose_quiet(account_id=handler.pk, starts=time(0), ends=time(0))
    tell(handler, at=NIGHT)
    run_jobs(NIGHT)
    assert states() == ["sent"]


def test_a_digest_tells_counts_and_numbers_once(
    handler: Account, configure: Configure, run_jobs: RunJobs
) -> None:
    configure(LINLI_EMAIL="on", LINLI_DIGEST_TIMES="17:30")
    for number in range(3):
        tell(handler, key=str(number), params={"number": f"2026-000000{number}"})
    tell(handler, topic=Topic.CLOCKS)
    run_jobs(NOW)
    assert states() == ["held"] * 4
    evening = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert [release_held(at=evening), release_held(at=evening)] == [1, 0]
    run_jobs(evening)
    [sent] = mail.outbox
    assert sent.subject == "【邻里】有 4 条未读通知"
    assert "交给我办的事：3 条（2026-0000000、2026-0000001、2026-0000002）" in sent.body
    assert "到期和超时：1 条（2026-0001234）" in sent.body
    assert states() == ["sent"] * 5


def test_a_digest_reads_well_in_both_languages_with_few_numbers_or_many(
    handler: Account, configure: Configure, run_jobs: RunJobs
) -> None:
    configure(LINLI_EMAIL="on", LINLI_DIGEST_TIMES="17:30")
    evening = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    tell(handler, params={})
    run_jobs(NOW)
    Account.objects.update(language="en")
    release_held(at=evening)
    run_jobs(evening)
    services.mark_read(account_id=handler.pk, at=evening)
    for number in range(22):
        tell(handler, key=str(number), params={"number": f"N{number}"}, at=evening)
    run_jobs(evening)
    Account.objects.update(language="zh-hans")
    release_held(at=evening + timedelta(days=1))
    run_jobs(evening + timedelta(days=1))
    english, chinese = mail.outbox
    assert english.subject == "[Linli] 1 unread notice"
    assert english.body.startswith("Work given to me: 1\n\nOpen the link")
    assert "、N19 等）\n\n打开链接" in chinese.body


def test_a_notice_without_a_number_has_a_whole_headline(
    handler: Account, configure: Configure, run_jobs: RunJobs
) -> None:
    configure(LINLI_EMAIL="on")
    choose(handler, Channel.EMAIL)
    tell(handler, params={})
    run_jobs(NOW)
    assert [sent.subject for sent in mail.outbox] == ["【邻里】交给我办的事"]


def test_a_digest_leaves_out_what_was_read(
    handler: Account, configure: Configure, run_jobs: RunJobs
) -> None:
    configure(LINLI_EMAIL="on")
    tell(handler)
    run_jobs(NOW)
    services.mark_read(account_id=handler.pk, at=NOW)
    release_held(at=NOW + timedelta(days=1))
    run_jobs(NOW + timedelta(days=1))
    assert mail.outbox == []
    assert set(states()) == {"needless"}


def test_a_digest_that_fails_fails_for_all_its_parts(
    handler: Account, sms: Gateway, run_jobs: RunJobs
) -> None:
    choose(handler, Channel.SMS, Way.DIGEST)
    sms.answer(Reply(status=400))
    for number in range(2):
        tell(handler, key=str(number))
    run_jobs(NOW)
    release_held(at=NOW + timedelta(days=1))
    run_jobs(NOW + timedelta(days=1))
    [body] = sms.bodies
    assert (body["template"], body["params"]["number"]) == ("T3", "2")
    assert states() == ["failed"] * 3


@given(roles=st.lists(st.sampled_from(list(Role)), max_size=3))
def test_the_usual_way_of_several_posts_is_the_quickest_of_them(roles: Iterable[Role]) -> None:
    held = list(roles)
    for topic in Topic:
        for channel in Channel:
            alone = [sending_rules.usual_way([role], topic, channel) for role in held]
            together = sending_rules.usual_way(held, topic, channel)
            order = list(Way)
            assert order.index(together) <= min(map(order.index, alone), default=2)


@given(minute=st.integers(0, 24 * 60 - 1), starts=st.times(), ends=st.times())
def test_quiet_ends_within_a_day_and_is_over_then(minute: int, starts: time, ends: time) -> None:
    at = datetime(2026, 11, 22, tzinfo=UTC) + timedelta(minutes=minute)
    quiet = Quiet(starts=starts, ends=ends)
    until = sending_rules.quiet_until(at, quiet, "Asia/Shanghai")
    if until is not None:
        assert timedelta() < until - at <= timedelta(days=1)
        assert sending_rules.quiet_until(until, quiet, "Asia/Shanghai") is None
