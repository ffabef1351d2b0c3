"""Tags that write the rows of the desk's lists, each of them kept by what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from linli.faces.desk.agenda import Line, WorkGroup
from linli.faces.desk.forms.reporter import ReporterForm
from linli.faces.desk.gathered import FoldedAct
from linli.faces.desk.lines import SaidAct, say_line, say_waiting, say_work
from linli.faces.frame.parts import write_parts
from linli.faces.frame.templatetags.frame import field

register = template.Library()
# Stands for the number of a case in what is written once for all of them.
_ANY = "0000-0000000"
MOST_ADDRESSES = 256


@register.simple_tag
def work_rows(group: WorkGroup, now: datetime, is_first_group: bool) -> SafeString:
    """Write my work of one urgency; the very first is the one to begin with."""
    said = (
        say_work(item, now=now, is_next=is_first_group and not place)
        for place, item in enumerate(group.items)
    )
    return write_parts("desk/rows/work.html", said)


@register.simple_tag
def case_rows(lines: Iterable[Line], now: datetime) -> SafeString:
    """Write the rows of the list of cases."""
    return write_parts("desk/rows/case.html", (say_line(line, now=now) for line in lines))


@register.simple_tag
def waiting_rows(rows: Iterable[Mapping[str, Any]], now: datetime) -> SafeString:
    """Write what waits to be dispatched."""
    said = (say_waiting(row["case"], others=row["others"], now=now) for row in rows)
    return write_parts("desk/rows/waiting.html", said)


@register.simple_tag
def act_to_come(act: FoldedAct, number: str) -> SafeString:
    """Write an act whose form is fetched when it is opened; alike for every case but its number."""
    url = f"{_address(act.act.name.value)}{act.query}"
    said = SaidAct(place=act.place, url=url, label=act.act.label)
    return SafeString(
        write_parts("desk/rows/act.html", [said]).replace(_ANY, escape(quote(number)))
    )


@lru_cache(maxsize=MOST_ADDRESSES)
def _address(action: str) -> str:
    return reverse("desk:act", args=[_ANY, action])


@register.simple_tag
def reason_to_come() -> SafeString:
    """Write the field for the reason to open a reporter, before anybody wrote one."""
    return _write_reason(get_language())


@lru_cache
def _write_reason(_language: str | None) -> SafeString:
    return render_to_string("frame/field.html", field(ReporterForm()["reason"]))
