"""`/reports/{code}`: the reporter follows a report without an account, rates it, reopens it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field

from linli.faces.frame import standing
from linli.ground.kernel.marking import N_
from linli.ground.people.tokens import TokenScope
from linli.spine.cases.queries.public import public_case
from linli.spine.cases.services import act_by_code
from linli.spine.cases.terms import ActionInput, ActionName, PhotoRef, PublicCase, Step

from .callers import anyone
from .cases import EntryOut, entry_out
from .instants import edge_now
from .limits import ACTING, TRACKING
from .parsing import check_text
from .reports import MAX_PHOTOS, PhotoIn
from .shapes import picked

router = Router(tags=["reports"])


class TrackedPhotoOut(BaseModel):
    """One photo of the case."""

    id: UUID
    stage: str
    is_approved: bool


class TrackedPendingOut(BaseModel):
    """How the case rests on the register."""

    why: str = Field(description=N_("为什么先挂账。"))
    measure: str = Field(description=N_("挂账期间的临时安全措施。"))
    since: datetime
    until: datetime = Field(description=N_("到什么时候再办。"))


class TrackedOut(BaseModel):
    """A report as its reporter sees it."""

    number: str
    joined_number: str = Field(description=N_("并入的案件编号；没有并案时为空。"))
    kind: str
    step: Step
    step_label: str
    headline: str = Field(description=N_("现在办到哪里，一句话。"))
    answer: str = Field(description=N_("由谁答复、到什么时候，一句话。"))
    category: str
    community: str
    grid: str
    lon: float | None
    lat: float | None
    text: str
    address: str
    lead: str = Field(description=N_("由谁办理。"))
    reported_at: datetime
    promised_at: datetime | None = Field(description=N_("答应何时办完。"))
    extended_until: datetime | None = Field(description=N_("准许延期后，改到什么时候。"))
    extended_why: str = Field(description=N_("为什么延期；没有延期时为空。"))
    pending: TrackedPendingOut | None = Field(description=N_("挂账的情况；没有挂账时为空。"))
    resumed_until: datetime | None = Field(description=N_("挂账结束后，改到什么时候。"))
    closed_at: datetime | None
    elsewhere: str = Field(description=N_("不予立案时，还可以向哪里反映。"))
    reopen_until: datetime | None
    can_reopen: bool
    can_rate: bool
    can_answer: bool = Field(description=N_("是否在问您：现在好了吗。"))
    answer_until: datetime | None = Field(description=N_("请在什么时候前回答。"))
    answered: bool | None = Field(description=N_("您回答过现在好了没有；没有回答时为空。"))
    solved: bool | None
    satisfaction: int | None
    timeline: list[EntryOut]
    photos: list[TrackedPhotoOut]
    looks: list[datetime] = Field(description=N_("何时有人查看过您的联系方式。"))


class ReporterActIn(BaseModel):
    """What the reporter says: a rating, a wish to have it done again, or one more word."""

    note: str = ""
    solved: bool | None = Field(None, description=N_("评价、回答现在好了没有时必填：是否解决。"))
    satisfaction: int | None = Field(None, ge=1, le=3, description=N_("评价时必填：1 到 3。"))
    photos: list[PhotoIn] = Field([], max_length=MAX_PHOTOS)


@router.get(
    "/reports/{code}",
    response=TrackedOut,
    auth=anyone(TRACKING, scope=TokenScope.REPORT),
    summary=N_("凭查询码看进展"),
)
def get_report(request: HttpRequest, code: str) -> TrackedOut:
    """Show the report of a tracking code; spaces, hyphens and case do not matter."""
    check_text(code, field="code")
    return _tracked(public_case(code=code, at=edge_now(request)))


@router.post(
    "/reports/{code}/actions/{action}",
    response=TrackedOut,
    auth=anyone(ACTING, scope=TokenScope.REPORT),
    summary=N_("凭查询码评价、回答、要求重办或补充说明"),
)
def post_reporter_action(
    request: HttpRequest,
    code: str,
    action: Literal["rate", "reopen", "comment", "answer_check"],
    given: ReporterActIn,
) -> TrackedOut:
    """Act as the reporter; whose report joined another reopens the one it joined."""
    check_text(code, field="code")
    form = ActionInput(
        note=given.note,
        solved=given.solved,
        satisfaction=given.satisfaction,
        photos=tuple(PhotoRef(id=one.id, secret=one.secret) for one in given.photos),
    )
    now = edge_now(request)
    return _tracked(act_by_code(code=code, action=ActionName(action), at=now, form=form))


def _tracked(case: PublicCase) -> TrackedOut:
    same = (
        *("number", "joined_number", "step", "step_label", "lon", "lat", "text", "address"),
        *("reported_at", "promised_at", "closed_at", "elsewhere", "reopen_until"),
        *("extended_until", "extended_why", "resumed_until"),
        *("can_reopen", "can_rate", "solved", "satisfaction"),
        *("can_answer", "answer_until", "answered"),
    )
    return TrackedOut(
        **{name: getattr(case, name) for name in same},
        kind=case.kind_label,
        headline=standing.headline(case),
        answer=standing.answer(case),
        category=case.category_name,
        community=case.community_name,
        grid=case.grid_name,
        lead=case.lead_name,
        pending=picked(TrackedPendingOut, case.pending) if case.pending else None,
        timeline=[entry_out(entry) for entry in case.timeline],
        photos=[
            TrackedPhotoOut(id=one.photo_id, stage=one.stage.value, is_approved=one.is_approved)
            for one in case.photos
        ],
        looks=list(case.looks),
    )
