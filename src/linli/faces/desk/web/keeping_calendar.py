"""The working calendar at the desk: a year of it, and days and hours written into a draft."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.faces.desk.finding import street_of
from linli.faces.desk.forms.keeping import EndForm
from linli.faces.desk.forms.keeping_calendar import DayForm, DaysForm, HoursForm, YearForm
from linli.faces.desk.kept import Names, line_of_change, name_day
from linli.faces.desk.matters import MATTER_WORDS
from linli.ground.kernel.calendars import Hours, WorkingCalendar
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.queries import get_calendar, list_unusual_days
from linli.ground.people.queries import list_account_names
from linli.ground.people.terms import Action, Member
from linli.programmes.keeping.queries.drafts import find_held, get_draft
from linli.programmes.keeping.rules.calendar import read_day, read_hours, write_hours
from linli.programmes.keeping.services.days import fill_year, put_days
from linli.programmes.keeping.services.drafting import put_change
from linli.programmes.keeping.terms import (
    HOURS_KEY,
    Change,
    DraftState,
    DraftView,
    Matter,
    Op,
    Value,
)
from linli.spine.cases.queries.reckoning import count_workdays
from linli.spine.cases.queries.words import WEEKDAYS

from .keeping import draft_to_write, number_in
from .kept import drafts_of

NEW = "new"
YEARS_AROUND = 3


@dataclass(frozen=True, kw_only=True)
class DayCell:
    """One day as the year shows it; `note` is empty where the week's rule holds."""

    day: date
    is_workday: bool
    is_unusual: bool
    note: str
    may_change: bool

    @property
    def key(self) -> str:
        """The day as a draft names it."""
        return self.day.isoformat()


@require_GET
@staff_page(Action.KEEPING_READ)
def show_calendar(request: HttpRequest, member: Member) -> HttpResponse:
    """Show a year of the working calendar, the working hours, and the drafts."""
    today, street = timezone.localdate(), street_of(member)
    year = _year(request.GET.get("year", ""), today)
    held = get_calendar(street)
    drafts = drafts_of(member, Matter.CALENDAR)
    begins = [one.effective_on for one in drafts["writable"][:1]]
    words = {
        "page_kind": "desk",
        "year": year,
        "years": range(today.year - YEARS_AROUND, today.year + YEARS_AROUND + 1),
        "today": today,
        "zone": held.zone,
        "hours": _say_hours(street, held.hours_on(today)),
        "later": [(day, _say_hours(street, hours)) for day, hours in held.later],
        "workdays": count_workdays(held, year),
        "weekdays": WEEKDAYS,
        "months": _months(year, street, held, begins[0] if begins else None),
        "unusual": [one for one in list_unusual_days(street) if one.day.year == year],
        **drafts,
    }
    return render(request, "desk/keeping/calendar.html", words)


def _say_hours(street: str, hours: Hours) -> str:
    return Names(street).say("hours", write_hours(hours))


def _year(typed: str, today: date) -> int:
    asked = int(typed) if typed.isdecimal() and typed.isascii() and len(typed) == 4 else today.year
    return min(max(asked, today.year - YEARS_AROUND), today.year + YEARS_AROUND)


def _months(
    year: int, street: str, held: WorkingCalendar, writable_from: date | None
) -> list[tuple[Any, list[list[DayCell | None]]]]:
    """Lay out the months of a year, week by week from Monday; days of others are None."""
    notes = {one.day: one.note for one in list_unusual_days(street)}

    def cell(day: date, month: int) -> DayCell | None:
        if day.month != month:
            return None
        return DayCell(
            day=day,
            is_workday=held.is_workday(day),
            is_unusual=held.is_workday(day) != (day.weekday() < 5),
            note=notes.get(day, ""),
            may_change=writable_from is not None and day >= writable_from,
        )

    weeks = calendar.Calendar()
    return [
        (
            MONTHS[month],
            [[cell(day, month) for day in week] for week in weeks.monthdatescalendar(year, month)],
        )
        for month in range(1, 13)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(Action.KEEPING_DRAFT)
def write_days(request: HttpRequest, member: Member, revision_id: int) -> HttpResponse:
    """Write a run of days into a draft of the calendar; refused, what was typed stays."""
    draft = _draft(member, revision_id)
    if draft is None:
        return refuse_by_action(request, Action.KEEPING_DRAFT)
    if request.method != "POST":
        return _render_days(request, draft)
    form = DaysForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            put_days(
                draft_id=draft.id,
                first=given["first"],
                last=given["last"],
                work=given["work"],
                note=given["note"],
                member=member,
                at=timezone.now(),
            )
            return _written(request, revision_id)
        except Refusal as refusal:
            form.blame(refusal)
    return _render_days(request, draft, form=form)


@require_POST
@staff_page(Action.KEEPING_DRAFT)
def fill(request: HttpRequest, member: Member, revision_id: int) -> HttpResponse:
    """Write a published year into a draft of the calendar."""
    draft = _draft(member, revision_id)
    if draft is None:
        return refuse_by_action(request, Action.KEEPING_DRAFT)
    form = YearForm(request.POST)
    if form.is_valid():
        try:
            fill_year(
                draft_id=draft.id,
                year=form.cleaned_data["year"],
                member=member,
                at=timezone.now(),
            )
            return _written(request, revision_id)
        except Refusal as refusal:
            form.blame(refusal)
    return _render_days(request, draft, filling=form)


def write_day(request: HttpRequest, member: Member, draft: DraftView, entry: str) -> HttpResponse:
    """Write one day, or the working hours, into a draft of the calendar.

    Raises:
        Http404: neither a day nor the hours.
    """
    if entry == NEW:
        return HttpResponseRedirect(reverse("desk:revision_days", args=[draft.id]))
    if entry != HOURS_KEY and read_day(entry) is None:
        raise Http404
    if request.method != "POST":
        return render_day(request, draft, entry)
    form = _form(draft, entry, typed=request.POST)
    if form.is_valid():
        op = Op.REVISE if _held(draft, entry) is not None else Op.ADD
        change = Change(key=entry, op=op, fields=dict(form.read()))
        seen = form.cleaned_data["seen"] or 0
        try:
            put_change(
                draft_id=draft.id, change=change, seen=seen, member=member, at=timezone.now()
            )
            return _written(request, draft.id)
        except Refusal as refusal:
            form.blame(refusal)
            _see_anew(form, get_draft(draft.id), entry, refusal)
    return render_day(request, get_draft(draft.id), entry, form=form, status=422)


def _draft(member: Member, revision_id: int) -> DraftView | None:
    draft = draft_to_write(member, revision_id)
    if draft is not None and draft.matter is not Matter.CALENDAR:
        raise Http404
    return draft


def _written(request: HttpRequest, revision_id: int) -> HttpResponse:
    messages.success(request, gettext("已写进草案；批准并到生效日才起作用。"))
    return HttpResponseRedirect(reverse("desk:revision", args=[revision_id]))


def _held(draft: DraftView, key: str) -> dict[str, Value] | None:
    return find_held(
        matter=draft.matter, street_code=draft.street_code, key=key, on=draft.effective_on
    )


def _form(draft: DraftView, entry: str, *, typed: QueryDict | None = None) -> DayForm | HoursForm:
    change = draft.find(entry)
    seen = change.revision if change else 0
    values = {**(_held(draft, entry) or {}), **(change.fields if change else {})}
    if entry == HOURS_KEY:
        hours = read_hours(cast("tuple[str, ...]", values["hours"]))
        return HoursForm(typed, hours=hours, seen=seen)
    return DayForm(typed, values=values, seen=seen)


def _see_anew(form: DayForm | HoursForm, draft: DraftView, key: str, refusal: Refusal) -> None:
    """Let the next try stand on what somebody else wrote, which the page now shows."""
    if refusal.code == "keeping.changed_meanwhile":
        held = draft.find(key)
        data = cast("QueryDict", form.data).copy()
        data["seen"] = str(held.revision if held else 0)
        form.data = data


def render_day(
    request: HttpRequest,
    draft: DraftView,
    entry: str,
    *,
    form: DayForm | HoursForm | None = None,
    ending: EndForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show one day, or the working hours, of a draft of the calendar."""
    change = draft.find(entry)
    who: Mapping[int, str] = list_account_names({change.changed_by_id}) if change else {}
    words = {
        **_words(draft),
        "entry": entry,
        "title": name_day(entry),
        "is_hours": entry == HOURS_KEY,
        "form": form or _form(draft, entry),
        "held": _held(draft, entry),
        "line": line_of_change(
            change,
            name=name_day(entry),
            names=Names(draft.street_code),
            who=who.get(change.changed_by_id, ""),
        )
        if change
        else None,
        "ending": ending or EndForm(seen=change.revision if change else 0),
    }
    return render(request, "desk/keeping/day.html", words, status=status)


def end_day(
    request: HttpRequest, member: Member, draft: DraftView, entry: str, form: EndForm
) -> HttpResponse:
    """Let a day follow the week's rule again from the draft's day on."""
    change = Change(key=entry, op=Op.END)
    seen = number_in(request.POST.get("seen", ""))
    try:
        put_change(draft_id=draft.id, change=change, seen=seen, member=member, at=timezone.now())
        return _written(request, draft.id)
    except Refusal as refusal:
        form.blame(refusal)
    return render_day(request, get_draft(draft.id), entry, ending=form, status=422)


def _render_days(
    request: HttpRequest,
    draft: DraftView,
    *,
    form: DaysForm | None = None,
    filling: YearForm | None = None,
) -> HttpResponse:
    words = {
        **_words(draft),
        "form": form or DaysForm(first=draft.effective_on),
        "filling": filling or YearForm(year=draft.effective_on.year),
    }
    status = 422 if form or filling else 200
    return render(request, "desk/keeping/days.html", words, status=status)


def _words(draft: DraftView) -> dict[str, Any]:
    return {
        "page_kind": "desk",
        "draft": draft,
        "about": MATTER_WORDS[draft.matter],
        "may_write": draft.state is DraftState.DRAFT,
        "now": timezone.now(),
    }
