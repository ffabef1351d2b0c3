"""The duty roster: who is on duty when; planned by the shift leader, swapped by consent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import staff_page
from linli.faces.desk.duty_days import (
    COLUMNS,
    describe_now,
    lay_out_roster,
    may_in,
    range_of,
    street_for,
)
from linli.faces.desk.forms.duty import FillForm, GiveForm, PhoneForm, SwapForm, blame
from linli.ground.kernel.errors import Refusal
from linli.ground.people.queries.duty import (
    find_duty_shift,
    get_duty_phone,
    list_duty,
    list_duty_people,
    list_open_swaps,
)
from linli.ground.people.services.duty import (
    fill_duty,
    give_duty_shift,
    remove_duty_shift,
    set_duty_phone,
)
from linli.ground.people.services.duty_swaps import answer_swap, ask_swap, withdraw_swap
from linli.ground.people.terms import Action, Member
from linli.ground.people.terms.duty import Days, DutyOutcome, DutyRole, DutyView

USUAL = {
    "role": DutyRole.CENTRE.value,
    "days": Days.EVERY.value,
    "starts": "18:00",
    "ends": "08:00",
}


@require_GET
@staff_page(Action.DUTY_READ)
def show_roster(request: HttpRequest, member: Member) -> HttpResponse:
    """Show a week or a month of the roster, gaps and overlaps, and who asks to swap."""
    return _roster(request, member)


@require_POST
@staff_page(Action.DUTY_PLAN)
def fill(request: HttpRequest, member: Member) -> HttpResponse:
    """Fill the roster by a pattern; a refused form keeps what was typed."""
    now, street_code = timezone.now(), street_for(member, Action.DUTY_PLAN)
    form = FillForm(request.POST, people=list_duty_people(street_code=street_code, at=now))
    if not form.is_valid():
        return _roster(request, member, fill_form=form, status=422)
    try:
        outcome = fill_duty(street_code=street_code, pattern=form.read(), member=member, at=now)
    except Refusal as refusal:
        blame(form, refusal, refusal.words(gettext))
        return _roster(request, member, fill_form=form, status=422)
    messages.success(request, _filled(outcome))
    return redirect(f"/desk/duty/?view=week&from={form.cleaned_data['first']}")


@require_POST
@staff_page(Action.DUTY_PLAN)
def set_phone(request: HttpRequest, member: Member) -> HttpResponse:
    """Set the number of the duty desk."""
    form = PhoneForm(request.POST)
    street_code = street_for(member, Action.DUTY_PLAN)
    if form.is_valid():
        try:
            set_duty_phone(
                street_code=street_code,
                phone=form.cleaned_data["phone"],
                member=member,
                at=timezone.now(),
            )
        except Refusal as refusal:
            blame(form, refusal, refusal.words(gettext))
    if form.errors:
        return _roster(request, member, phone_form=form, status=422)
    messages.success(request, gettext("值班电话已保存。"))
    return redirect("desk:duty")


@require_GET
@staff_page(Action.DUTY_READ)
def show_shift(request: HttpRequest, member: Member, shift_id: int) -> HttpResponse:
    """Show one shift and what may be done with it."""
    return _shift(request, member, shift_id)


@require_POST
@staff_page(Action.DUTY_PLAN)
def give_shift(request: HttpRequest, member: Member, shift_id: int) -> HttpResponse:
    """Give a shift to somebody else."""
    now, shift = timezone.now(), _find(member, shift_id)
    form = GiveForm(request.POST, people=list_duty_people(street_code=shift.street_code, at=now))
    if not form.is_valid():
        return _shift(request, member, shift_id, give_form=form, status=422)
    do = partial(give_duty_shift, shift_id=shift_id, account_id=form.cleaned_data["person"])
    return _done(request, member, do, gettext("已换人。"), "desk:duty")


@require_POST
@staff_page(Action.DUTY_PLAN)
def remove_shift(request: HttpRequest, member: Member, shift_id: int) -> HttpResponse:
    """Take a shift out of the roster."""
    do = partial(remove_duty_shift, shift_id=shift_id)
    return _done(request, member, do, gettext("班次已删除。"), "desk:duty")


@require_POST
@staff_page(Action.DUTY_READ)
def ask(request: HttpRequest, member: Member, shift_id: int) -> HttpResponse:
    """Ask a colleague to take a shift of mine."""
    form = _swap_form(request.POST, _find(member, shift_id), timezone.now())
    if not form.is_valid():
        return _shift(request, member, shift_id, swap_form=form, status=422)
    do = partial(
        ask_swap,
        shift_id=shift_id,
        asked_of_id=form.cleaned_data["asked_of"],
        in_return_id=form.cleaned_data["in_return"],
    )
    return _done(request, member, do, gettext("已发出换班请求，等对方同意。"), "desk:duty")


@require_POST
@staff_page(Action.DUTY_READ)
def answer(request: HttpRequest, member: Member, swap_id: int) -> HttpResponse:
    """Agree to a wish to swap, or refuse it."""
    agrees = request.POST.get("agrees") == "1"
    told = gettext("已同意，班次已换。") if agrees else gettext("已回绝，班次不变。")
    do = partial(answer_swap, swap_id=swap_id, agrees=agrees)
    return _done(request, member, do, told, "desk:duty")


@require_POST
@staff_page(Action.DUTY_READ)
def withdraw(request: HttpRequest, member: Member, swap_id: int) -> HttpResponse:
    """Take back a wish to swap."""
    do = partial(withdraw_swap, swap_id=swap_id)
    return _done(request, member, do, gettext("换班请求已收回。"), "desk:duty")


def _done(
    request: HttpRequest, member: Member, do: Callable[..., Any], told: str, back: str
) -> HttpResponse:
    try:
        do(member=member, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
    else:
        messages.success(request, told)
    return redirect(back)


def _roster(
    request: HttpRequest,
    member: Member,
    *,
    fill_form: FillForm | None = None,
    phone_form: PhoneForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now, street_code = timezone.now(), street_for(member, Action.DUTY_READ)
    view = "month" if request.GET.get("view") == "month" else "week"
    first, last = range_of(view, _day(request.GET.get("from", ""), now))
    words: dict[str, Any] = {
        "page_kind": "desk",
        "now": now,
        "view": view,
        "columns": COLUMNS,
        "roster": lay_out_roster(street_code=street_code, first=first, last=last, now=now),
        "duty": describe_now(member, at=now),
        "swaps": list_open_swaps(street_code=street_code),
        "me": member.account_id,
    }
    if may_in(member, Action.DUTY_PLAN, street_code):
        words |= _planning(street_code, now, first, last, fill_form, phone_form)
    return render(request, "desk/duty/roster.html", words, status=status)


def _planning(
    street_code: str,
    now: datetime,
    first: date,
    last: date,
    fill_form: FillForm | None,
    phone_form: PhoneForm | None,
) -> dict[str, Any]:
    people = list_duty_people(street_code=street_code, at=now)
    usual = {**USUAL, "first": first, "last": last}
    return {
        "fill_form": fill_form or FillForm(people=people, initial=usual),
        "phone_form": phone_form or PhoneForm(initial={"phone": get_duty_phone(street_code)}),
    }


def _shift(
    request: HttpRequest,
    member: Member,
    shift_id: int,
    *,
    give_form: GiveForm | None = None,
    swap_form: SwapForm | None = None,
    status: int = 200,
) -> HttpResponse:
    now, shift = timezone.now(), _find(member, shift_id)
    is_over = shift.ends_at <= now
    may_plan = may_in(member, Action.DUTY_PLAN, shift.street_code) and not is_over
    is_mine = shift.account_id == member.account_id and not is_over
    people = list_duty_people(street_code=shift.street_code, at=now) if may_plan else {}
    words = {
        "page_kind": "desk",
        "shift": shift,
        "is_over": is_over,
        "give_form": give_form or (GiveForm(people=people) if may_plan else None),
        "swap_form": swap_form or (_swap_form(None, shift, now) if is_mine else None),
    }
    return render(request, "desk/duty/shift.html", words, status=status)


def _find(member: Member, shift_id: int) -> DutyView:
    shift = find_duty_shift(shift_id)
    if shift is None or not may_in(member, Action.DUTY_READ, shift.street_code):
        raise Http404
    return shift


def _swap_form(posted: Any, shift: DutyView, now: datetime) -> SwapForm:
    people = list_duty_people(street_code=shift.street_code, at=now)
    people.pop(shift.account_id, None)
    _first, last = range_of("month", timezone.localdate(shift.ends_at))
    end = max(shift.ends_at, datetime.combine(last, datetime.max.time(), shift.ends_at.tzinfo))
    others = list_duty(street_code=shift.street_code, start=now, end=end)
    offered = [(one.id, _short(one)) for one in others if one.account_id != shift.account_id]
    return SwapForm(posted, people=people, shifts=offered)


def _short(shift: DutyView) -> str:
    starts = timezone.localtime(shift.starts_at)
    return f"{starts:%m-%d %H:%M} {gettext(shift.role.label)} {shift.name}"


def _filled(outcome: DutyOutcome) -> str:
    told = ngettext("排好了 %(n)s 个班次。", "排好了 %(n)s 个班次。", outcome.added) % {
        "n": outcome.added
    }
    if outcome.passed_over:
        kept = ngettext(
            "有 %(n)s 个时段已经有人，没有动。",
            "有 %(n)s 个时段已经有人，没有动。",
            outcome.passed_over,
        )
        told += kept % {"n": outcome.passed_over}
    return told


def _day(text: str, now: datetime) -> date:
    try:
        asked = date.fromisoformat(text)
    except ValueError:
        return timezone.localdate(now)
    is_near = abs(asked.year - now.year) <= 20
    return asked if is_near else timezone.localdate(now)
