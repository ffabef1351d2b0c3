"""The page of notices, the bell, what is urgent, and how one wants to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.ground.people.queries import list_account_names
from linli.ground.people.rules import PERMISSIONS
from linli.ground.people.terms import Action, Member
from linli.ground.people.web import signed_in

from . import queries, services
from .channels.faults import FAULTS
from .configuration import configured
from .forms import PreferencesForm
from .terms import CallLine, DeliveryView, NoticeView, Shown
from .words import say

_LONGEST_PAGE_NUMBER = 6


@require_GET
@signed_in
def notices(request: HttpRequest, member: Member) -> HttpResponse:
    """List what was told, newest first; with htmx only the bell."""
    if request.headers.get("HX-Request") and request.GET.get("part") == "bell":
        return _bell(request, member)
    page, shown = _page(request.GET.get("page", "")), _shown(request.GET.get("show", ""))
    offset = (page - 1) * queries.PAGE_ROWS
    found = queries.list_notices(
        member.account_id, limit=queries.PAGE_ROWS + 1, offset=offset, shown=shown
    )
    listed = found[: queries.PAGE_ROWS]
    names = list_account_names(one.acknowledged_by_id for one in listed if one.acknowledged_by_id)
    words = {
        "calling": [say(one) for one in queries.list_calling(member.account_id)],
        "notices": [(say(one), names.get(one.acknowledged_by_id or 0, "")) for one in listed],
        "unread": queries.count_unread(member.account_id),
        "shown": shown.value,
        "tabs": [(one.value, one.label) for one in Shown],
        "older_page": page + 1 if len(found) > queries.PAGE_ROWS else None,
        "newer_page": page - 1 if page > 1 else None,
        "may_export": any(Action.LIST_EXPORT in PERMISSIONS[role] for role in member.roles),
        "page_kind": _kind(member),
    }
    return render(request, "notices/list.html", words)


@require_GET
@signed_in
def open_notice(request: HttpRequest, member: Member, notice_id: int) -> HttpResponse:
    """Mark one notice as read and go where it leads."""
    notice = queries.find_notice(account_id=member.account_id, notice_id=notice_id)
    if notice is None:
        return redirect("notices")
    services.mark_read(account_id=member.account_id, at=timezone.now(), notice_ids=[notice_id])
    return HttpResponseRedirect(say(notice).address or "/notices/")


@require_POST
@signed_in
def mark_all_read(request: HttpRequest, member: Member) -> HttpResponse:
    """Mark everything as read and return to the list."""
    services.mark_read(account_id=member.account_id, at=timezone.now())
    return redirect("notices")


@require_POST
@signed_in
def acknowledge(request: HttpRequest, member: Member, notice_id: int) -> HttpResponse:
    """Say that I know of something urgent; the calls end for everybody."""
    done = services.acknowledge(
        account_id=member.account_id, notice_id=notice_id, at=timezone.now()
    )
    if done:
        messages.success(request, _("已知悉，不再呼叫其他人。"))
    else:
        messages.info(request, _("这条急报已经有人知悉，或已经处理。"))
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(wanted if is_ours else "/notices/")


@require_GET
@signed_in
def reached(request: HttpRequest, member: Member, notice_id: int) -> HttpResponse:
    """Tell those who were called who else was, when, and what reached them.

    Raises:
        Http404: when it is no urgent notice of this account.
    """
    notice = queries.find_notice(account_id=member.account_id, notice_id=notice_id)
    alert = queries.find_alert(notice.alert_id) if notice and notice.alert_id else None
    if notice is None or alert is None:
        raise Http404
    named = [call.account_id for call in alert.calls] + [alert.acknowledged_by_id]
    names = list_account_names(one for one in named if one is not None)
    words = {
        "notice": say(notice),
        "alert": alert,
        "acknowledged_by": names.get(alert.acknowledged_by_id or 0, ""),
        "calls": _calls(alert.calls, names),
        "page_kind": _kind(member),
    }
    return render(request, "notices/reached.html", words)


@require_http_methods(["GET", "POST"])
@signed_in
def preferences(request: HttpRequest, member: Member) -> HttpResponse:
    """Show how I am told, and take what I choose."""
    form = PreferencesForm(
        request.POST if request.method == "POST" else None,
        roles=member.roles,
        choices=queries.choices_of(member.account_id),
        usual=queries.get_quiet(member.street_codes),
    )
    if request.method == "POST" and form.is_valid():
        starts, ends = form.chosen_quiet()
        services.choose_ways(account_id=member.account_id, ways=form.chosen_ways())
        if form.is_quiet_changed:
            services.choose_quiet(account_id=member.account_id, starts=starts, ends=ends)
        messages.success(request, _("通知方式已保存。"))
        return redirect("notice_preferences")
    times = _("、").join(f"{one:%H:%M}" for one in configured().digest_times)
    words = {"form": form, "digest_times": times, "page_kind": _kind(member)}
    return render(request, "notices/preferences.html", words)


@dataclass(frozen=True, kw_only=True)
class CallWords:
    """One call as the log shows it."""

    call: CallLine
    name: str
    ways: tuple[str, ...]


def _calls(calls: Iterable[CallLine], names: dict[int, str]) -> list[CallWords]:
    return [
        CallWords(
            call=call,
            name=names.get(call.account_id or 0, ""),
            ways=tuple(_way(sent) for sent in call.deliveries),
        )
        for call in calls
    ]


def _way(sent: DeliveryView) -> str:
    words = f"{_(sent.channel.label)} {_(sent.state.label)}"
    fault = FAULTS.get(sent.fault, "")
    return f"{words}：{_(fault) % sent.fault_params}" if fault else words


def _kind(member: Member) -> str:
    return "desk" if member.is_staff else "public"


def _stands_there(request: HttpRequest) -> bool:
    """Tell whether the page that asks for the bell shows urgent notices itself."""
    return urlsplit(request.headers.get("HX-Current-URL", "")).path == "/notices/"


def _page(text: str) -> int:
    is_number = text.isdecimal() and len(text) <= _LONGEST_PAGE_NUMBER
    return max(1, int(text)) if is_number else 1


def _shown(text: str) -> Shown:
    return Shown(text) if text in {one.value for one in Shown} else Shown.ALL


def _bell(request: HttpRequest, member: Member) -> HttpResponse:
    unread = queries.count_unread(member.account_id)
    calling: list[NoticeView] = queries.list_calling(member.account_id) if unread else []
    label = _("%(count)s 条未读") % {"count": unread}
    back = request.headers.get("HX-Current-URL", "/notices/")
    words = {
        "unread": unread,
        "label": label,
        "is_calling": bool(calling),
        "call": say(calling[0]) if calling and not _stands_there(request) else None,
        "others": len(calling) - 1,
        "back": back,
    }
    return render(request, "notices/bell.html", words)
