"""`GET /reports/{code}`: the reporter follows a report without an account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from ninja import Router
from pydantic import BaseModel, Field

from linli.ground.people.tokens import TokenScope
from linli.spine.cases.queries.public import public_case
from linli.spine.cases.terms import PublicCase, Step

from .callers import anyone
from .cases import EntryOut, entry_out
from .instants import edge_now
from .limits import TRACKING
from .parsing import check_text
from .terms import N_

router = Router(tags=["reports"])


class TrackedPhotoOut(BaseModel):
    """One photo of the case."""

    id: UUID
    stage: str
    is_approved: bool


class TrackedOut(BaseModel):
    """A report as its reporter sees it."""

    number: str
    kind: str
    step: Step
    step_label: str
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
    closed_at: datetime | None
    elsewhere: str = Field(description=N_("不予立案时，还可以向哪里反映。"))
    reopen_until: datetime | None
    can_reopen: bool
    can_rate: bool
    solved: bool | None
    satisfaction: int | None
    timeline: list[EntryOut]
    photos: list[TrackedPhotoOut]
    looks: list[datetime] = Field(description=N_("何时有人查看过您的联系方式。"))


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


def _tracked(case: PublicCase) -> TrackedOut:
    same = (
        *("number", "step", "step_label", "lon", "lat", "text", "address", "reported_at"),
        *("promised_at", "closed_at", "elsewhere", "reopen_until", "can_reopen", "can_rate"),
        *("solved", "satisfaction"),
    )
    return TrackedOut(
        **{name: getattr(case, name) for name in same},
        kind=case.kind_label,
        category=case.category_name,
        community=case.community_name,
        grid=case.grid_name,
        lead=case.lead_name,
        timeline=[entry_out(entry) for entry in case.timeline],
        photos=[
            TrackedPhotoOut(id=one.photo_id, stage=one.stage.value, is_approved=one.is_approved)
            for one in case.photos
        ],
        looks=list(case.looks),
    )
