"""Nothing of the reporter reaches staff, lists, events, notices or the public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import serializers

from linli.ground.kernel.models import Event, EventText, Look
from linli.ground.notices.models import Notice
from linli.ground.people.holdings import collect
from linli.ground.people.terms import Role
from linli.spine.cases import models, queries
from linli.spine.cases.catalogue_terms import Audience
from linli.spine.cases.models import Reporter
from linli.spine.cases.queries import may_see_photo, public_case
from linli.spine.cases.rules.refusals import NoSuchCase, UnableToOpenReporter
from linli.spine.cases.rules.reports import mask_numbers
from linli.spine.cases.services import erase_reporter, open_reporter, report_case
from linli.spine.cases.terms import (
    ActionName,
    CaseFilters,
    Contact,
    PhotoStage,
    Point,
    Reported,
    Step,
)

from .factories import Office, make_photo, new_report, resident

CANARIES = ("金丝雀名", "13912340987", "金丝雀门牌", "125.30777", "43.87777")
CONTACT = Contact(name="金丝雀名", phone="13912340987", door="金丝雀门牌")
DEVICE = Point(lon=125.30777, lat=43.87777)


def with_canary(office: Office, *, to: Step = Step.CLOSED) -> Reported:
    """Play a case of a reporter whose data would be recognised anywhere."""
    reported = report_case(
        report=new_report(contact=CONTACT, device=DEVICE, photos=(make_photo(),)),
        actor=resident(office.accounts[Role.RESIDENT]),
        at=office.tick(),
    )
    for action in _walk(to):
        office.step_on(reported.case_id, action)
    return reported


def _walk(to: Step) -> tuple[ActionName, ...]:
    from .factories import PATHS

    return PATHS[to]


def reads(office: Office, reported: Reported) -> dict[str, Callable[[], Any]]:
    """List every read of the room that staff or the public may ask for."""
    member, case_id = office[Role.SHIFT_LEADER], reported.case_id
    asked: dict[str, Any] = {"case_id": case_id, "member": member, "at": office.at}
    return {
        "get_case": lambda: queries.get_case(**asked),
        "allowed_actions": lambda: queries.allowed_actions(**asked),
        "list_cases": lambda: queries.list_cases(
            member=member, filters=CaseFilters(), at=office.at
        ),
        "my_work": lambda: [
            queries.my_work(member=office[role], at=office.at) for role in office.accounts
        ],
        "timeline": lambda: [
            queries.timeline(case_id=case_id, audience=audience) for audience in Audience
        ],
        "clock_words": lambda: queries.clock_words(case_id=case_id, at=office.at),
        "case_photos": lambda: queries.case_photos(case_id=case_id),
        "public_case": lambda: public_case(code=reported.tracking_code, at=office.at),
        "find_duplicates": lambda: queries.find_duplicates(
            category_key="", lon=125.30125, lat=43.8709, at=office.at, public_only=False
        ),
        "reported": lambda: reported,
    }


@pytest.mark.parametrize("step", [Step.VERIFYING, Step.HANDLING, Step.CLOSED])
def test_no_read_of_the_room_carries_the_reporter(office: Office, step: Step) -> None:
    reported = with_canary(office, to=step)
    for name, read in reads(office, reported).items():
        told = repr(read())
        assert not [canary for canary in CANARIES if canary in told], name


def test_no_table_but_the_reporter_s_own_holds_the_reporter(office: Office) -> None:
    with_canary(office)
    account = office.accounts[Role.RESIDENT].pk
    for model in (
        Event, EventText, Notice, models.Case, models.Assignment, models.Clock,
        models.CasePhoto, models.Rating,
    ):  # fmt: skip
        told = serializers.serialize("json", model.objects.all(), ensure_ascii=False)
        assert not [canary for canary in CANARIES if canary in told], model
    assert not Event.objects.filter(actor_id=account).exists()
    assert Reporter.objects.get().phone == CONTACT.phone


def test_numbers_written_into_the_text_are_masked_for_staff(office: Office) -> None:
    reported = office.report(text="请打 139 1234 0987 或写信 a@example.com，谢谢")
    view = queries.get_case(
        case_id=reported.case_id, member=office[Role.SHIFT_LEADER], at=office.at
    )
    assert view.text == "请打 139****87 或写信 ***@***，谢谢"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("220104199001011234", "220****34"),
        ("22010419900101123X", "220****3X"),
        ("0431-88886666", "043****66"),
        ("编号 2026-0001234", "编号 2026-0001234"),
        ("楼 3-2-101", "楼 3-2-101"),
    ],
)
def test_only_personal_numbers_are_masked(text: str, masked: str) -> None:
    assert mask_numbers(text) == masked


def test_opening_the_reporter_asks_a_reason_and_leaves_a_trace(office: Office) -> None:
    reported = with_canary(office, to=Step.HANDLING)
    clerk = office[Role.INTAKE_CLERK]
    asked: dict[str, Any] = {"case_id": reported.case_id, "member": clerk, "at": office.tick()}
    with pytest.raises(UnableToOpenReporter, match=r"cases\.reason_missing"):
        open_reporter(**asked, reason="  ")
    seen = open_reporter(**asked, reason="核对楼号")
    assert (seen.name, seen.phone) == (CONTACT.name, CONTACT.phone)
    look = Look.objects.get()
    assert (look.actor_id, look.reason) == (clerk.account_id, "核对楼号")
    assert look.person_id == office.accounts[Role.RESIDENT].person_id
    told = public_case(code=reported.tracking_code, at=office.at)
    assert told.looks == (office.at,)
    assert "核对楼号" in [entry.note for entry in told.timeline]


def test_the_handler_sees_the_reporter_only_where_the_reporter_agreed(office: Office) -> None:
    reported = with_canary(office, to=Step.HANDLING)
    asked: dict[str, Any] = {
        "case_id": reported.case_id,
        "member": office[Role.HANDLER],
        "reason": "约时间上门",
        "at": office.tick(),
    }
    with pytest.raises(UnableToOpenReporter, match=r"cases\.reporter_not_yours"):
        open_reporter(**asked)
    Reporter.objects.filter(case_id=reported.case_id).update(agrees_contact=True)
    assert open_reporter(**asked).phone == CONTACT.phone


def test_a_stranger_does_not_even_learn_that_the_case_exists(office: Office) -> None:
    reported = with_canary(office, to=Step.FILING)
    with pytest.raises(NoSuchCase, match=r"cases\.not_found"):
        open_reporter(
            case_id=reported.case_id,
            member=office[Role.HANDLER],
            reason="好奇",
            at=office.tick(),
        )


def test_me_shows_the_reporter_what_is_held_about_them(office: Office) -> None:
    with_canary(office)
    account = office.accounts[Role.RESIDENT]
    held = repr(collect(account_id=account.pk, person_id=account.person_id))
    assert all(canary in held for canary in CANARIES)


def test_erasing_the_reporter_leaves_a_case_that_still_works(office: Office) -> None:
    reported = with_canary(office, to=Step.HANDLING)
    erase_reporter(case_id=reported.case_id, at=office.tick())
    row = Reporter.objects.get()
    assert (row.name, row.phone, row.account_id) == ("", "", None)
    assert models.Case.objects.get().text == ""
    assert office.step_on(reported.case_id, ActionName.FEED_BACK).step is Step.CHECKING


def test_a_photo_is_public_only_by_a_person_s_word(office: Office) -> None:
    reported = with_canary(office, to=Step.FILING)
    photo_id = queries.case_photos(case_id=reported.case_id)[PhotoStage.REPORT][0].photo_id
    assert not may_see_photo(photo_id=photo_id, member=None)
    assert not may_see_photo(photo_id=photo_id, member=office[Role.HANDLER])
    assert may_see_photo(photo_id=photo_id, member=None, code=reported.tracking_code)
    assert may_see_photo(photo_id=photo_id, member=office[Role.INTAKE_CLERK])
    assert may_see_photo(photo_id=photo_id, member=office[Role.RESIDENT])
    office.act(reported.case_id, ActionName.APPROVE_PHOTO, Role.INTAKE_CLERK, photo_id=photo_id)
    assert may_see_photo(photo_id=photo_id, member=None)
