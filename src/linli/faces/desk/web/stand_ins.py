"""Stand-ins: who acts in a post while its holder is away."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.faces.desk.finding import street_of
from linli.faces.desk.forms.posts import StandInForm
from linli.faces.desk.posted import find_candidates, name_posts
from linli.faces.desk.web.posts import find_seen
from linli.ground.kernel.errors import Refusal
from linli.ground.people.post_rules import right_to_keep
from linli.ground.people.queries.posts import may_keep, today_in
from linli.ground.people.services.stand_ins import end_stand_in, name_stand_in
from linli.ground.people.terms import Action, Member
from linli.ground.people.terms.posts import AwayReason, PostView


@require_http_methods(["GET", "POST"])
@staff_page(Action.POST_KEEP)
def name_one(request: HttpRequest, member: Member, appointment_id: int) -> HttpResponse:
    """Find somebody by name, then let them act in the post for a time; the search is logged."""
    post, now = find_seen(member, appointment_id), timezone.now()
    if not may_keep(member, post):
        return refuse_by_action(request, right_to_keep(post.role))
    asked = request.GET.get("q", "").replace("\0", "").strip()[:40]
    within = f"{post.area_code[:9]}000"
    found = find_candidates(member, asked, within_code=within, at=now, without=post.person_id)
    today = today_in(street_of(member), now)
    form = StandInForm(
        request.POST if request.method == "POST" else None,
        people=found,
        initial={"starts_on": today},
    )
    status = 200
    if request.method == "POST":
        if form.is_valid() and _name(form, post, member, now):
            messages.success(request, gettext("代理人已定，到时自动开始、自动结束。"))
            return HttpResponseRedirect(reverse("desk:post", args=[post.id]))
        status = 422
    words = {
        "page_kind": "desk",
        "post": post,
        "named": name_posts([post])[0],
        "asked": asked,
        "found": found,
        "form": form,
    }
    answer = render(request, "desk/posts/stand_in.html", words, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@staff_page(Action.POST_KEEP)
def end_one(request: HttpRequest, member: Member, stand_in_id: int) -> HttpResponse:
    """End a stand-in before its time."""
    try:
        end_stand_in(stand_in_id=stand_in_id, member=member, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
    else:
        messages.success(request, gettext("代理已结束。"))
    back = request.POST.get("post", "")
    is_number = back.isascii() and back.isdigit() and len(back) < 16
    address = reverse("desk:post", args=[int(back)]) if is_number else reverse("desk:posts")
    return HttpResponseRedirect(address)


def _name(form: StandInForm, post: PostView, member: Member, now: datetime) -> bool:
    given = form.cleaned_data
    try:
        name_stand_in(
            appointment_id=post.id,
            person_id=given["person"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            reason=AwayReason(given["reason"]),
            member=member,
            at=now,
        )
    except Refusal as refusal:
        form.blame(refusal)
        return False
    return True
