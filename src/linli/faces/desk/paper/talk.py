"""The sheet that hangs at a talk point: what was asked, who answers until when, the answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from linli.faces.frame.opening import hours_words
from linli.faces.frame.words import day_words, instant_words
from linli.programmes.talk.terms import Board, BoardLine, PointView

from .typesetting import draw_code, set_paper


def print_board(point: PointView, board: Board, *, address: str, at: datetime) -> bytes:
    """Set the sheet of a point in large type, on as many A4 pages as it needs.

    Args:
        address: of the point's public page, which stands in the code.

    Raises:
        UnableToPrint: when this machine can't.
    """
    words = {
        "banner": gettext("虚构数据 · fictional data") if settings.DEMONSTRATION else "",
        "heading": gettext("百姓说事点"),
        "name": point.name,
        "place": point.address,
        "hours": hours_words(point.hours),
        "phone": gettext("电话：%(phone)s") % {"phone": point.phone},
        "scan": gettext("扫码看最新的答复"),
        "parts": [
            _part(gettext("正在办"), board.open_ones, gettext("现在没有在办的事。")),
            _part(gettext("已经答复"), board.answered, gettext("最近一个月没有新的答复。")),
        ],
        "foot": gettext("有事来说：有编号，有人答复，答复贴在这里。不写任何人的名字。"),
        "printed": gettext("印于 %(when)s") % {"when": instant_words(at)},
        "page": gettext("第 {n} 页，共 {m} 页"),
    }
    pictures = {"code.png": draw_code(address)}
    return set_paper("talk", words=words, pictures=pictures, title=point.name)


def _part(title: str, lines: tuple[BoardLine, ...], nothing: str) -> dict[str, Any]:
    return {"title": title, "nothing": nothing, "rows": [_row(line) for line in lines]}


def _row(line: BoardLine) -> dict[str, str]:
    return {
        "number": line.number,
        "asked": line.asked,
        "said": gettext("%(day)s说的") % {"day": day_words(line.said_at)},
        "state": say_state(line),
        "answer": line.answer,
        "answered": (
            gettext("%(day)s答复") % {"day": day_words(line.answered_at)}
            if line.answered_at
            else ""
        ),
    }


def say_state(line: BoardLine) -> str:
    """Say who answers until when; of a matter that is over, that its answer is being written."""
    if line.answer:
        return ""
    if line.is_over:
        return gettext("已经有结果，答复马上贴出来")
    who = line.answered_by or gettext("街道指挥中心")
    if line.until is None:
        return gettext("由%(who)s答复") % {"who": who}
    return gettext("由%(who)s答复，最晚 %(until)s") % {
        "who": who,
        "until": instant_words(line.until),
    }
