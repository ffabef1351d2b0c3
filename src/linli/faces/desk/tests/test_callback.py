"""Call-backs at the desk: the clerk's day, what others may see of it, nothing typed lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from linli.ground.kernel.models import Look
from linli.ground.kernel.tests.sheets import cells_of
from linli.ground.people.models import Account
from linli.ground.people.terms import Role
from linli.programmes.callback.models import Callback, CallbackSettings, Exclusion
from linli.programmes.callback.terms import Redo, Step
from linli.programmes.callback.tests.factories import NO_ANSWER, UNSOLVED, Crew, make_crew
from linli.spine.cases.models import Case
from linli.spine.cases.terms import Step as CaseStep

from .conftest import count_queries

SignInAs = Callable[[str], Client]
QUEUE, RATES, EXCLUSIONS = "/desk/callback/", "/desk/callback/rates/", "/desk/callback/exclusions/"
PHONE = "13900001234"


@pytest.fixture
def crew(db: None, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Crew:
    """Give an office that calls back; the pages' clock is its own."""
    settings.MEDIA_ROOT = tmp_path
    made = make_crew()
    monkeypatch.setattr("django.utils.timezone.now", lambda: made.at)
    return made


@pytest.fixture
def come(crew: Crew) -> SignInAs:
    """Give a browser signed in as somebody of the office."""

    def signed_in(who: str) -> Client:
        client = Client()
        client.force_login(crew.accounts[who])
        return client

    return signed_in


def answers(**changes: str) -> dict[str, str]:
    usual = {"way": "phone", "result": "reached", "solved": "1", "satisfaction": "3"}
    return usual | changes


def test_the_clerk_takes_the_next_reads_the_number_and_writes_the_answer(
    crew: Crew, come: SignInAs
) -> None:
    reported, clerk = crew.close(), come("clerk")
    assert "回访下一件" in clerk.get(QUEUE).content.decode()
    opened = clerk.post(f"{QUEUE}next/")["Location"]
    page = clerk.get(opened).content.decode()
    assert "显示电话号码" in page
    assert PHONE not in page
    shown = clerk.post(f"{opened}number/")
    assert PHONE in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert Look.objects.latest("recorded_at").reason.startswith("回访")
    done = clerk.post(f"{opened}try/", answers(note="很快就办了"), follow=True)
    assert "已记下答复" in done.content.decode()
    assert crew.callback_of(reported).step == Step.ANSWERED
    assert "很快就办了" in clerk.get(opened).content.decode()


def test_a_form_refused_keeps_what_was_typed(crew: Crew, come: SignInAs) -> None:
    made, clerk = crew.made(), come("clerk")
    clerk.post(f"{QUEUE}{made}/take/")
    refused = clerk.post(
        f"{QUEUE}{made}/try/", answers(solved="0", satisfaction="1", note="还是那样")
    )
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "没有解决的要交回重办" in page
    assert "还是那样" in page
    assert Callback.objects.get(id=made).tries == 0


def test_an_unsolved_one_goes_back_with_neutral_words(crew: Crew, come: SignInAs) -> None:
    reported, clerk = crew.close(), come("clerk")
    made = crew.callback_of(reported).id
    clerk.post(f"{QUEUE}{made}/take/")
    said = answers(solved="0", satisfaction="1", note="她说还有", redo_note="东侧还有一半")
    clerk.post(f"{QUEUE}{made}/try/", said)
    assert Case.objects.get(id=reported.case_id).step == CaseStep.DISPATCHING
    handler = come("handler").get(f"/desk/cases/{reported.number}/").content.decode()
    assert "东侧还有一半" in handler
    assert "她说还有" not in handler
    assert "回访清单" not in handler


def test_what_another_took_or_ended_is_said_on_the_fresh_page(crew: Crew, come: SignInAs) -> None:
    made = crew.made()
    come("clerk").post(f"{QUEUE}{made}/take/")
    second = come("colleague").post(f"{QUEUE}{made}/take/")
    assert second.status_code == 409
    assert "正在回访这一件" in second.content.decode()
    assert come("colleague").post(f"{QUEUE}{made}/try/", answers()).status_code == 409
    none_left = come("colleague").post(f"{QUEUE}next/")
    assert none_left.status_code == 409
    assert "现在没有等您回访的" in none_left.content.decode()


def test_an_answer_by_the_link_is_redone_or_waived(crew: Crew, come: SignInAs) -> None:
    first, second = crew.close(), crew.close()
    for one in (first, second):
        crew.rate(one, solved=False, satisfaction=1)
    made, other = (crew.callback_of(one).id for one in (first, second))
    assert "没有解决，等交回重办" in come("clerk").get(QUEUE).content.decode()
    refused = come("clerk").post(f"{QUEUE}{made}/redo/", {"do": "order", "note": ""})
    assert refused.status_code == 422
    not_hers = come("clerk").post(f"{QUEUE}{made}/redo/", {"do": "waive", "note": "算了"})
    assert not_hers.status_code == 422
    come("clerk").post(f"{QUEUE}{made}/redo/", {"do": "order", "note": "还差一处"})
    come("supervisor").post(f"{QUEUE}{other}/redo/", {"do": "waive", "note": "要等大修"})
    assert [Callback.objects.get(id=one).redo for one in (made, other)] == [
        Redo.ORDERED,
        Redo.WAIVED,
    ]


def test_exclusions_are_asked_decided_by_another_and_read_by_all(
    crew: Crew, come: SignInAs
) -> None:
    reported = crew.close()
    made = crew.callback_of(reported).id
    wish = {"cause": "refused", "note": "说不用再问"}
    assert come("clerk").post(f"{QUEUE}{made}/exclude/", {**wish, "note": ""}).status_code == 422
    come("clerk").post(f"{QUEUE}{made}/exclude/", wish)
    asked = Exclusion.objects.get()
    decide = f"{EXCLUSIONS}{asked.pk}/"
    assert come("clerk").post(decide, {"do": "grant", "note": "好"}).status_code == 403
    silent = come("shift").post(decide, {"do": "grant", "note": ""})
    assert silent.status_code == 422
    come("shift").post(decide, {"do": "grant", "note": "属实"})
    for who in ("handler", "intake", "leader"):
        page = come(who).get(EXCLUSIONS).content.decode()
        assert "说不用再问" in page
        assert reported.number in page
    assert come("keeper").get(EXCLUSIONS).status_code == 403


def test_the_rates_open_their_lists_and_say_how_they_are_counted(
    crew: Crew, come: SignInAs
) -> None:
    for satisfaction in (3, 3, 2):
        crew.rate(crew.close(), satisfaction=satisfaction)
    page = come("supervisor").get(f"{RATES}?by=organisation").content.decode()
    assert "样本不足" in page
    assert "示例环卫所" in page
    assert "基本满意折算 80%" in page
    lead = crew.office.lead.pk
    link = f"shown=satisfied&amp;first=2026-01&amp;last=2026-11&amp;organisation={lead}"
    assert link in page
    opened = come("supervisor").get(f"/desk/callback/list/?{link.replace('&amp;', '&')}")
    assert opened.context["found"].total == 2


def test_the_handler_sees_rates_without_counts_and_no_list(crew: Crew, come: SignInAs) -> None:
    for _ in range(10):
        crew.rate(crew.close(), satisfaction=2)
    page = come("handler").get(f"{RATES}?by=organisation").content.decode()
    assert "80.0%" in page
    assert "/desk/callback/list/" not in page
    assert come("handler").get("/desk/callback/list/").status_code == 403
    assert come("handler").get(QUEUE).status_code == 403


def test_the_case_shows_its_call_backs_to_those_who_may_read_answers(
    crew: Crew, come: SignInAs
) -> None:
    reported = crew.close()
    crew.rate(reported, satisfaction=1)
    seen = {
        who: "结案的回访" in come(who).get(f"/desk/cases/{reported.number}/").content.decode()
        for who in ("clerk", "supervisor", "handler", "intake", "both")
    }
    assert seen == {
        "clerk": True, "supervisor": True, "handler": False, "intake": False, "both": False,
    }  # fmt: skip
    rated = come("handler").get(f"/desk/cases/{reported.number}/").content.decode()
    assert "不满意" not in rated


def test_lists_are_taken_as_tables(crew: Crew, come: SignInAs) -> None:
    crew.rate(crew.close(), satisfaction=2)
    waiting = crew.close()
    crew.attempt(crew.callback_of(waiting).id, NO_ANSWER)
    supervisor = come("supervisor")
    rows = cells_of(supervisor.post("/desk/exports/callbacks/", {"query": ""}).content)
    assert any("基本满意" in row for row in rows)
    taken = supervisor.post("/desk/exports/callback-rates/", {"query": "by=month"})
    rates = cells_of(taken.content)
    assert any("2026-11" in row for row in rates)
    assert any("合计" in row for row in rates)


def test_settings_of_call_backs_are_changed_after_the_consequences(
    crew: Crew, come: SignInAs
) -> None:
    shift, code = come("shift"), crew.office.place.street.code
    page = shift.get(f"/desk/settings/{code}/").content.decode()
    assert "基本满意算多少满意" in page
    address = f"/desk/settings/{code}/callback_fairly_weight/"
    typed = {"amount": "60", "unit": "percent", "seen": "80:percent"}
    asked = shift.post(address, typed).content.decode()
    assert "从“80%”改成“60%”" in asked
    assert shift.post(address, {**typed, "amount": "101"}).status_code == 422
    shift.post(address, {**typed, "yes": "1"})
    assert CallbackSettings.objects.get().fairly_weight == 60


def test_pages_ask_no_more_for_many_than_for_few(crew: Crew, come: SignInAs) -> None:
    crew.rate(crew.close())
    crew.close()
    supervisor = come("supervisor")
    pages = (QUEUE, "/desk/callback/list/", f"{RATES}?by=organisation", EXCLUSIONS)
    few = {page: count_queries(supervisor, page) for page in pages}
    for _ in range(4):
        crew.rate(crew.close(), solved=False, satisfaction=1)
        crew.close()
    many = {page: count_queries(supervisor, page) for page in pages}
    assert many == few
    assert max(few.values()) <= 16


def test_words_of_an_answer_reach_nobody_who_handled_it(crew: Crew, come: SignInAs) -> None:
    reported = crew.close()
    crew.attempt(crew.callback_of(reported).id, UNSOLVED)
    for who in ("handler", "both", "intake"):
        for page in (f"/desk/cases/{reported.number}/", EXCLUSIONS, RATES, "/notices/"):
            assert UNSOLVED.note not in come(who).get(page).content.decode()
    role: Account = crew.office.accounts[Role.DISPATCHER]
    client = Client()
    client.force_login(role)
    assert reported.number in client.get("/notices/").content.decode()
