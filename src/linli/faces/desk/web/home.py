"""What waits for me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext

from linli.faces.desk.access import holds_post_for, staff_page
from linli.faces.desk.agenda import group_work
from linli.faces.desk.doors import list_doors
from linli.faces.desk.offers import name_organisation
from linli.ground.people.queries.organisations import find_by_id
from linli.ground.people.terms import Action, Member, Post
from linli.spine.cases.queries.counts import count_steps
from linli.spine.cases.queries.work import my_first_work

MOST_ROWS = 20
MOST_WORK = 60


@staff_page(Action.CASE_LIST, Action.KEEPING_READ)
def show_work(request: HttpRequest, member: Member) -> HttpResponse:
    """Show my work by urgency, and how many cases stand at each step in my reach.

    Whoever keeps lists and sees no case is shown what there is to keep.
    """
    now = timezone.now()
    if not holds_post_for(member, Action.CASE_LIST):
        doors = {"page_kind": "desk", "doors": list_doors(member), "posts": _posts(member)}
        return render(request, "desk/doors.html", doors)
    work = my_first_work(member=member, at=now, limit=MOST_WORK, most_late=MOST_ROWS)
    words = {
        "page_kind": "desk",
        "now": now,
        "total": work.total,
        "is_more": work.total >= MOST_WORK,
        "groups": group_work(work.items, now=now, most=MOST_ROWS, late=work.late),
        "steps": count_steps(member=member, at=now),
        "posts": _posts(member),
        "may_enter": holds_post_for(member, Action.CASE_INTAKE),
        "may_export": holds_post_for(member, Action.LIST_EXPORT),
    }
    return render(request, "desk/home.html", words)


def _posts(member: Member) -> str:
    posts = (
        f"{_unit(post) or post.area_name} {gettext(post.role.label)}"
        for post in member.appointments
    )
    return gettext("，").join(post.strip() for post in posts)


def _unit(post: Post) -> str:
    unit = find_by_id(post.organisation_id) if post.organisation_id is not None else None
    return name_organisation(unit) if unit is not None else ""
