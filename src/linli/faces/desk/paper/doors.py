"""Notices for the doors of units: who leads, whom to call, a code to report from that building."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from tempfile import SpooledTemporaryFile
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext

from linli.ground.kernel import exports
from linli.ground.kernel.exports import ExportView
from linli.ground.kernel.marking import N_
from linli.ground.people.queries import find_member
from linli.ground.people.queries.doors import Door, DoorLeader, count_doors, list_doors
from linli.ground.people.queries.duty import get_duty_phone
from linli.ground.people.rules import may
from linli.ground.people.terms import Action, LookPurpose, Member, Target
from linli.ground.territory.terms import AreaView

from .typesetting import UnableToPrint, draw_code, set_paper

NAME = "door-notices"
PAPERS, LANGUAGES = ("a5", "a4"), ("zh", "en", "both")
LANGUAGE_OF = {"zh": "zh-hans", "en": "en"}
TELL_EVERY = 25
MOST_IN_MEMORY = 4 * 1024**2
Tell = Callable[[int], None]


TITLE = N_("楼道公示牌")
HEADING, CALL, SCAN = N_("有事找我们"), N_("值班电话，日夜有人接"), N_("扫码说这栋楼的问题")
URGENT = N_("有人受伤、着火、煤气泄漏，请先打 119、120、110。")
NOBODY, UNNAMED = N_("正在推选"), N_("请打值班电话找")


def may_print(member: Member, area_code: str) -> bool:
    """Tell whether a member may print the notices of an area."""
    target = Target(area_code=area_code, street_code=area_code, is_complaint=False)
    return may(member, Action.POST_READ, target) and may(member, Action.LIST_EXPORT, target)


@transaction.atomic
def request_notices(
    *, area_code: str, paper: str, language: str, base: str, member: Member, at: datetime
) -> ExportView:
    """Put on record that somebody prints the notices of an area, and queue the job.

    Args:
        base: address of this house, which stands in the codes.
    """
    from linli.faces.desk.jobs import print_doors

    asked = QueryDict(mutable=True)
    asked.update({"area": area_code, "paper": paper, "language": language, "base": base})
    made = exports.ask_export(
        list_name=NAME,
        query=asked.urlencode(),
        language=get_language() or settings.LANGUAGE_CODE,
        rows=count_doors(within_code=area_code, on=timezone.localdate(at)),
        personal=("name",),
        purpose=LookPurpose.PAPER.value,
        is_written=False,
        actor=member.actor(),
        at=at,
    )
    print_doors.defer(export_id=str(made.id))
    return made


def write_notices(*, export_id: UUID, at: datetime) -> None:
    """Print the notices somebody asked for, with the rights they have now."""
    export = exports.find_export(export_id=export_id)
    if export is None or not export.is_under_way:
        return
    asked = QueryDict(export.query)
    member = find_member(export.account_id, at)
    if member is None or not may_print(member, asked["area"]):
        exports.fail_export(export_id=export_id, at=at)
        return
    doors = list_doors(within_code=asked["area"], on=timezone.localdate(at))
    try:
        made = print_notices(
            doors,
            phone=get_duty_phone(f"{asked['area'][:9]}000"),
            paper=asked["paper"],
            language=asked["language"],
            base=asked["base"],
            tell=lambda done: exports.note_export_progress(export_id=export_id, rows_done=done),
        )
    except UnableToPrint:
        exports.fail_export(export_id=export_id, at=at)
        return
    with SpooledTemporaryFile(MOST_IN_MEMORY) as file:
        file.write(made)
        file.seek(0)
        exports.finish_export(
            export_id=export_id, content=file, rows=len(doors), at=at, suffix="pdf"
        )


def print_notices(
    doors: list[Door],
    *,
    phone: str,
    paper: str,
    language: str,
    base: str,
    tell: Tell = lambda done: None,
) -> bytes:
    """Set one page for each unit, all in one PDF; a code is drawn once for each building.

    Args:
        tell: called now and then with the number of units made ready.

    Raises:
        UnableToPrint: when this machine can't.
    """
    pictures: dict[str, bytes] = {}
    pages = []
    for number, door in enumerate(doors, start=1):
        picture = f"{door.building_code}.png"
        if picture not in pictures:
            pictures[picture] = draw_code(f"{base}/field/?at={door.building_code}")
        pages.append(_page(door, picture, language))
        if number % TELL_EVERY == 0:
            # The setting of all pages still follows.
            tell(number * 9 // 10)
    words = {
        "paper": paper,
        "banner": gettext("虚构数据 · fictional data") if settings.DEMONSTRATION else "",
        "heading": _said(HEADING, language),
        "call": _said(CALL, language),
        "phone": phone,
        "scan": _said(SCAN, language),
        "urgent": _said(URGENT, language),
        "pages": pages,
    }
    return set_paper("doors", words=words, pictures=pictures, title=_said(TITLE, language)[0])


def _page(door: Door, picture: str, language: str) -> dict[str, object]:
    return {
        "place": _place((*door.above, door.unit), language),
        "code": picture,
        "leaders": [
            [_said(one.role.label, language), [one.name] if one.name else _unnamed(one, language)]
            for one in door.leaders
        ],
    }


def _unnamed(one: DoorLeader, language: str) -> list[str]:
    return _said(UNNAMED if one.is_held else NOBODY, language)


def _place(areas: tuple[AreaView, ...], language: str) -> list[str]:
    chinese = " ".join(_once([one.name for one in areas]))
    english = ", ".join(reversed(_once([one.name_en or one.name for one in areas])))
    return {"zh": [chinese], "en": [english]}.get(language, [chinese, english])


def _once(names: list[str]) -> list[str]:
    """Leave out what the next name begins with: a unit often bears its building's name."""
    following = [*names[1:], ""]
    return [name for name, after in zip(names, following, strict=True) if name not in after]


def _said(msgid: str, language: str) -> list[str]:
    """Say a sentence in Chinese, in English, or in both, one line each."""
    wanted = ["zh", "en"] if language == "both" else [language]
    lines = []
    for one in wanted:
        with translation.override(LANGUAGE_OF[one]):
            lines.append(gettext(msgid))
    return lines
