"""Posts: who holds which until when, what is vacant; giving, prolonging and ending one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.faces.desk.access import holds_post_for, refuse_by_action, staff_page
from linli.faces.desk.finding import street_of
from linli.faces.desk.forms.posts import (
    DaysForm,
    EndForm,
    NewPostForm,
    PostFilterForm,
    ProlongForm,
    SignOutForm,
)
from linli.faces.desk.offers import offer_areas, offer_organisations
from linli.faces.desk.posted import (
    Slot,
    find_candidates,
    name_posts,
    offer_places,
    offer_roles,
    read_slot,
)
from linli.ground.kernel.errors import Refusal
from linli.ground.people.queries.leaving import (
    leaver_of,
    list_handovers_of,
    list_successors,
    list_work,
)
from linli.ground.people.queries.posts import (
    find_post,
    get_ending_days,
    is_over,
    list_posts,
    list_posts_at,
    may_keep,
    may_see,
    today_in,
)
from linli.ground.people.queries.stand_ins import list_stand_ins
from linli.ground.people.services.leaving import hand_over_for_leave, leave_post
from linli.ground.people.services.posts import (
    fill_post,
    prolong_post,
    set_ending_days,
    show_name,
)
from linli.ground.people.services.sessions import sign_out_person
from linli.ground.people.terms import Action, Member, PersonLine
from linli.ground.people.terms.posts import PostState, PostView


@require_GET
@staff_page(Action.POST_READ)
def show_posts(request: HttpRequest, member: Member) -> HttpResponse:
    """List posts, vacant ones first, then terms that end soon."""
    return _list(request, member)


@require_POST
@staff_page(Action.STAFF_KEEP)
def set_days(request: HttpRequest, member: Member) -> HttpResponse:
    """Set how long before its end a term is shown as ending."""
    form = DaysForm(request.POST)
    if not form.is_valid():
        return _list(request, member, days_form=form, status=422)
    try:
        set_ending_days(
            street_code=street_of(member),
            days=form.cleaned_data["days"],
            member=member,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.blame(refusal)
        return _list(request, member, days_form=form, status=422)
    messages.success(request, gettext("提示的天数已保存。"))
    return HttpResponseRedirect(reverse("desk:posts"))


@require_http_methods(["GET", "POST"])
@staff_page(Action.POST_KEEP)
def new_post(request: HttpRequest, member: Member) -> HttpResponse:
    """Find somebody by name, then give them the post; the search is logged."""
    slot = read_slot(request.GET, member)
    if slot is None:
        return _choose(request, member)
    asked = request.GET.get("q", "").replace("\0", "").strip()[:40]
    found = find_candidates(member, asked, within_code=slot.looked_for_in, at=timezone.now())
    form = _new_form(request, slot, found)
    status = 200
    if request.method == "POST":
        made = _give(form, slot, member) if form.is_valid() else None
        if made is not None:
            messages.success(request, gettext("已任职，从任期开始那天起生效。"))
            return HttpResponseRedirect(reverse("desk:post", args=[made]))
        status = 422
    words = {"page_kind": "desk", "slot": slot, "asked": asked, "found": found, "form": form}
    answer = render(request, "desk/posts/new.html", words, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def _choose(request: HttpRequest, member: Member) -> HttpResponse:
    """Let the role and the place be chosen; what was asked for and may not be given is refused."""
    if request.GET.get("area"):
        return refuse_by_action(request, Action.POST_KEEP)
    words = {
        "page_kind": "desk",
        "roles": offer_roles(member),
        "places": offer_places(member),
        "chosen": request.GET.get("role", ""),
    }
    return render(request, "desk/posts/choose.html", words)


def _new_form(request: HttpRequest, slot: Slot, found: list[PersonLine]) -> NewPostForm:
    return NewPostForm(
        request.POST if request.method == "POST" else None,
        people=found,
        organisations=offer_organisations(),
        with_organisation=slot.has_organisation,
        initial=slot.usual(timezone.localdate()),
    )


def _give(form: NewPostForm, slot: Slot, member: Member) -> int | None:
    said = form.read(role=slot.role, area_id=slot.area_id)
    try:
        return fill_post(said=said, member=member, at=timezone.now())
    except Refusal as refusal:
        form.blame(refusal)
        return None


@require_GET
@staff_page(Action.POST_READ)
def show_one(request: HttpRequest, member: Member, appointment_id: int) -> HttpResponse:
    """Show one post: its holder, term and way in, and who held it before."""
    return render_post(request, member, appointment_id)


@require_POST
@staff_page(Action.POST_KEEP)
def prolong(request: HttpRequest, member: Member, appointment_id: int) -> HttpResponse:
    """Let a term go on."""
    form = ProlongForm(request.POST)
    if form.is_valid():
        try:
            prolong_post(
                appointment_id=find_seen(member, appointment_id).id,
                ends_on=form.cleaned_data["ends_on"],
                member=member,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.blame(refusal)
    if form.errors:
        return render_post(request, member, appointment_id, prolong_form=form, status=422)
    messages.success(request, gettext("任期已延长。"))
    return HttpResponseRedirect(reverse("desk:post", args=[appointment_id]))


@require_POST
@staff_page(Action.POST_KEEP)
def end(request: HttpRequest, member: Member, appointment_id: int) -> HttpResponse:
    """End a post before its term, saying why."""
    now, post = timezone.now(), find_seen(member, appointment_id)
    form = EndForm(request.POST, successors=list_successors(post, on=_today(member, now)))
    made: int | None = None
    if form.is_valid():
        try:
            made = leave_post(
                appointment_id=post.id,
                reason=form.chosen,
                note=form.cleaned_data["note"],
                successor_id=form.cleaned_data["successor"],
                member=member,
                at=now,
            )
        except Refusal as refusal:
            form.blame(refusal)
    if form.errors:
        return render_post(request, member, appointment_id, end_form=form, status=422)
    messages.success(request, gettext("任职已结束。"))
    if made is not None:
        return HttpResponseRedirect(reverse("work_handover", args=[made]))
    return HttpResponseRedirect(reverse("desk:post", args=[appointment_id]))


@require_POST
@staff_page(Action.ACCOUNT_KEEP)
def sign_out(request: HttpRequest, member: Member, appointment_id: int) -> HttpResponse:
    """Sign the holder of a post out on all devices."""
    post, form = find_seen(member, appointment_id), SignOutForm(request.POST)
    if post.account_id is None:
        raise Http404
    if form.is_valid():
        try:
            sign_out_person(
                account_id=post.account_id,
                street_code=post.area_code,
                reason=form.cleaned_data["reason"],
                member=member,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.blame(refusal)
    if form.errors:
        return render_post(request, member, appointment_id, sign_out_form=form, status=422)
    messages.success(request, gettext("此人已在所有设备上退出。"))
    return HttpResponseRedirect(reverse("desk:post", args=[appointment_id]))


@require_POST
@staff_page(Action.POST_KEEP)
def hand_over(request: HttpRequest, member: Member, appointment_id: int) -> HttpResponse:
    """Hand over the work of somebody who goes on leave; the post stays theirs."""
    post, chosen = find_seen(member, appointment_id), request.POST.get("successor", "")
    is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < 16
    try:
        made = hand_over_for_leave(
            appointment_id=post.id,
            successor_id=int(chosen) if is_number else 0,
            member=member,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
        return HttpResponseRedirect(reverse("desk:post", args=[post.id]))
    if made is None:
        return HttpResponseRedirect(reverse("desk:post", args=[post.id]))
    return HttpResponseRedirect(reverse("work_handover", args=[made]))


def _today(member: Member, now: datetime) -> date:
    return today_in(street_of(member), now)


@require_POST
@staff_page(Action.POST_KEEP)
def show_on_door(request: HttpRequest, member: Member, appointment_id: int) -> HttpResponse:
    """Note whether the holder agrees to stand by name at the door."""
    find_seen(member, appointment_id)
    try:
        show_name(
            appointment_id=appointment_id,
            shows_name=request.POST.get("shows") == "1",
            member=member,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, refusal.words(gettext))
    else:
        messages.success(request, gettext("已记下。"))
    return HttpResponseRedirect(reverse("desk:post", args=[appointment_id]))


def find_seen(member: Member, appointment_id: int) -> PostView:
    """Find a post the member may see.

    Raises:
        Http404: there is none, or it is out of reach; the two look the same.
    """
    post = find_post(appointment_id)
    if post is None or not may_see(member, post):
        raise Http404
    return post


def render_post(
    request: HttpRequest,
    member: Member,
    appointment_id: int,
    *,
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    """Show the page of one post, with a form that was refused."""
    now, post = timezone.now(), find_seen(member, appointment_id)
    today = today_in(street_of(member), now)
    over = is_over(post, on=today)
    others = list_posts_at(area_id=post.area_id, role=post.role) if post.area_id else []
    words = {
        "page_kind": "desk",
        "post": post,
        "named": name_posts([post])[0],
        "is_over": over,
        "may_keep": may_keep(member, post) and not over,
        "is_own": post.person_id == member.person_id,
        "today": today,
        "may_sign_out": post.account_id and holds_post_for(member, Action.ACCOUNT_KEEP),
        "stand_ins": list_stand_ins(post.id),
        "others": [one for one in others if one.id != post.id],
        "handovers": list_handovers_of(post.id),
        **_post_forms(post, today, now),
        **forms,
    }
    return render(request, "desk/posts/post.html", words, status=status)


def _post_forms(post: PostView, today: date, now: datetime) -> dict[str, Any]:
    leaver = leaver_of(post, on=today)
    work = [one for _room, one in list_work(leaver, at=now)] if leaver else []
    successors = list_successors(post, on=today) if work else []
    return {
        "prolong_form": ProlongForm(ends_on=post.ends_on),
        "end_form": EndForm(successors=successors, has_work=bool(work)),
        "sign_out_form": SignOutForm(),
        "work": work,
        "successors": successors,
    }


def _list(
    request: HttpRequest, member: Member, *, days_form: DaysForm | None = None, status: int = 200
) -> HttpResponse:
    now, street_code = timezone.now(), street_of(member)
    form = PostFilterForm(request.GET, areas=offer_areas(member))
    filters = form.read(page=request.GET.get("page", ""))
    found = list_posts(member=member, filters=filters, on=today_in(street_code, now))
    days = get_ending_days(street_code)
    may_set = holds_post_for(member, Action.STAFF_KEEP)
    words = {
        "page_kind": "desk",
        "form": form,
        "filters": filters,
        "found": found,
        "lines": name_posts(found.rows),
        "figures": [(state, found.counts.get(state, 0)) for state in PostState],
        "may_appoint": holds_post_for(member, Action.POST_KEEP),
        "days": days,
        "days_form": days_form or (DaysForm(days=days) if may_set else None),
        "may_export": holds_post_for(member, Action.LIST_EXPORT),
    }
    return render(request, "desk/posts/list.html", words, status=status)
