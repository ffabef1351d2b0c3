"""What stands on each sheet of paper: a case, a work slip, a share card. Nobody who reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import gettext

from linli.faces.desk.agenda import tell_status
from linli.faces.desk.sheet import DUTY_LABELS, STATES
from linli.faces.frame.terms import Status
from linli.faces.frame.words import instant_words
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_
from linli.ground.kernel.photos import open_photo
from linli.spine.cases.catalogue_terms import Audience
from linli.spine.cases.queries.case import case_photos
from linli.spine.cases.queries.history import timeline
from linli.spine.cases.queries.origin import find_upper_order
from linli.spine.cases.terms import (
    STAGE_LABELS,
    CasePhotoView,
    CaseView,
    Duty,
    PhotoStage,
    Visibility,
)

from .typesetting import draw_code, make_small, set_paper

Paper = Literal["a4", "a5"]
Row = tuple[str, str]
MOST_PHOTOS_A_STAGE = 12


@dataclass(frozen=True, kw_only=True)
class ShareCard:
    """What goes to a chat group: place by grid, category, step and limit; no person."""

    text: str
    photo: CasePhotoView | None


def print_case(case: CaseView, *, printed_by: str, at: datetime) -> bytes:
    """Set a case as A4 pages with photos and history, for those who work on it.

    Raises:
        UnableToPrint: when this machine can't.
    """
    pictures: dict[str, bytes] = {}
    stages = [
        stage
        for name, photos in case_photos(case_id=case.id).items()
        if (stage := _stage(name, photos, pictures))
    ]
    words = {
        **_shared(case, printed_by, at),
        "heading": case.title,
        "step": gettext(case.step_label),
        "late": gettext("已超时") if _is_late(case, at) else "",
        "sections": [
            {"title": gettext("反映了什么"), "text": case.text, "rows": _what(case)},
            {"title": gettext("在哪里"), "rows": _where(case)},
            {"title": gettext("什么时候该办完"), "rows": _clocks(case)},
            {"title": gettext("谁来办"), "rows": _hands(case)},
        ],
        "photos-title": gettext("照片"),
        "photos": stages,
        "story-title": gettext("到现在为止发生了什么"),
        "story": _story(case),
    }
    return set_paper("case", words=words, pictures=pictures, title=case.number)


def print_slip(
    case: CaseView, *, address: str, paper: Paper, printed_by: str, at: datetime
) -> bytes:
    """Set a work slip with a QR code.

    Args:
        address: what the code opens: the case's page, or a signed link of a handler.
        paper: A4, or A5 for a pocket.

    Raises:
        UnableToPrint: when this machine can't.
    """
    lead = next((one for one in case.assignments if one.duty is Duty.LEAD), None)
    rows = [
        (gettext("主办单位"), lead.organisation_name if lead else gettext("还没有派遣")),
        *_where(case),
        (gettext("类别"), case.category_name or gettext("未分类")),
        (gettext("办到什么程度"), case.closing_condition),
    ]
    words = {
        **_shared(case, printed_by, at),
        "paper": paper,
        "heading": gettext("工单"),
        "urgent": gettext("紧急") if case.is_urgent else "",
        "matter": case.title,
        "scan": gettext("扫码打开"),
        "clocks": [
            (gettext("应办结"), _instant(case.handle_due_at or case.due_at)),
            (gettext("派遣时间"), _instant(case.dispatched_at)),
        ],
        "rows": _filled(rows),
        "text-title": gettext("反映的内容"),
        "text": case.text,
        "sign": [gettext(word) for word in SIGN],
    }
    pictures = {"code.png": draw_code(address)}
    return set_paper("slip", words=words, pictures=pictures, title=case.number)


SIGN = (N_("接单人"), N_("接单时间"), N_("处置情况"), N_("处置人"), N_("完成时间"))


def make_card(case: CaseView, *, address: str, at: datetime) -> ShareCard:
    """Make the plain text of a share card, and choose a photo the public may see.

    Args:
        address: where those who may see the case open it.
    """
    lines = [
        f"【{case.category_name or gettext('未分类')}】{gettext(case.step_label)}"
        + (f" · {gettext('已超时')}" if _is_late(case, at) else ""),
        *(
            gettext("%(label)s：%(value)s") % {"label": label, "value": value}
            for label, value in _card_rows(case)
        ),
        address,
    ]
    return ShareCard(text="\n".join([*_banner(), *lines]), photo=_public_photo(case))


def draw_card(case: CaseView, *, at: datetime) -> bytes:
    """Draw the share card as PNG, with an approved photo or none.

    Raises:
        UnableToPrint: when this machine can't.
    """
    photo = _public_photo(case)
    picture = _picture(photo) if photo else None
    words = {
        "banner": "".join(_banner()),
        "category": case.category_name or gettext("未分类"),
        "step": gettext(case.step_label),
        "late": gettext("已超时") if _is_late(case, at) else "",
        "photo": picture is not None,
        "rows": _card_rows(case),
        "foot": gettext("有权限的人凭编号在邻里打开；不含任何个人信息。"),
    }
    pictures = {"photo.jpg": picture} if picture else {}
    return set_paper("card", words=words, pictures=pictures, title=case.number, kind="png")


def may_be_shared(case: CaseView) -> bool:
    """Tell whether the masked case is for the public at all."""
    return case.visibility is Visibility.PUBLIC


def _shared(case: CaseView, printed_by: str, at: datetime) -> dict[str, Any]:
    told = gettext("%(who)s 于 %(when)s 打印，用完请收好或销毁。")
    return {
        "number": case.number,
        "banner": "".join(_banner()),
        "printed": told % {"who": printed_by, "when": instant_words(at)},
        "page": gettext("第 {n} 页，共 {m} 页"),
    }


def _banner() -> list[str]:
    return [gettext("虚构数据 · fictional data")] if settings.DEMONSTRATION else []


def _is_late(case: CaseView, at: datetime) -> bool:
    return tell_status(step=case.step, due_at=case.due_at, now=at) is Status.OVERDUE


def _card_rows(case: CaseView) -> list[Row]:
    place = case.grid or case.community or case.street
    above = case.community.name if case.grid and case.community else case.street.name
    return _filled(
        [
            (gettext("编号"), case.number),
            (gettext("位置"), f"{above} · {place.name}" if above != place.name else place.name),
            (gettext("应办结"), _instant(case.handle_due_at or case.due_at)),
        ]
    )


def _public_photo(case: CaseView) -> CasePhotoView | None:
    """Choose the newest photo somebody approved for the public; of a case not public, none."""
    if not may_be_shared(case):
        return None
    found = [photo for photos in case_photos(case_id=case.id).values() for photo in photos]
    return next((photo for photo in reversed(found) if photo.is_approved), None)


def _picture(photo: CasePhotoView) -> bytes | None:
    try:
        with open_photo(photo.photo_id) as file:
            return make_small(file.read())
    except (Refusal, OSError):
        return None


def _stage(
    name: PhotoStage, photos: Sequence[CasePhotoView], pictures: dict[str, bytes]
) -> dict[str, Any] | None:
    shots = []
    for photo in photos[:MOST_PHOTOS_A_STAGE]:
        picture = _picture(photo)
        if picture is not None:
            file = f"{photo.photo_id}.jpg"
            pictures[file] = picture
            shots.append({"file": file, "at": _instant(photo.added_at)})
    return {"label": gettext(STAGE_LABELS[name]), "shots": shots} if shots else None


def _what(case: CaseView) -> list[Row]:
    upper = find_upper_order(case.id)
    rows = [
        (gettext("类别"), case.category_name or gettext("还没有分类")),
        (gettext("办到什么程度"), case.closing_condition),
        (gettext("来源"), f"{gettext(case.channel_label)} · {gettext(case.kind_label)}"),
        (gettext("来源平台"), upper.system if upper else ""),
        (gettext("原编号"), case.original_number),
        (gettext("上级要求办结时间"), _instant(upper.due_at) if upper else ""),
        (gettext("投诉的单位"), case.about_organisation_name),
        (gettext("上报时间"), _instant(case.reported_at)),
    ]
    return _filled(rows)


def _where(case: CaseView) -> list[Row]:
    areas = [area.name for area in (case.street, case.community, case.grid) if area]
    point = f"{case.lon:.6f}, {case.lat:.6f}" if case.lon is not None and case.lat else ""
    return _filled(
        [
            (gettext("辖区"), " › ".join(areas)),
            (gettext("地址"), case.address),
            (gettext("怎么找到"), case.place_note),
            (gettext("经纬度"), point),
        ]
    )


def _clocks(case: CaseView) -> list[Row]:
    return _filled(
        [
            (gettext("答应过"), _instant(case.promised_at)),
            (gettext("现在应办结"), _instant(case.handle_due_at or case.due_at)),
            (gettext("结案时间"), _instant(case.closed_at)),
        ]
    )


def _hands(case: CaseView) -> list[Row]:
    return [
        (
            gettext(DUTY_LABELS[one.duty]),
            f"{one.organisation_name or gettext('按岗位')} · {gettext(STATES[one.state][1])}",
        )
        for one in case.assignments
    ]


def _story(case: CaseView) -> list[dict[str, str]]:
    return [
        {
            "at": _instant(entry.at),
            "what": entry.what,
            "who": entry.who,
            "note": "\n".join(filter(None, (entry.note, entry.elsewhere))),
        }
        for entry in timeline(
            case_id=case.id, audience=Audience.STAFF, shows_ratings=case.shows_ratings
        )
    ]


def _filled(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row[1]]


def _instant(instant: datetime | None) -> str:
    return instant_words(instant) if instant else ""
