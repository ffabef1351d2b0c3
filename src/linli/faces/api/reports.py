"""`POST /reports` and `GET /reports/{code}`: somebody notices, and follows what becomes of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import UUID7, BaseModel, ConfigDict, Field, Strict

from linli.ground.kernel.marking import N_
from linli.ground.people.errors import NotPermitted
from linli.ground.people.tokens import TokenScope
from linli.programmes.couriers.services.reports import send_report
from linli.programmes.couriers.terms import ANSWER_WORDS
from linli.spine.cases.services import intake
from linli.spine.cases.terms import (
    CaseKind,
    Channel,
    Contact,
    Duplicate,
    NewReport,
    PhotoRef,
    Point,
    Reported,
    Step,
)

from .answering import answerer_of
from .callers import Caller, anyone, caller_of
from .instants import edge_now
from .limits import REPORTING
from .terms import ApiRefusal

router = Router(tags=["reports"])

# By which doors strangers come; they say it themselves.
OWN_DOORS = (Channel.WEB, Channel.WECHAT)
# A number written as text is a sign of a mixed-up form, so it is not read as a number.
Degrees = Annotated[float, Strict(), Field(allow_inf_nan=True)]
MAX_PHOTOS = 9


class PhotoIn(BaseModel):
    """A photo uploaded before."""

    id: UUID
    secret: str = Field(max_length=80)


class ContactIn(BaseModel):
    """How to reach the reporter; kept apart from the case and shown to no handler."""

    model_config = ConfigDict(extra="allow")

    name: str = ""
    phone: str = ""
    door: str = ""
    agrees: bool = Field(False, description=N_("同意承办单位直接联系。"))


class PointIn(BaseModel):
    """A place, WGS-84 degrees."""

    lon: Degrees
    lat: Degrees


class ReportIn(BaseModel):
    """What somebody reports. Without `id` a lost answer can't be told from a lost report."""

    model_config = ConfigDict(extra="allow")

    id: UUID7 | None = Field(None, description=N_("由发送方生成的 UUIDv7；重发时不变。"))
    text: str = Field(description=N_("发生了什么，最多 10000 个字符。"))
    lon: Degrees | None = Field(None, description=N_("问题所在处的经度，WGS-84。"))
    lat: Degrees | None = Field(None, description=N_("问题所在处的纬度，WGS-84。"))
    address: str = Field("", description=N_("地址；没有经纬度时必填。"))
    place_note: str = Field("", description=N_("位置的补充说明。"))
    title: str = ""
    kind: CaseKind = CaseKind.INCIDENT
    category: str = Field("", max_length=90, description=N_("目录中的 key，如 matter:06012。"))
    photos: list[PhotoIn] = Field([], max_length=MAX_PHOTOS)
    contact: ContactIn | None = None
    anonymous: bool = Field(False, description=N_("不保存任何反映人信息。"))
    urgent: bool = False
    about: int | None = Field(None, description=N_("投诉所指单位的编号。"))
    device: PointIn | None = Field(None, description=N_("设备所在位置；与反映人一同保管。"))
    channel: Channel | None = Field(
        None, description=N_("从何处来：居民只能填 web 或 wechat，其余仅限工作人员。")
    )
    original_number: str = Field("", description=N_("来源系统中的编号。"))


class AreaOut(BaseModel):
    """An area in short."""

    id: int
    code: str
    name: str


class DuplicateOut(BaseModel):
    """A public case that may be about the same matter."""

    number: str
    category: str
    step: Step
    reported_at: datetime
    distance_m: int
    photo_id: UUID | None


class AnswererOut(BaseModel):
    """Who answers for a report, and until when; `words` says it all in one sentence."""

    words: str
    grid: str = Field(description=N_("网格的名称；位置没有落到网格时为空。"))
    role: str = Field(description=N_("由什么岗位负责。"))
    name: str = Field(description=N_("姓名；本人没有同意公开时为空。"))
    phone: str = Field(description=N_("值班电话。"))
    until: datetime | None = Field(description=N_("在什么时候前会有下一步。"))


class ReportedOut(BaseModel):
    """The answer to a report; the same report sent again gets the same."""

    id: UUID
    number: str
    tracking_code: str = Field(description=N_("凭此码查询进展、评价和要求重开，请保存。"))
    step: Step
    area: AreaOut | None = Field(description=N_("已确定的最小区域；在辖区之外时为空。"))
    street: AreaOut | None
    community: AreaOut | None
    grid: AreaOut | None
    outside: bool = Field(description=N_("位置在所有辖区之外，由受理员处理。"))
    doubtful_place: bool = Field(description=N_("位置像是默认点，由受理员核对。"))
    answerer: AnswererOut = Field(description=N_("谁来答复，到什么时候。"))
    duplicates: list[DuplicateOut] = Field(description=N_("附近可能相同的公开事项。"))
    ignored: list[str] = Field(description=N_("没有使用的字段，请检查拼写。"))


@router.post(
    "/reports",
    response={201: ReportedOut, 200: ReportedOut},
    auth=anyone(REPORTING, scope=TokenScope.REPORT),
    summary=N_("上报一件事"),
    description=N_(
        "同一 id、同一内容再次发送，返回 200 和同样的答复；同一 id、不同内容，返回 409。"
    ),
)
def post_report(request: HttpRequest, report: ReportIn) -> HttpResponse:
    """Take in one report."""
    caller = caller_of(request)
    new = new_report(report, caller, language=get_language() or "zh-hans")
    reported = _take_in(new, caller, at=edge_now(request))
    before = _(ANSWER_WORDS) if _is_courier(new.channel, caller) else ""
    return HttpResponse(
        answer_of(reported, report, before=before),
        status=201 if reported.created else 200,
        content_type="application/json; charset=utf-8",
    )


def _take_in(new: NewReport, caller: Caller, *, at: datetime) -> Reported:
    """Take in a report; one a courier sends as a courier has its half-hour."""
    if _is_courier(new.channel, caller) and caller.member is not None:
        return send_report(report=new, member=caller.member, at=at, photos_follow=True)
    return intake.report_case(report=new, actor=caller.actor, at=at)


def _is_courier(channel: Channel | None, caller: Caller) -> bool:
    """Say whether somebody without a post sends as a courier; who may is the room's to say."""
    return channel is Channel.COURIER and caller.member is not None and not caller.member.is_staff


def new_report(sent: ReportIn, caller: Caller, *, language: str) -> NewReport:
    """Give what was sent as the room of cases takes it.

    Args:
        language: of the answer, and of what the reporter is told later.

    Raises:
        NotPermitted: when somebody outside names a channel.
        ApiRefusal: half a point.
    """
    return NewReport(
        id=sent.id,
        text=sent.text,
        title=sent.title,
        kind=sent.kind,
        channel=_channel(sent, caller),
        category_key=sent.category,
        point=_point(sent),
        address=sent.address,
        place_note=sent.place_note,
        photos=tuple(PhotoRef(id=photo.id, secret=photo.secret) for photo in sent.photos),
        contact=_contact(sent.contact),
        is_anonymous=sent.anonymous,
        device=Point(lon=sent.device.lon, lat=sent.device.lat) if sent.device else None,
        about_organisation_id=sent.about,
        is_urgent=sent.urgent,
        original_number=sent.original_number,
        language=language,
    )


def _channel(sent: ReportIn, caller: Caller) -> Channel:
    if sent.channel is None:
        return Channel.API
    if sent.channel in OWN_DOORS or _is_courier(sent.channel, caller):
        return sent.channel
    if caller.member is None or not caller.member.is_staff:
        raise NotPermitted
    return sent.channel


def _point(sent: ReportIn) -> Point | None:
    if sent.lon is None and sent.lat is None:
        return None
    if sent.lon is None or sent.lat is None:
        raise ApiRefusal("api.point_incomplete", field="lat" if sent.lat is None else "lon")
    return Point(lon=sent.lon, lat=sent.lat)


def _contact(sent: ContactIn | None) -> Contact:
    if sent is None:
        return Contact()
    return Contact(name=sent.name, phone=sent.phone, door=sent.door, agrees_contact=sent.agrees)


def _ignored(sent: ReportIn) -> list[str]:
    beside = sent.contact.model_extra if sent.contact else None
    return [*(sent.model_extra or ()), *(f"contact.{name}" for name in beside or ())]


def answer_of(reported: Reported, sent: ReportIn, *, before: str = "") -> bytes:
    """Give the answer to a report as `ReportedOut` in JSON, naming what was not understood.

    Args:
        before: said before who answers, translated.
    """
    finest = reported.grid or reported.community or reported.street
    told = {
        "id": reported.case_id,
        "number": reported.number,
        "tracking_code": reported.tracking_code,
        "step": reported.step,
        "area": None if reported.is_outside else finest,
        "street": reported.street,
        "community": reported.community,
        "grid": reported.grid,
        "outside": reported.is_outside,
        "doubtful_place": reported.is_suspicious_place,
        "answerer": answerer_of(reported, before=before),
        "duplicates": [_duplicate(one) for one in reported.duplicates],
        "ignored": _ignored(sent),
    }
    return msgspec.json.encode(told)


def _duplicate(one: Duplicate) -> dict[str, object]:
    return {
        "number": one.number,
        "category": one.category_name,
        "step": one.step,
        "reported_at": one.reported_at,
        "distance_m": one.distance_m,
        "photo_id": one.photo_id,
    }
