"""`/cases`: what the caller may see of cases, and what the caller may do now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router
from pydantic import AwareDatetime, BaseModel, Field, Strict

from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.marking import N_
from linli.ground.people.terms import Member
from linli.ground.people.tokens import TokenScope
from linli.spine.cases.catalogue_terms import Audience
from linli.spine.cases.queries import case as one_case
from linli.spine.cases.queries import history, lists
from linli.spine.cases.rules.refusals import NoSuchCase
from linli.spine.cases.services import acting
from linli.spine.cases.terms import (
    ActionInput,
    ActionName,
    AllowedAction,
    CaseFilters,
    CaseKind,
    CaseView,
    Channel,
    Level,
    PhotoRef,
    Point,
    Step,
    TimelineEntry,
)
from linli.spine.cases.terms.pending import Obstacle
from linli.spine.cases.terms.putting_off import Cause
from linli.spine.cases.terms.supervision import Reason, Rung, Way

from .callers import member_of, members
from .instants import edge_now
from .limits import ACTING, READING
from .parsing import check_text
from .reports import PhotoIn, PointIn
from .shapes import picked, plain
from .terms import ApiRefusal

router = Router(tags=["cases"])
Count = Annotated[int, Strict(), Field(ge=1, le=2**31 - 1)]


class CaseQuestion(BaseModel):
    """Which cases are asked for; several `step` may be given."""

    step: list[Step] = Field([], description=N_("可重复填写。"))
    kind: CaseKind | None = None
    channel: Channel | None = None
    category_id: int | None = Field(None, ge=1, le=2**31 - 1)
    major: str = Field("", max_length=16, description=N_("大类编码。"))
    area: str = Field("", max_length=24, description=N_("区域编码，包含其下各级。"))
    organisation: int | None = Field(None, ge=1, le=2**31 - 1)
    overdue: bool | None = None
    open: bool | None = None
    unplaced: bool | None = Field(None, description=N_("尚未落到网格的。"))
    level: Level | None = None
    silent: bool | None = Field(None, description=N_("已报区级、过了时限还没有答复的。"))
    reminded: bool | None = Field(None, description=N_("有人催办过的。"))
    reworked: bool | None = Field(None, description=N_("核查没有通过、返过工的。"))
    reason: Reason | None = Field(None, description=N_("督办台上的，按原因。"))
    rung: Rung | None = Field(None, description=N_("时限现在到了督办的哪一级。"))
    original_number: str = Field("", max_length=60, description=N_("来源平台的原编号。"))
    reported_from: AwareDatetime | None = None
    reported_before: AwareDatetime | None = None
    text: str = Field("", max_length=80, description=N_("在编号、标题、地址中查找。"))
    order: Literal["-reported_at", "reported_at", "due_at"] = "-reported_at"
    page: int = Field(1, ge=1, le=100_000)
    page_size: int = Field(20, ge=1, le=100)


class CaseRowOut(BaseModel):
    """One case in a list; nothing of its reporter."""

    id: UUID
    number: str
    version: int
    kind: CaseKind
    step: Step
    step_label: str
    title: str
    category_name: str
    street_name: str
    community_name: str
    grid_name: str
    lon: float | None
    lat: float | None
    address: str
    channel_label: str
    lead_name: str
    reported_at: datetime
    due_at: datetime | None
    promised_at: datetime | None
    closed_at: datetime | None
    is_urgent: bool
    is_overdue: bool
    rework_count: int
    level: Level
    original_number: str
    reminder_count: int


class CasesOut(BaseModel):
    """One page of cases, `total` over all pages."""

    cases: list[CaseRowOut]
    total: int
    page: int
    pages: int
    page_size: int


class NeededOut(BaseModel):
    """One field an action takes."""

    name: str
    label: str
    required: bool


class AllowedOut(BaseModel):
    """One action the caller may take now."""

    name: ActionName
    label: str
    hint: str
    task_no: int | None = Field(description=N_("是第几项任务；不是任务的操作为空。"))
    needs: list[NeededOut]


class EntryOut(BaseModel):
    """One line of a case's history."""

    at: datetime
    who: str
    what: str
    note: str
    step: Step | None
    step_label: str
    photo_ids: list[UUID]


class CaseOut(BaseModel):
    """One case as the caller sees it; nothing of its reporter."""

    case: dict[str, Any] = Field(description=N_("案件；version 在办理时原样送回。"))
    allowed: list[AllowedOut] = Field(description=N_("现在可以做的操作，不多也不少。"))
    timeline: list[EntryOut]
    photos: dict[str, list[UUID]] = Field(description=N_("上报、处置、核查三个阶段的照片。"))


class LimitIn(BaseModel):
    """A term for handling."""

    amount: int = Field(ge=1, le=10_000)
    unit: Unit


class ActionIn(BaseModel):
    """What is given with an action; each action reads its own part, as `allowed` says."""

    version: Count | None = Field(
        None, description=N_("所见案件的 version；其间有人办理过则返回 409 并说明是谁。")
    )
    note: str = ""
    photos: list[PhotoIn] = Field([], max_length=9)
    before_photos: list[PhotoIn] = Field([], max_length=9)
    category_id: Count | None = None
    lead_id: Count | None = None
    helper_ids: list[Count] = Field([], max_length=20)
    limit: LimitIn | None = None
    responsibility_id: Count | None = None
    elsewhere: str = ""
    solved: bool | None = None
    satisfaction: int | None = None
    place: PointIn | None = None
    address: str = ""
    photo_id: UUID | None = None
    task_no: Annotated[int, Strict(), Field(ge=1, le=999)] | None = Field(
        None, description=N_("办理一项任务时，是第几项任务。")
    )
    unit_id: Count | None = None
    target_id: UUID | None = Field(None, description=N_("并入或归到的另一件案件的 id。"))
    channel: Channel | None = Field(None, description=N_("催办从哪里来。"))
    photo_ids: list[UUID] = Field([], max_length=50, description=N_("拆出时归到新案件的照片。"))
    rung: Rung | None = Field(None, description=N_("督办到哪一级。"))
    instructed_by: str = Field("", description=N_("哪位领导批示。"))
    way: Way | None = Field(None, description=N_("领导怎么批示的。"))
    cause: Cause | None = Field(None, description=N_("为什么申请延期。"))
    until: date | None = Field(None, description=N_("申请延期到哪一天。"))
    obstacle: Obstacle | None = Field(None, description=N_("为什么申请挂账。"))
    measure: str = Field("", description=N_("挂账期间的临时安全措施，会公开。"))
    post: str = Field("", description=N_("挂账期间看管的岗位；单位写在 unit_id。"))
    wake_on: date | None = Field(None, description=N_("挂账到哪一天。"))


@router.get(
    "/cases",
    response=CasesOut,
    auth=members(READING, scope=TokenScope.READ),
    summary=N_("列出有权查看的案件"),
)
def list_cases(request: HttpRequest, asked: Query[CaseQuestion]) -> CasesOut:
    """List cases, filtered, one page of them."""
    for name in ("major", "area", "text", "original_number"):
        check_text(getattr(asked, name), field=name)
    page = lists.list_cases(
        member=member_of(request), filters=_filters(asked), at=edge_now(request)
    )
    return CasesOut(
        cases=[picked(CaseRowOut, row) for row in page.rows],
        total=page.total,
        page=page.page,
        pages=page.pages,
        page_size=page.page_size,
    )


@router.get(
    "/cases/{case_id}",
    response=CaseOut,
    auth=members(READING, scope=TokenScope.READ),
    summary=N_("查看一件案件"),
    description=N_("case_id 可以是 id，也可以是编号，如 2026-0001234。"),
)
def get_case(request: HttpRequest, case_id: str) -> CaseOut:
    """Show one case with its history, its photos and what the caller may do."""
    member, at = member_of(request), edge_now(request)
    view = one_case.get_case(case_id=_case_id(case_id), member=member, at=at)
    return _case(view, member, at)


@router.post(
    "/cases/{case_id}/actions/{action}",
    response=CaseOut,
    auth=members(ACTING, scope=TokenScope.ACT),
    summary=N_("办理一步"),
    description=N_("可做的操作及所需内容见案件的 allowed。答复为办理后的案件。"),
)
def post_action(request: HttpRequest, case_id: str, action: str, given: ActionIn) -> CaseOut:
    """Take one action and answer the case as it is then."""
    member, at = member_of(request), edge_now(request)
    view = acting.act(
        case_id=_case_id(case_id),
        action=_action(action),
        member=member,
        at=at,
        form=_form(given),
        seen_version=given.version,
    )
    try:
        return _case(view, member, at)
    except NoSuchCase:
        # Whoever sends a case back may not see it any more; what they did is done all the same.
        return CaseOut(case=plain(view), allowed=[], timeline=[], photos={})


def _filters(asked: CaseQuestion) -> CaseFilters:
    return CaseFilters(
        steps=tuple(asked.step),
        category_id=asked.category_id,
        major_code=asked.major,
        kind=asked.kind,
        channel=asked.channel,
        area_code=asked.area,
        organisation_id=asked.organisation,
        is_overdue=asked.overdue,
        is_open=asked.open,
        is_unplaced=asked.unplaced,
        level=asked.level,
        is_silent=asked.silent,
        is_reminded=asked.reminded,
        is_reworked=asked.reworked,
        reason=asked.reason,
        rung=asked.rung,
        original_number=asked.original_number,
        reported_from=asked.reported_from,
        reported_before=asked.reported_before,
        text=asked.text,
        order=asked.order,
        page=asked.page,
        page_size=asked.page_size,
    )


def _case_id(stated: str) -> UUID:
    try:
        return UUID(stated)
    except ValueError:
        check_text(stated, field="case_id")
    found = one_case.find_case_id(number=stated)
    if found is None:
        raise NoSuchCase("cases.not_found")
    return found


def _action(stated: str) -> ActionName:
    try:
        return ActionName(stated)
    except ValueError as fault:
        check_text(stated, field="action")
        raise ApiRefusal("api.unknown_action", field="action", action=stated[:40]) from fault


def _form(given: ActionIn) -> ActionInput:
    return ActionInput(
        note=given.note,
        photos=_photo_refs(given.photos),
        before_photos=_photo_refs(given.before_photos),
        category_id=given.category_id,
        lead_id=given.lead_id,
        helper_ids=tuple(given.helper_ids),
        limit=Limit(given.limit.amount, given.limit.unit) if given.limit else None,
        responsibility_id=given.responsibility_id,
        elsewhere=given.elsewhere,
        solved=given.solved,
        satisfaction=given.satisfaction,
        place=Point(lon=given.place.lon, lat=given.place.lat) if given.place else None,
        address=given.address,
        photo_id=given.photo_id,
        task_no=given.task_no,
        unit_id=given.unit_id,
        target_id=given.target_id,
        channel=given.channel,
        photo_ids=tuple(given.photo_ids),
        rung=given.rung,
        instructed_by=given.instructed_by,
        way=given.way,
        cause=given.cause,
        until=given.until,
        obstacle=given.obstacle,
        measure=given.measure,
        post=given.post,
        wake_on=given.wake_on,
    )


def _photo_refs(photos: list[PhotoIn]) -> tuple[PhotoRef, ...]:
    return tuple(PhotoRef(id=photo.id, secret=photo.secret) for photo in photos)


def _case(view: CaseView, member: Member, at: datetime) -> CaseOut:
    actions = one_case.allowed_actions(case_id=view.id, member=member, at=at)
    entries = history.timeline(
        case_id=view.id, audience=Audience.STAFF, shows_ratings=view.shows_ratings
    )
    photos = one_case.case_photos(case_id=view.id)
    return CaseOut(
        case=plain(view),
        allowed=[_allowed(action) for action in actions],
        timeline=[entry_out(entry) for entry in entries],
        photos={stage.value: [one.photo_id for one in found] for stage, found in photos.items()},
    )


def _allowed(action: AllowedAction) -> AllowedOut:
    needs = [
        NeededOut(name=need.name.value, label=need.label, required=need.is_required)
        for need in action.needs
    ]
    return AllowedOut(
        name=action.name,
        label=action.label,
        hint=action.hint,
        task_no=action.task_no,
        needs=needs,
    )


def entry_out(entry: TimelineEntry) -> EntryOut:
    """Give one line of a history."""
    return EntryOut(
        at=entry.at,
        who=entry.who,
        what=entry.what,
        note=entry.note,
        step=entry.step,
        step_label=entry.step_label,
        photo_ids=list(entry.photo_ids),
    )
