"""Cases that hang together, in tasks and at levels, as they are on the page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.test import Client

from linli.ground.people.terms import Role
from linli.spine.cases.models import Assignment, Case, Precedent, Reminder
from linli.spine.cases.terms import ActionName, Step
from linli.spine.cases.tests.factories import Office, make_photo

from .conftest import SignIn, count_queries


def address(number: str, act: str = "") -> str:
    return f"/desk/cases/{number}/" + (f"{act}/" if act else "")


def version_of(number: str) -> int:
    return Case.objects.values_list("version", flat=True).get(number=number)


UNFOLDING = {"HX-Request": "true"}


def page_of(client: Client, number: str) -> str:
    return client.get(address(number)).content.decode()


def give_task(office: Office, case_id: UUID) -> None:
    given: dict[str, Any] = {"unit_id": office.other.pk, "note": "拆除雨棚"}
    office.act(case_id, ActionName.ADD_TASK, Role.DISPATCHER, **given)


def test_likely_duplicates_stand_side_by_side_and_are_merged_with_one_button(
    office: Office, sign_in: SignIn
) -> None:
    main = office.play(to=Step.HANDLING, photos=(make_photo(),))
    second = office.report(photos=(make_photo(),))
    client = sign_in(Role.INTAKE_CLERK)
    page = page_of(client, second.number)
    assert f"是同一件事，并入 {main.number}" in page
    assert "相距 0 米" in page
    answer = client.post(
        address(second.number, "merge"),
        {"version": version_of(second.number), "target_id": main.number},
        follow=True,
    )
    assert "这件事现在是“已并入”" in answer.content.decode()
    assert main.number in answer.content.decode()
    assert second.number in page_of(client, main.number)


def test_a_wrong_number_is_said_beside_its_field(office: Office, sign_in: SignIn) -> None:
    reported = office.report()
    answer = sign_in(Role.INTAKE_CLERK).post(
        address(reported.number, "merge"),
        {"version": version_of(reported.number), "target_id": "2026-9999999", "note": "写过的话"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "没有这个编号的案件" in page
    assert "写过的话</textarea>" in page


def test_a_split_takes_the_chosen_photo(office: Office, sign_in: SignIn) -> None:
    photo = make_photo()
    reported = office.report(photos=(photo,))
    answer = sign_in(Role.INTAKE_CLERK).post(
        address(reported.number, "split"),
        {"version": 1, "note": "门口路灯不亮", "photo_ids": [str(photo.id)]},
        follow=True,
    )
    part = Case.objects.get(split_from__number=reported.number)
    assert part.number in answer.content.decode()
    assert part.photos.get().photo_id == photo.id


def test_each_task_has_its_own_forms(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.HANDLING)
    give_task(office, reported.case_id)
    client = sign_in(Role.DISPATCHER)
    page = page_of(client, reported.number)
    assert "任务 1 · 示例城管队" in page
    assert "拆除雨棚" in page
    assert 'id="act-withdraw_task-1"' in page
    answer = client.post(
        address(reported.number, "withdraw_task"),
        {"version": version_of(reported.number), "task_no": 1, "note": "不用拆了"},
        follow=True,
    )
    assert "撤回任务 1" in answer.content.decode()
    assert Assignment.objects.get(task_no=1).state == "withdrawn"


def test_a_task_somebody_else_dealt_with_says_so(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.HANDLING)
    give_task(office, reported.case_id)
    why: dict[str, Any] = {"note": "不用拆了", "task_no": 1}
    office.act(reported.case_id, ActionName.WITHDRAW_TASK, Role.SHIFT_LEADER, **why)
    answer = sign_in(Role.DISPATCHER).post(
        address(reported.number, "withdraw_task"),
        {"version": version_of(reported.number), "task_no": 1, "note": "我也撤回"},
    )
    assert answer.status_code == 409
    assert "我也撤回" in answer.content.decode()


def test_a_reminder_is_noted_and_the_handler_sees_it_without_the_reporter(
    office: Office, sign_in: SignIn
) -> None:
    reported = office.play(to=Step.HANDLING)
    sign_in(Role.INTAKE_CLERK).post(
        address(reported.number, "remind"),
        {"version": version_of(reported.number), "channel": "phone", "note": "还没有人来"},
    )
    assert Reminder.objects.count() == 1
    page = page_of(sign_in(Role.HANDLER), reported.number)
    assert "催办 1 次" in page
    assert "还没有人来" in page
    assert "王示例" not in page


def test_precedents_are_listed_shown_and_withdrawn(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.ACCEPTING)
    for action in (ActionName.RETURN, ActionName.RULE):
        office.step_on(reported.case_id, action)
    again = office.play(to=Step.DISPATCHING)
    assert "以前裁定过" in page_of(sign_in(Role.DISPATCHER), again.number)
    accepting = office.play(to=Step.ACCEPTING)
    opened = sign_in(Role.HANDLER).get(f"{address(accepting.number)}return/", headers=UNFOLDING)
    assert "以前裁定过" in opened.content.decode()
    leader, path = sign_in(Role.SHIFT_LEADER), "/desk/precedents/"
    assert reported.number in leader.get(path).content.decode()
    number = Precedent.objects.get().pk
    assert sign_in(Role.HANDLER).get(path).status_code == 403
    assert sign_in(Role.DISPATCHER).post(f"{path}{number}/withdraw/").status_code == 403
    assert leader.post(f"{path}{number}/withdraw/", {"note": " "}).status_code == 422
    done = leader.post(f"{path}{number}/withdraw/", {"note": "清单已改"}, follow=True)
    assert "先例已撤销" in done.content.decode()
    assert "以前裁定过" not in page_of(sign_in(Role.DISPATCHER), again.number)


def test_the_proposal_shows_load_and_area(office: Office, sign_in: SignIn) -> None:
    office.play(to=Step.HANDLING)
    reported = office.play(to=Step.DISPATCHING)
    page = page_of(sign_in(Role.DISPATCHER), reported.number)
    assert "建议主办：<strong>示例环卫所</strong>" in page
    assert "手上 1 件，其中超时 0 件" in page


def test_many_relatives_and_tasks_take_no_more_queries(office: Office, sign_in: SignIn) -> None:
    reported = office.play(to=Step.HANDLING)
    client = sign_in(Role.DISPATCHER)

    def grow() -> None:
        child, joined = office.report(), office.report()
        target: dict[str, Any] = {"target_id": reported.case_id}
        office.act(child.case_id, ActionName.LINK, Role.DISPATCHER, **target)
        office.act(joined.case_id, ActionName.MERGE, Role.DISPATCHER, **target)

    for _ in range(3):
        grow()
    few = count_queries(client, address(reported.number))
    for _ in range(3):
        grow()
    assert count_queries(client, address(reported.number)) == few
    assert few <= 19
