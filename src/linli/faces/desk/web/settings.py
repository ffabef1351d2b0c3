"""What the sub-district has set for its cases: meaning, range, who changed it; and changing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.faces.desk.quiet_line import TypedQuiet, quiet_line
from linli.ground.kernel.calendars import Limit, Unit
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_
from linli.ground.people.rules import may
from linli.ground.people.terms import Action, Member, Role, Target
from linli.ground.territory.queries import list_areas
from linli.ground.territory.terms import AreaKind, AreaView
from linli.programmes.callback.queries.settings import list_settings as list_callback_settings
from linli.programmes.callback.rules.settings import PERCENT
from linli.programmes.callback.rules.settings import SETTINGS as CALLBACK_SETTINGS
from linli.programmes.callback.services.changing import change_setting as change_callback_setting
from linli.spine.cases.queries.declared import SettingView, list_settings
from linli.spine.cases.queries.words import limit_words
from linli.spine.cases.rules.refusals import SettingRefused
from linli.spine.cases.rules.settings import SETTINGS, Setting, Value, check_fit
from linli.spine.cases.services.changing import change_setting

UNITS: Mapping[str, str] = {
    Unit.WORKING_HOURS.value: N_("办公小时"),
    Unit.WORKING_DAYS.value: N_("工作日"),
    Unit.CALENDAR_DAYS.value: N_("自然日"),
    PERCENT: "%",
}
RANGES: Mapping[str, str] = {
    Unit.WORKING_HOURS.value: N_("办公时间 %(least)s 到 %(most)s 小时"),
    Unit.WORKING_DAYS.value: N_("%(least)s 到 %(most)s 个工作日"),
    Unit.CALENDAR_DAYS.value: N_("%(least)s 到 %(most)s 个自然日"),
    PERCENT: N_("%(least)s%% 到 %(most)s%%"),
    "": N_("%(least)s 到 %(most)s %(counted)s"),
}
# Every setting of the page with the command that changes it, room by room.
CHANGES = {
    **dict.fromkeys(SETTINGS, change_setting),
    **dict.fromkeys(CALLBACK_SETTINGS, change_callback_setting),
}
ALL_SETTINGS = {**SETTINGS, **CALLBACK_SETTINGS}
MANY = 2


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed for one setting, why it is refused, or that it waits for a yes."""

    name: str
    amount: str
    unit: str
    seen: str
    refused: str = ""
    asked: str = ""


@require_GET
@staff_page(Action.SETTINGS_EDIT)
def show_settings(request: HttpRequest, member: Member, code: str = "") -> HttpResponse:
    """Show all settings of a sub-district of the member's."""
    street = find_street(member, code)
    if street is None:
        return refuse_by_action(request, Action.SETTINGS_EDIT)
    return render_settings(request, member, street)


@require_POST
@staff_page(Action.SETTINGS_EDIT)
def change(request: HttpRequest, member: Member, code: str, name: str) -> HttpResponse:
    """Ask whether the consequences are meant, then change; refused, what was typed stays.

    Raises:
        Http404: no such setting.
    """
    street = find_street(member, code)
    if street is None:
        return refuse_by_action(request, Action.SETTINGS_EDIT)
    if name not in ALL_SETTINGS:
        raise Http404
    given = request.POST
    typed = {key: given.get(key, "").strip()[:20] for key in ("amount", "unit", "seen")}
    try:
        seen, value = _seen(typed["seen"]), _value(typed)
        check_fit(ALL_SETTINGS[name], value, before=seen)
        if "yes" not in given:
            asked = Typed(name=name, **typed, asked=_said(ALL_SETTINGS[name], value))
            return render_settings(request, member, street, typed=asked)
        CHANGES[name](
            street_code=street.code,
            name=name,
            value=value,
            seen=seen,
            member=member,
            at=timezone.now(),
        )
    except Refusal as refusal:
        refused = Typed(name=name, **typed, refused=refusal.words(gettext))
        return render_settings(request, member, street, typed=refused, status=422)
    messages.success(request, gettext("设置改好了，现在起生效。"))
    return HttpResponseRedirect(f"{reverse('desk:street_settings', args=[street.code])}#{name}")


def _value(typed: Mapping[str, str]) -> Value:
    """Read what was typed; what is no whole number is out of any range."""
    written = typed["amount"]
    is_number = written.isdecimal() and written.isascii() and len(written) < 6
    return Value(amount=int(written) if is_number else -1, unit=typed["unit"])


def _seen(written: str) -> Value:
    amount, _, unit = written.partition(":")
    if not amount.isdecimal() or not amount.isascii():
        raise SettingRefused("setting.changed_meanwhile")
    return Value(amount=int(amount), unit=unit)


def _streets(member: Member) -> list[AreaView]:
    streets = list_areas(kind=AreaKind.STREET, on=timezone.localdate())
    return [
        street
        for street in streets
        if may(member, Action.SETTINGS_EDIT, Target(street_code=street.code, is_complaint=False))
    ]


def find_street(member: Member, code: str) -> AreaView | None:
    """Find the sub-district asked for among the member's; the first without a code."""
    return next((one for one in _streets(member) if code in ("", one.code)), None)


def render_settings(
    request: HttpRequest,
    member: Member,
    street: AreaView,
    *,
    typed: Typed | None = None,
    quiet: TypedQuiet | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show all settings; one of them perhaps as it was typed.

    Args:
        typed, quiet: what was typed for a setting, or for the quiet hours.
    """
    found = [
        *list_settings(street_id=street.id, street_code=street.code),
        *list_callback_settings(street_id=street.id, street_code=street.code),
    ]
    words = {
        "page_kind": "desk",
        "street": street,
        "streets": _streets(member),
        "lines": [_line(one, typed) for one in found],
        "quiet": quiet_line(street.code, quiet),
        "now": timezone.now(),
    }
    return render(request, "desk/settings.html", words, status=status)


def _line(view: SettingView, typed: Typed | None) -> dict[str, Any]:
    setting, value = view.setting, view.value
    mine = typed if typed and typed.name == setting.name else None
    return {
        "setting": setting,
        "said": _said(setting, value),
        "ranges": [_range(setting, unit) for unit in setting.ranges],
        "units": [(unit, gettext(UNITS[unit])) for unit in setting.ranges if unit],
        "counted": _counted(setting, MANY),
        "amount": mine.amount if mine else value.amount,
        "unit": mine.unit if mine else value.unit,
        "seen": mine.seen if mine and mine.asked else f"{value.amount}:{value.unit}",
        "typed": mine,
        "changes": [
            {
                "at": one.at,
                "who": one.who,
                "role": Role(one.role).label if one.role in set(Role) else "",
                "before": _said(setting, one.before),
                "after": _said(setting, one.after),
            }
            for one in view.changes
        ],
    }


def _said(setting: Setting, value: Value) -> str:
    if value.unit == PERCENT:
        return f"{value.amount}%"
    if value.unit:
        return limit_words(Limit(value.amount, Unit(value.unit)))
    return f"{value.amount} {_counted(setting, value.amount)}"


def _range(setting: Setting, unit: str) -> str:
    least, most = setting.ranges[unit]
    words = {"least": least, "most": most, "counted": _counted(setting, most)}
    return gettext(RANGES[unit]) % words


def _counted(setting: Setting, amount: int) -> str:
    return ngettext(setting.counted, setting.counted, amount) if setting.counted else ""
