"""One case: exactly the allowed acts, nothing typed lost, the second of two is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from linli.ground.kernel.models import Look
from linli.ground.people.terms import Role
from linli.spine.cases.models import Case, CasePhoto, Clock, Reporter
from linli.spine.cases.terms import ActionName, Step
from linli.spine.cases.tests.factories import Office, make_photo

from .conftest import SignIn, count_queries

CANARY = "<script>window.canary=1</script>\"'><img src=x onerror=alert(1)>"


def address(number: str, act: str = "") -> str:
    return f"/desk/cases/{number}/" + (f"{act}/" if act else "")


def version_of(number: str) -> int:
    return Case.objects.values_list("version", flat=True).get(number=number)


def test_the_page_offers_exactly_what_may_be_done(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.DISPATCHING)
    page = sign_in(Role.DISPATCHER).get(address(reported.number)).content.decode()
    offered = {name for name in ActionName if f'id="act-{name}"' in page}
    assert offered == {
        ActionName.DISPATCH,
        ActionName.COMMENT,
        ActionName.RECATEGORISE,
        ActionName.RELOCATE,
        ActionName.LOWER_TO_GRID,
        ActionName.LOWER_TO_COMMUNITY,
        ActionName.FORWARD,
        ActionName.REMIND,
        ActionName.MERGE,
        ActionName.SPLIT,
        ActionName.LINK,
    }
    assert page.count("btn-primary btn-wide") == 1


def test_a_folded_act_brings_its_form_when_it_is_opened(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.DISPATCHING)
    desk, path = sign_in(Role.DISPATCHER), address(reported.number, "comment")
    page = desk.get(address(reported.number)).content.decode()
    assert f'hx-get="{path}"' in page
    assert f'action="{path}"' not in page
    opened = desk.get(path, headers={"HX-Request": "true"}).content.decode()
    assert opened.startswith('<form class="act-form"')
    assert f'action="{path}"' in opened
    assert f'name="version" value="{version_of(reported.number)}"' in opened


def test_without_script_a_folded_act_opens_on_the_page(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.DISPATCHING)
    desk, path = sign_in(Role.DISPATCHER), address(reported.number, "comment")
    answer = desk.get(path)
    assert answer.headers["Location"] == f"{address(reported.number)}?act=comment#act-comment"
    page = desk.get(answer.headers["Location"]).content.decode()
    assert '<details id="act-comment" open>' in page
    assert f'action="{path}"' in page
    assert f'action="{address(reported.number, "link")}"' not in page


def test_an_act_that_is_over_by_now_says_so_where_its_form_would_be(
    office: Office, sign_in: SignIn
) -> None:
    reported = office.play(to=Step.FILING)
    path = address(reported.number, "dispatch")
    opened = sign_in(Role.DISPATCHER).get(path, headers={"HX-Request": "true"})
    assert "这件事刚刚有了变化" in opened.content.decode()
    assert "<form" not in opened.content.decode()


def test_who_may_only_look_gets_no_form(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.FILING)
    page = sign_in(Role.DISPATCHER).get(address(reported.number)).content.decode()
    assert "现在不用您办" in page
    assert 'id="act-file"' not in page


def test_switching_role_stays_on_the_same_case(
    office: Office, sign_in: SignIn, settings: Settings
) -> None:
    settings.DEMONSTRATION = True
    clerk = office.accounts[Role.INTAKE_CLERK]
    clerk.is_demonstration = True
    clerk.save()
    reported = office.play(to=Step.FILING)
    browser = sign_in(Role.DISPATCHER)

    switch = {"next": address(reported.number)}
    answer = browser.post(f"/demonstration/act-as/{clerk.login}", switch, follow=True)

    assert answer.redirect_chain == [(address(reported.number), 302)]
    assert 'id="act-file"' in answer.content.decode()


def test_a_case_out_of_reach_says_who_may_and_an_unknown_one_is_not_there(
    office: Office, sign_in: SignIn
) -> None:
    reported = office.play(to=Step.FILING)
    handler = sign_in(Role.HANDLER)
    refused = handler.get(address(reported.number))
    assert refused.status_code == 403
    assert "谁可以" in refused.content.decode()
    assert handler.get(address("2026-9999999")).status_code == 404


def test_the_page_holds_nothing_of_the_reporter(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.HANDLING)
    for role in (Role.HANDLER, Role.DISPATCHER, Role.VERIFIER, Role.SUPERVISOR):
        page = sign_in(role).get(address(reported.number)).content.decode()
        for secret in ("王示例", "13900001234", "3-2-101"):
            assert secret not in page


def test_the_proposal_stands_in_the_form_with_its_reason(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.DISPATCHING)
    page = sign_in(Role.DISPATCHER).get(address(reported.number)).content.decode()
    assert "因为职责清单 2026-1 第 37 项" in page
    assert f'<option value="{office.lead.pk}" selected>' in page
    assert '<option value="working_hours" selected>' in page


def test_dispatching_moves_the_case_on(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.DISPATCHING)
    answer = sign_in(Role.DISPATCHER).post(
        address(reported.number, "dispatch"),
        {
            "version": version_of(reported.number),
            "lead_id": office.lead.pk,
            "limit_amount": 4,
            "limit_unit": "working_hours",
        },
        follow=True,
    )
    assert "这件事现在是“待接单”" in answer.content.decode()
    assert Case.objects.get(number=reported.number).step == Step.ACCEPTING


def test_a_limit_for_the_grid_is_in_working_days_unless_another_unit_is_chosen(
    office: Office, sign_in: SignIn
) -> None:
    reported = office.play(to=Step.IN_COMMUNITY)
    secretary = sign_in(Role.COMMUNITY_SECRETARY)
    path = address(reported.number, "give_to_grid")
    form = secretary.get(path, headers={"HX-Request": "true"}).content.decode()
    assert form.count(" selected>") == 1
    assert '<option value="working_days" selected>' in form
    given = {"note": "上门看看", "limit_amount": "2", "limit_unit": "working_days"}
    secretary.post(path, given | {"version": version_of(reported.number)})
    clock = Clock.objects.get(case_id=reported.case_id, stopped_at=None)
    assert (clock.limit_amount, clock.limit_unit) == (2, "working_days")


def test_feeding_back_with_a_photo(
    office: Office, sign_in: SignIn, photo: Callable[[], SimpleUploadedFile]
) -> None:
    reported = office.play(to=Step.HANDLING)
    answer = sign_in(Role.HANDLER).post(
        address(reported.number, "feed_back"),
        {"version": version_of(reported.number), "note": "已清运", "photos": [photo()]},
        follow=True,
    )
    assert answer.redirect_chain == [(address(reported.number), 302)]
    assert "已清运" in answer.content.decode()
    assert CasePhoto.objects.filter(case__number=reported.number, stage="handling").count() == 1


def test_a_missing_photo_keeps_the_words_and_a_missing_word_keeps_the_photo(
    office: Office, sign_in: SignIn, photo: Callable[[], SimpleUploadedFile]
) -> None:
    reported = office.play(to=Step.HANDLING)
    client, path = sign_in(Role.HANDLER), address(reported.number, "feed_back")
    version = version_of(reported.number)

    without_photo = client.post(path, {"version": version, "note": "都清走了"})
    assert without_photo.status_code == 422
    assert "都清走了</textarea>" in without_photo.content.decode()
    assert "这一步要有照片" in without_photo.content.decode()

    form = client.post(path, {"version": version, "note": "", "photos": [photo()]})
    page = form.content.decode()
    assert form.status_code == 422
    assert "已收到 1 张照片" in page
    kept = page.split('name="photos_kept" value="')[1].split('"')[0]

    done = client.post(path, {"version": version, "note": "清走了", "photos_kept": kept})
    assert done.status_code == 302


@pytest.mark.parametrize("name", ["text.jpg", "empty.png"])
def test_a_file_that_is_no_photo_is_refused_in_words(
    office: Office, sign_in: SignIn, name: str
) -> None:
    reported = office.play(to=Step.HANDLING)
    sent = SimpleUploadedFile(name, b"these are words", content_type="image/jpeg")
    answer = sign_in(Role.HANDLER).post(
        address(reported.number, "feed_back"),
        {"version": version_of(reported.number), "note": "清走了", "photos": [sent]},
    )
    assert answer.status_code == 422
    assert "清走了</textarea>" in answer.content.decode()
    assert "照片" in answer.content.decode()


def test_the_second_of_two_is_told_who_did_it_and_sees_the_fresh_page(
    office: Office, sign_in: SignIn
) -> None:
    reported = office.play(to=Step.FILING)
    seen = version_of(reported.number)
    office.step_on(reported.case_id, ActionName.FILE)
    answer = sign_in(Role.SHIFT_LEADER).post(
        address(reported.number, "decline"),
        {"version": seen, "note": "我写的理由", "elsewhere": "热线"},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "这一步已经有人办了" in page
    clerk = office.accounts[Role.INTAKE_CLERK].person
    assert clerk is not None
    assert clerk.name in page
    assert "我写的理由" in page
    assert "待派遣" in page


def test_two_people_at_the_same_step_the_second_is_told(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.ACCEPTING)
    seen = version_of(reported.number)
    office.act(reported.case_id, ActionName.ACCEPT, Role.HANDLER)
    answer = sign_in(Role.HANDLER).post(address(reported.number, "accept"), {"version": seen})
    assert answer.status_code == 409
    assert "处置中" in answer.content.decode()


def test_opening_the_reporter_needs_a_reason_and_is_logged(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.FILING)
    client, path = sign_in(Role.INTAKE_CLERK), address(reported.number, "reporter")
    without = client.post(path, {"reason": ""})
    assert without.status_code == 422
    assert "王示例" not in without.content.decode()
    assert not Look.objects.exists()

    opened = client.post(path, {"reason": "电话核实准确位置"})
    assert "王示例" in opened.content.decode()
    assert opened["Cache-Control"] == "no-store"
    look = Look.objects.get()
    assert (look.actor_id, look.reason) == (
        office.accounts[Role.INTAKE_CLERK].pk,
        "电话核实准确位置",
    )
    assert "王示例" not in client.get(address(reported.number)).content.decode()


def test_a_handler_may_not_open_the_reporter(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.HANDLING)
    answer = sign_in(Role.HANDLER).post(
        address(reported.number, "reporter"), {"reason": "想给他打电话"}
    )
    assert answer.status_code == 403
    assert not Look.objects.exists()


def test_the_handler_may_open_a_reporter_who_agreed(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.HANDLING)
    client = sign_in(Role.HANDLER)
    assert "查看反映人" not in client.get(address(reported.number)).content.decode()
    Reporter.objects.filter(case_id=reported.case_id).update(agrees_contact=True)
    assert "查看反映人" in client.get(address(reported.number)).content.decode()
    opened = client.post(address(reported.number, "reporter"), {"reason": "约定上门时间"})
    assert "王示例" in opened.content.decode()
    assert Look.objects.get().actor_id == office.accounts[Role.HANDLER].pk


def test_the_story_names_a_step_only_when_the_case_moved(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.FILING)
    office.act(reported.case_id, ActionName.COMMENT, Role.INTAKE_CLERK, note="等一下再办")
    page = sign_in(Role.INTAKE_CLERK).get(address(reported.number)).content.decode()
    assert "等一下再办" in page
    assert page.count("→ 待立案") == 1


def test_approving_a_photo(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.FILING, photos=(make_photo(),))
    photo_id = CasePhoto.objects.get(case_id=reported.case_id).photo_id
    client = sign_in(Role.INTAKE_CLERK)
    assert "同意公开" in client.get(address(reported.number)).content.decode()
    client.post(
        address(reported.number, "approve_photo"),
        {"version": version_of(reported.number), "photo_id": photo_id},
    )
    assert CasePhoto.objects.get(case_id=reported.case_id).is_approved
    assert "已同意公开" in client.get(address(reported.number)).content.decode()


def test_words_typed_when_the_session_had_run_out_come_back(
    office: Office, sign_in: SignIn
) -> None:
    reported = office.play(to=Step.FILING)
    client = Client()
    left = client.post(
        address(reported.number, "decline"),
        {"note": "写了半天的理由", "elsewhere": "供热热线", "back": address(reported.number)},
    )
    assert left.status_code == 302
    assert left["Location"].startswith("/accounts/login/?next=%2Fdesk%2Fcases%2F")
    client.force_login(office.accounts[Role.INTAKE_CLERK])
    page = client.get(address(reported.number)).content.decode()
    assert "写了半天的理由</textarea>" in page
    assert 'value="供热热线"' in page
    assert "您离开前写的内容放回来了" in page
    assert "写了半天的理由</textarea>" not in client.get(address(reported.number)).content.decode()


def test_script_in_every_text_stays_text(office: Office, sign_in: SignIn) -> None:
    reported = office.report(text=CANARY, address=CANARY, place_note=CANARY)
    office.act(reported.case_id, ActionName.VERIFY, Role.VERIFIER, note=CANARY)
    office.act(reported.case_id, ActionName.COMMENT, Role.INTAKE_CLERK, note=CANARY)
    client = sign_in(Role.SHIFT_LEADER)
    for path in ("/desk/", f"/desk/cases/?q={CANARY}", address(reported.number)):
        page = client.get(path).content.decode()
        assert "<script>window" not in page
        assert "<img src=x" not in page
    failed = client.post(address(reported.number, "decline"), {"note": CANARY, "version": 1})
    assert "<script>window" not in failed.content.decode()


def test_a_long_life_takes_no_more_queries(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.FILING)
    client = sign_in(Role.SUPERVISOR)
    short = count_queries(client, address(reported.number))
    for number in range(12):
        office.act(reported.case_id, ActionName.COMMENT, Role.INTAKE_CLERK, note=f"第 {number} 句")
    assert count_queries(client, address(reported.number)) == short
    assert short <= 10
