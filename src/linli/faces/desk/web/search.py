"""One box over everything: the page of the search, and the page of who asked for what."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.faces.desk.access import staff_page
from linli.faces.desk.finding import (
    GROUP_LABELS,
    LONGEST,
    is_enough,
    search_all,
    searched_groups,
    street_codes,
    street_of,
)
from linli.ground.kernel.searches import list_searches, record_search
from linli.ground.kernel.services import record_look
from linli.ground.kernel.terms import SearchRecord, Subject
from linli.ground.people.queries import list_account_names
from linli.ground.people.rules import find_role
from linli.ground.people.terms import (
    ROLE_LABELS,
    Action,
    LookPurpose,
    Member,
    Role,
    Target,
)
from linli.spine.cases.rules.reports import mask_numbers

MOST_LINES = 200


@require_safe
@staff_page(Action.LOOK_UP)
def look_up(request: HttpRequest, member: Member) -> HttpResponse:
    """Find what was typed in everything I may see; the question is logged. htmx gets a part."""
    text = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    is_asked = is_enough(text)
    words = {
        "page_kind": "desk",
        "text": text,
        "is_asked": is_asked,
        "groups": _ask(member, text) if is_asked else [],
        "may_find_people": "people" in searched_groups(member),
        "now": timezone.now(),
    }
    is_part = request.headers.get("HX-Request") and not request.headers.get("HX-Boosted")
    template = "desk/search/found.html" if is_part else "desk/search/page.html"
    answer = render(request, template, words)
    answer["Vary"] = "HX-Request"
    answer["Cache-Control"] = "no-store"
    return answer


def _ask(member: Member, text: str) -> list[object]:
    now = timezone.now()
    record_search(
        actor=member.actor(),
        street_code=street_of(member),
        kinds=searched_groups(member),
        words=text,
        at=now,
    )
    return [*search_all(member=member, text=text, at=now)]


class LogForm(forms.Form):
    """Which lines of the log of searches."""

    words = forms.CharField(label=_("查的内容"), required=False, max_length=LONGEST)
    since = forms.DateField(label=_("自"), required=False)
    until = forms.DateField(label=_("至"), required=False)
    who = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked, auto_id="log-%s")
        self.fields["words"].widget.input_type = "search"
        for name in ("since", "until"):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


@require_safe
@staff_page(Action.SEARCH_LOG)
def show_searches(request: HttpRequest, member: Member) -> HttpResponse:
    """List who asked the search for what, in the sub-districts I answer for; my look is logged."""
    form = LogForm(request.GET)
    form.is_valid()
    given = form.cleaned_data
    found = list_searches(
        street_codes=street_codes(member, Action.SEARCH_LOG),
        actor_id=given.get("who"),
        words=given.get("words") or "",
        since=_midnight(given.get("since")),
        until=_midnight(given.get("until"), days_later=1),
        limit=MOST_LINES,
    )
    _log_look(member, found)
    words = {
        "page_kind": "desk",
        "form": form,
        "lines": _lines(found),
        "is_all": len(found) < MOST_LINES,
        "now": timezone.now(),
    }
    answer = render(request, "desk/search/log.html", words)
    answer["Cache-Control"] = "no-store"
    return answer


def _log_look(member: Member, found: list[SearchRecord]) -> None:
    if not found:
        return
    target = Target(street_code=street_of(member), area_code=street_of(member))
    record_look(
        actor=member.actor(role=find_role(member, Action.SEARCH_LOG, target)),
        subject=Subject(kind="kernel.SearchMade", id=street_of(member)),
        person_id=None,
        fields=["actor_id", "words"],
        purpose=LookPurpose.OVERSIGHT.value,
        at=timezone.now(),
    )


def _lines(found: list[SearchRecord]) -> list[dict[str, object]]:
    names = list_account_names({one.actor_id for one in found})
    return [
        {
            "at": one.at,
            "who": one.actor_id,
            "name": names.get(one.actor_id, ""),
            "role": ROLE_LABELS[Role(one.actor_role)] if one.actor_role in set(Role) else "",
            "kinds": [GROUP_LABELS[kind] for kind in one.kinds if kind in GROUP_LABELS],
            "words": mask_numbers(one.words),
        }
        for one in found
    ]


def _midnight(day: date | None, *, days_later: int = 0) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=days_later), time()))
