"""What the sub-district has set for its cases: meaning, range, who changed it; and changing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.faces.desk.quiet_line import TypedQuiet, quiet_line
from linli.faces.desk.setting_words import UNITS, say_counted, say_range, say_value
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_
from linli.ground.people.rules import may
from linli.ground.people.terms import Action, Member, Role, Target
from linli.ground.territory.queries import list_areas
from linli.ground.territory.terms import AreaKind, AreaView
from linli.programmes.callback.queries.settings import list_settings as list_callback_settings
from linli.programmes.callback.rules.settings import SETTINGS as CALLBACK_SETTINGS
from linli.programmes.callback.services.changing import change_setting as change_callback_setting
from linli.programmes.whistle.queries.settings import check_setting as check_whistle_setting
from linli.programmes.whistle.queries.settings import list_settings as list_whistle_settings
from linli.programmes.whistle.rules.settings import SETTINGS as WHISTLE_SETTINGS
from linli.programmes.whistle.services.changing import change_setting as change_whistle_setting
from linli.spine.cases.queries.declared import SettingView, check_setting, list_settings
from linli.spine.cases.rules.refusals import SettingRefused
from linli.spine.cases.rules.settings import (
    LEFT_OUT,
    MOST_REASON,
    RUNG_OF_SETTING,
    SETTINGS,
    SILENT_DAYS,
    Value,
    check_fit,
)
from linli.spine.cases.services.changing import change_setting


@dataclass(frozen=True, kw_only=True)
class SettingGroup:
    """Settings shown together: a title (msgid), which ones, and the room's own doors.

    `check` says early what the room would refuse.
    """

    key: str
    title: str
    names: tuple[str, ...]
    change: Callable[..., None]
    check: Callable[..., None] | None = None


_OF_LADDER = (*RUNG_OF_SETTING, SILENT_DAYS)
GROUPS = (
    SettingGroup(
        key="cases",
        title=N_("案件"),
        names=tuple(name for name in SETTINGS if name not in _OF_LADDER),
        change=change_setting,
    ),
    SettingGroup(
        key="ladder",
        title=N_("督办"),
        names=_OF_LADDER,
        change=change_setting,
        check=check_setting,
    ),
    SettingGroup(
        key="whistle",
        title=N_("吹哨报到"),
        names=tuple(WHISTLE_SETTINGS),
        change=change_whistle_setting,
        check=check_whistle_setting,
    ),
    SettingGroup(
        key="callback",
        title=N_("回访"),
        names=tuple(CALLBACK_SETTINGS),
        change=change_callback_setting,
    ),
)
ALL_SETTINGS = {**SETTINGS, **WHISTLE_SETTINGS, **CALLBACK_SETTINGS}
GROUP_OF = {name: group for group in GROUPS for name in group.names}


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed for one setting, why it is refused, or that it waits for a yes."""

    name: str
    amount: str
    unit: str
    seen: str
    reason: str = ""
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
    typed = {key: request.POST.get(key, "").strip()[:20] for key in ("amount", "unit", "seen")}
    typed["reason"] = request.POST.get("reason", "").strip()[: MOST_REASON + 1]
    asked = ""
    try:
        seen, value = _seen(typed["seen"]), _value(typed)
        asked = _look(street.id, name, value, seen=seen)
        if "yes" not in request.POST:
            waiting = Typed(name=name, **typed, asked=asked)
            return render_settings(request, member, street, typed=waiting)
        GROUP_OF[name].change(
            street_code=street.code,
            name=name,
            value=value,
            seen=seen,
            member=member,
            at=timezone.now(),
            reason=typed["reason"],
        )
    except Refusal as refusal:
        # Only the reason is typed beside the question; all else is typed again before it.
        again = asked if refusal.field == "reason" else ""
        refused = Typed(name=name, **typed, refused=refusal.words(gettext), asked=again)
        return render_settings(request, member, street, typed=refused, status=422)
    messages.success(request, gettext("设置改好了，现在起生效。"))
    return HttpResponseRedirect(f"{reverse('desk:street_settings', args=[street.code])}#{name}")


def _look(street_id: int, name: str, value: Value, *, seen: Value) -> str:
    """Look whether a value can be, and say it."""
    check_fit(ALL_SETTINGS[name], value, before=seen)
    check = GROUP_OF[name].check
    if check is not None:
        check(street_id=street_id, name=name, value=value)
    return say_value(ALL_SETTINGS[name], value)


def _value(typed: Mapping[str, str]) -> Value:
    """Read what was typed; what is no whole number is out of any range."""
    written = "0" if typed["unit"] == LEFT_OUT else typed["amount"]
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
    found = {
        one.setting.name: one
        for one in (
            *list_settings(street_id=street.id, street_code=street.code),
            *list_whistle_settings(street_id=street.id, street_code=street.code),
            *list_callback_settings(street_id=street.id, street_code=street.code),
        )
    }
    words = {
        "page_kind": "desk",
        "street": street,
        "streets": _streets(member),
        "groups": [
            {
                "key": group.key,
                "title": group.title,
                "lines": [_line(found[name], typed) for name in group.names],
            }
            for group in GROUPS
        ],
        "most_reason": MOST_REASON,
        "quiet": quiet_line(street.code, quiet),
        "now": timezone.now(),
    }
    return render(request, "desk/settings.html", words, status=status)


def _line(view: SettingView, typed: Typed | None) -> dict[str, Any]:
    setting, value = view.setting, view.value
    mine = typed if typed and typed.name == setting.name else None
    return {
        "setting": setting,
        "said": say_value(setting, value),
        "ranges": [say_range(setting, unit) for unit in setting.ranges],
        "units": [(unit, gettext(UNITS[unit])) for unit in setting.ranges if unit],
        "counted": say_counted(setting),
        "amount": mine.amount if mine else value.amount,
        "unit": mine.unit if mine else value.unit,
        "seen": mine.seen if mine and mine.asked else f"{value.amount}:{value.unit}",
        "typed": mine,
        "changes": [
            {
                "at": one.at,
                "who": one.who,
                "reason": one.reason,
                "role": Role(one.role).label if one.role in set(Role) else "",
                "before": say_value(setting, one.before),
                "after": say_value(setting, one.after),
            }
            for one in view.changes
        ],
    }
