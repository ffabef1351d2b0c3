"""Who answers for a report and until when, told the moment it arrives."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.faces.frame.words import in_chinese, join_sentences, space_thinly
from linli.ground.people.queries.grid_leaders import (
    GridLeader,
    find_duty_phone,
    find_grid_leader,
)
from linli.ground.people.terms import Role
from linli.spine.cases.terms import Reported


def answerer_of(reported: Reported, *, before: str = "") -> dict[str, object]:
    """Give the answerer of a report, as `AnswererOut`; the same report gets the same.

    Args:
        before: a sentence said first, translated.
    """
    grid, until = reported.grid, reported.answer_by
    leader = find_grid_leader(grid.id) if grid is not None else None
    phone = find_duty_phone(reported.street.code) if reported.street is not None else ""
    role = _(Role.GRID_LEADER.label) if leader is not None else _("街道指挥中心")
    name = leader.name if leader is not None else ""
    post = _("%(grid)s %(role)s") % {"grid": _grid_of(leader), "role": role} if leader else role
    who = f"{post} {name}".strip()
    return {
        "words": join_sentences(before, _sentence(who, phone, until)),
        "grid": grid.name if grid is not None else "",
        "role": role,
        "name": name,
        "phone": phone,
        "until": until,
    }


def _grid_of(leader: GridLeader | None) -> str:
    if leader is None:
        return ""
    return leader.grid_name if in_chinese() or not leader.grid_name_en else leader.grid_name_en


def _sentence(who: str, phone: str, until: datetime | None) -> str:
    parts = [space_thinly(who[:1].upper() + who[1:])]
    if phone:
        parts.append(_("值班电话是 %(phone)s") % {"phone": phone})
    if until is not None:
        parts.append(_("%(until)s 前答复") % {"until": day_and_hour(until)})
    return _("，").join(parts) + _("。")


def day_and_hour(instant: datetime) -> str:
    """Say until when as people do: 11月24日 星期二 17:00, in English Tuesday 24 November, 17:00."""
    local = timezone.localtime(instant)
    if in_chinese():
        weekday = "一二三四五六日"[local.weekday()]
        return f"{local.month}月{local.day}日 星期{weekday} {local:%H:%M}"
    return date_format(local, "l j F, H:i")
