"""The rest of the sub-district's work: calls, shifts, enforcement, tables, notices, searches."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

from linli.faces.desk.paper import exporting
from linli.faces.desk.paper.lists import LISTS
from linli.ground.kernel.ids import new_id
from linli.ground.kernel.importing import check_import, run_import, start_check, start_import
from linli.ground.kernel.imports import receive_file
from linli.ground.kernel.models import ExportRecord
from linli.ground.kernel.searches import record_search
from linli.ground.kernel.terms import Actor
from linli.ground.kernel.tests.sheets import separated
from linli.ground.notices.models import Notice
from linli.ground.people.models import DutyShift
from linli.ground.people.services.duty_swaps import ask_swap
from linli.ground.people.terms import Role
from linli.ground.people.tests.factories import AccountFactory, member_of
from linli.ground.people.tokens import TokenScope, mint_token
from linli.ground.territory.models import AreaImport
from linli.ground.territory.services import add_place_name
from linli.ground.territory.services.plans import draft_plan
from linli.ground.territory.terms import NewPlaceName, PlaceKind
from linli.programmes.callback.models import Callback
from linli.programmes.callback.queries.settings import get_policy
from linli.programmes.callback.rules.settings import value_of
from linli.programmes.callback.services import calling
from linli.programmes.callback.services.changing import change_setting
from linli.programmes.callback.services.excluding import ask_exclusion
from linli.programmes.callback.terms import Cause, Result, TryInput, Way
from linli.programmes.enforcement.models import Evidence, Party
from linli.programmes.enforcement.terms import ActionName as Deed
from linli.programmes.enforcement.terms import AppealKind, Step
from linli.programmes.enforcement.tests.factories import make_picture
from linli.programmes.hotline.models import WantedAnswer
from linli.programmes.hotline.services import file_call, keep_recording, save_draft, want_answer
from linli.programmes.hotline.tests.factories import MP3, add_answer, begin_call, call_words
from linli.programmes.shifts import services as shifts
from linli.programmes.shifts.models import HandoverPoint
from linli.programmes.shifts.terms import NewPoint
from linli.programmes.whistle.models import WhistleSettings
from linli.programmes.whistle.services.acting import act as act_on_whistle
from linli.programmes.whistle.services.blowing import blow
from linli.programmes.whistle.services.links import give_link
from linli.programmes.whistle.terms import ActionName as WhistleDeed
from linli.programmes.whistle.terms import Kind as WhistleKind
from linli.programmes.whistle.terms import NewWhistle, WhistleInput
from linli.reactions.urgent import call_out
from linli.spine.cases.models import Precedent
from linli.spine.cases.rules.settings import Value
from linli.spine.cases.services import mark_overdue, set_case_settings
from linli.spine.cases.terms import ActionName, Point
from linli.spine.cases.terms import Step as At
from linli.spine.cases.terms.supervision import Rung
from linli.spine.cases.terms.supervision import Way as By
from linli.spine.cases.tests.factories import PATHS, resident

from . import canaries as planted
from .couriers_world import ride
from .keeping_world import plant_drafts
from .talk_world import talk
from .world import CONTACT, World, point_of_first_grid, report

CALLED = {
    "caller": planted.CALLER_PHONE,
    "name": planted.CALLER_NAME,
    "text": planted.CALLED,
}
VOICE = MP3 + planted.CALLED.encode()


def fill_up(world: World) -> None:
    """Add all that other rooms hold."""
    _call(world)
    _hand_over(world)
    _plan_duty(world)
    _send_in(world)
    _take_out(world)
    _search(world)
    _name_a_place(world)
    talk(world)
    ride(world)
    _set_up(world)
    _tell(world)
    world.ids["precedent_id"] = Precedent.objects.latest("id").pk
    world.ids["person_id"] = world.reporter.person_id


def enforce(world: World) -> None:
    """Take one operation to its publication and leave another among objections."""
    team, office = world.team, world.office
    case = office.play(to=At.DISPATCHING, actor=resident(world.reporter), contact=CONTACT)
    office.act(case.case_id, ActionName.DISPATCH, Role.DISPATCHER, lead_id=team.unit.pk)
    published = team.play(to=Step.PUBLISHING)
    public = Evidence.objects.filter(operation_id=published.id).latest("id").photo_id
    given = {"summary": "疏导摊位，恢复通行。", "public_photo_ids": (public,)}
    team.act(published.id, Deed.PUBLISH, "leader", **given)
    world.ids["public_evidence"] = public
    under_way = team.play(to=Step.APPEALING, case_id=case.case_id)
    team.appeal(under_way, AppealKind.SUIT)
    world.cases["enforced"] = case
    world.ids["operation"] = under_way.number
    world.ids["published"] = published.number
    world.ids["party_id"] = Party.objects.get(operation_id=under_way.id).pk
    world.ids["evidence"] = Evidence.objects.filter(operation_id=under_way.id).latest("id").photo_id
    world.ids["secondment_id"] = team.lines["helper"]


def whistle(world: World) -> None:
    """Call the lead of the case to the spot, whose photo and position are kept, for a dispute."""
    office, main = world.office, world.cases["main"]
    lon, lat = point_of_first_grid()
    called = NewWhistle(
        kind=WhistleKind.EMERGENCY,
        title="路边成堆",
        wanted="到场清理",
        reason="堵了路",
        address="示例路口",
        arrive_by=office.at + timedelta(hours=1),
        lead_id=office.lead.pk,
        point=Point(lon=lon, lat=lat),
    )
    view = blow(new=called, member=office[Role.DISPATCHER], at=office.tick(), case_id=main.case_id)
    picture, last = (make_picture(at=office.at) for _ in range(2))
    for name, form in (
        (WhistleDeed.SIGN_IN, WhistleInput(position=Point(lon=lon, lat=lat))),
        (WhistleDeed.REPORT_DEED, WhistleInput(note="清了一半", photos=(picture,))),
        (WhistleDeed.RECORD_OUTCOME, WhistleInput(note="清完了", photos=(last,))),
    ):
        act_on_whistle(
            whistle_id=view.id,
            action=name,
            member=office[Role.HANDLER],
            at=office.tick(),
            form=form,
        )
    made = give_link(
        whistle_id=view.id,
        organisation_id=office.lead.pk,
        member=office[Role.DISPATCHER],
        at=office.tick(),
    )
    later = replace(called, arrive_by=office.at + timedelta(hours=2))
    running = blow(new=later, member=office[Role.DISPATCHER], at=office.tick())
    world.tokens["call_link"], world.ids["call_link"] = made.token, made.id
    world.ids |= {"whistle": view.number, "whistle_photo": picture.id}
    world.ids["running_whistle"] = running.number
    WhistleSettings.objects.create(
        street_id=office.place.street.pk, judge_days=2, reply_days=3, near_m=200, position_days=30
    )


def supervise(world: World) -> None:
    """Give the case a red card by hand and register what a leader said about it."""
    office, main = world.office, world.cases["main"]
    words: dict[str, Any] = {"note": planted.REMARK}
    office.act(main.case_id, ActionName.SUPERVISE, Role.SUPERVISOR, rung=Rung.RED, **words)
    given: dict[str, Any] = {"instructed_by": "街道领导", "way": By.VOICE, **words}
    office.act(main.case_id, ActionName.INSTRUCT, Role.SUPERVISOR, **given)


def call_back(world: World) -> None:
    """Have one reporter called who says it is not done; another call-back is taken and doubted."""
    office = world.office
    account = AccountFactory(callback_clerk=True, street=office.place.street)
    world.people["callback"] = account
    answered, waiting = (_closed(world) for _ in range(2))
    clerk = member_of(account, at=office.at)
    calling.take(callback_id=answered, member=clerk, at=office.tick())
    said = TryInput(
        way=Way.PHONE,
        result=Result.REACHED,
        solved=False,
        satisfaction=1,
        note=planted.ANSWERED,
        redo_note="还有一处没有清",
    )
    calling.log_try(callback_id=answered, member=clerk, form=said, at=office.tick())
    asked = [
        ask_exclusion(
            callback_id=one,
            member=clerk,
            at=office.tick(),
            cause=Cause.DUPLICATE,
            note="同一件事两个号码",
        )
        for one in (answered, waiting)
    ]
    calling.take(callback_id=waiting, member=clerk, at=office.tick())
    world.ids |= {"answered": answered, "waiting": waiting, "exclusion_id": asked[0]}
    _weigh(world)


def _closed(world: World) -> UUID:
    reported = report(world)
    for action in PATHS[At.CLOSED]:
        world.office.step_on(reported.case_id, action)
    return Callback.objects.get(case_id=reported.case_id).id


def _weigh(world: World) -> None:
    """Set what fairly satisfied counts."""
    office, name = world.office, "callback_fairly_weight"
    street = office.place.street
    change_setting(
        street_code=street.code,
        name=name,
        value=Value(amount=70, unit="percent"),
        seen=value_of(name, get_policy(street.pk)),
        member=office[Role.SHIFT_LEADER],
        at=office.tick(),
    )


def _call(world: World) -> None:
    """Leave a call in hand with a voice, file another, wish for an answer, write one."""
    office, clerk = world.office, world.office[Role.INTAKE_CLERK]
    draft_id, photo = new_id(), make_picture(at=office.at)
    save_draft(
        draft_id=draft_id,
        words=call_words(**CALLED),
        photos=(photo,),
        editor="window",
        seen_version=0,
        member=clerk,
        at=office.at,
    )
    world.ids |= {"draft_id": draft_id, "draft_photo": photo.id}
    world.ids["recording_id"] = keep_recording(
        stream=BytesIO(VOICE), size=len(VOICE), draft_id=draft_id, member=clerk, at=office.tick()
    )
    filed_id = begin_call(office, **CALLED)
    file_call(
        draft_id=filed_id,
        words=call_words(**CALLED, behalf=True, tell_by="door"),
        photos=(),
        member=clerk,
        at=office.tick(),
    )
    world.ids["told_id"] = filed_id
    wish = call_words(kind="question", text=f"几点开门，请回 {planted.CALLER_PHONE}")
    want_answer(draft_id=new_id(), words=wish, member=clerk, at=office.tick())
    world.ids["wish_id"] = WantedAnswer.objects.latest("id").pk
    world.ids["answer_id"] = add_answer(office)


def _hand_over(world: World) -> None:
    office, clerk = world.office, world.office[Role.INTAKE_CLERK]
    street_code = office.place.street.code
    handover_id = shifts.open_handover(street_code=street_code, member=clerk, at=office.tick())
    shifts.write_handover(
        handover_id=handover_id,
        remarks=planted.HANDED,
        points=[NewPoint(text=planted.HANDED, case_number=world.cases["main"].number)],
        member=clerk,
        at=office.tick(),
    )
    shifts.give_handover(handover_id=handover_id, member=clerk, at=office.tick())
    world.ids["handover_id"] = handover_id
    world.ids["point_id"] = HandoverPoint.objects.latest("id").pk


def _plan_duty(world: World) -> None:
    office = world.office
    own, other = (office.accounts[role] for role in (Role.INTAKE_CLERK, Role.DISPATCHER))
    shift = DutyShift.objects.create(
        street_code=office.place.street.code,
        role="centre",
        account=own,
        starts_at=office.at + timedelta(days=8),
        ends_at=office.at + timedelta(days=9),
    )
    DutyShift.objects.create(
        street_code=office.place.street.code,
        role="centre",
        account=office.accounts[Role.SHIFT_LEADER],
        starts_at=office.at - timedelta(days=1),
        ends_at=office.at + timedelta(days=30),
    )
    world.ids["shift_id"] = shift.pk
    world.ids["swap_id"] = ask_swap(
        shift_id=shift.pk,
        asked_of_id=other.pk,
        member=office[Role.INTAKE_CLERK],
        at=office.tick(),
    )


def _send_in(world: World) -> None:
    """Send in a table with one good row and one that is not."""
    office = world.office
    world.ids["import_id"] = _check_file(world, planted.SENT_IN)
    world.ids["done_import_id"] = done = _check_file(world, planted.CALLED)
    start_import(import_id=done, actor=_clerk(world), at=office.tick())
    run_import(import_id=done, at=office.tick())


def _clerk(world: World) -> Actor:
    return world.office[Role.INTAKE_CLERK].actor(role=Role.INTAKE_CLERK)


def _check_file(world: World, text: str) -> UUID:
    """Send in two rows with these words and have them checked."""
    office = world.office
    whose = [planted.CALLER_NAME, planted.CALLER_PHONE]
    rows: list[list[Any]] = [
        ["原编号", "反映的内容", "经度", "纬度", "地址", "反映人", "电话"],
        [f"{text}-1", text, 125.3, 43.87, "", *whose],
        [f"{text}-2", text, 43.87, 125.3, "", *whose],
    ]
    sent = receive_file(
        kind="cases",
        street_code=office.place.street.code,
        file_name="十一月.csv",
        stream=BytesIO(separated(*rows)),
        language="zh-hans",
        actor=_clerk(world),
        at=office.tick(),
    )
    options = {"coordinates": "WGS-84", "channel": "hotline", "system": "12345 热线"}
    start_check(import_id=sent.id, options=options)
    check_import(import_id=sent.id, at=office.tick())
    return sent.id


def _take_out(world: World) -> None:
    """Let the shift leader take the list of cases as a file that is kept."""
    office, one = world.office, LISTS["cases"]
    asked = exporting.ask(one, member=office[Role.SHIFT_LEADER], query="", at=office.tick())
    made = exporting.request_export(one, asked, rows=1, is_written=False)
    exporting.write_queued(export_id=made.id, at=office.tick())
    world.ids["export_id"] = ExportRecord.objects.get(pk=made.id).pk


def _search(world: World) -> None:
    office = world.office
    clerk = office[Role.INTAKE_CLERK]
    words = f"{planted.SEARCHED} {planted.SEARCHED_PHONE}"
    record_search(
        actor=clerk.actor(role=Role.INTAKE_CLERK),
        street_code=office.place.street.code,
        kinds=["cases", "people"],
        words=words,
        at=office.tick(),
    )


def _name_a_place(world: World) -> None:
    office = world.office
    name = NewPlaceName(
        kind=PlaceKind.LOCAL, name="大柳树", area_code=office.place.grids[0].code, source="工作台"
    )
    made = add_place_name(name=name, actor=office[Role.INTAKE_CLERK].actor(), at=office.tick())
    world.ids["name_id"] = made.id


def _set_up(world: World) -> None:
    """Leave what only the administration shows."""
    street = world.office.place.street
    set_case_settings(street_id=street.pk)
    leader = world.office[Role.SHIFT_LEADER].actor(role=Role.SHIFT_LEADER)
    plan = draft_plan(
        title="并两个网格",
        within_code=world.office.place.communities[0].code,
        effective_on=(world.office.at + timedelta(days=30)).date(),
        actor=leader,
        at=world.office.at,
    )
    world.ids["plan_id"] = plan.id
    plant_drafts(world)
    AreaImport.objects.create(
        sha256=bytes(32), rows=1, added=1, redrawn=0, imported_at=world.office.at
    )


def _tell(world: World) -> None:
    """Let everything that calls or tells somebody do so, and give a program a key."""
    office = world.office
    call_out(at=office.tick())
    mark_overdue(at=office.at + timedelta(days=1))
    leader = office.accounts[Role.SHIFT_LEADER]
    notice = Notice.objects.filter(account=leader, alert__isnull=False).latest("id")
    world.ids["notice_id"] = notice.pk
    supervisor = office.accounts[Role.SUPERVISOR]
    world.tokens["program"] = mint_token(
        account_id=supervisor.pk,
        name="报表",
        scopes=set(TokenScope),
        expires_at=office.at + timedelta(days=30),
        at=office.at,
    )
