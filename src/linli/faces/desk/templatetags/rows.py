"""Tags that write the rows of the desk's lists, each of them kept by what it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from linli.faces.desk.agenda import Line, WorkGroup
from linli.faces.desk.gathered import FoldedAct
from linli.faces.desk.lines import SaidAct, say_line, say_waiting, say_work
from linli.faces.frame.parts import write_parts

register = template.Library()
# Stands for the number of a case in what is written once for all of them.
_ANY = "0000-0000000"


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
    url = reverse("desk:act", args=[_ANY, act.act.name.value])
    said = SaidAct(place=act.place, url=f"{url}{act.query}", label=act.act.label)
    return SafeString(
        write_parts("desk/rows/act.html", [said]).replace(_ANY, escape(quote(number)))
    )
