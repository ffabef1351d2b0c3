"""The page behind a called organisation's link: one whistle, and nothing else."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.faces.frame.photos import send_photo
from linli.faces.public.handler_forms import Behind
from linli.faces.public.whistle_forms import WhistleLinkForm
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_
from linli.programmes.whistle.queries.links import (
    find_call_link_street,
    linked_whistle,
    may_see_photo_by_call_link,
)
from linli.programmes.whistle.rules.refusals import WhistleRefused
from linli.programmes.whistle.services.links import act_by_call_link, open_call_link
from linli.programmes.whistle.terms import (
    ActionName,
    AllowedAction,
    Answer,
    LinkedWhistle,
    Proof,
)
from linli.spine.cases.rules.links import LinkRefused

from .behind_link import (
    ACTS_MOST,
    LOOKS_MOST,
    PHOTOS_MOST,
    behind_link,
    count,
    device,
    form_secret,
    frame,
    is_own_form,
    language_of,
    too_often,
    untold,
)

# What the phone remembers for a day, for the address under the caller's code alone: which link it
# opened last, so that scanning the code leads back to it.
HERE, HERE_S = "here", 12 * 3600
OVERTAKEN = frozenset(
    {"whistle.not_at_this_step", "whistle.signed_in_already", "whistle.answered_so"}
)

_guarded = behind_link(
    street_of=lambda token: find_call_link_street(token=token), title=N_("这个链接打不开了")
)


@require_safe
@_guarded
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the whistle to the holder of the link, and keep that it was opened."""
    if count(f"look:{token}") > LOOKS_MOST:
        return too_often(request)
    found = open_call_link(token=token, device=device(request), at=timezone.now())
    answer = _render(request, token, found)
    answer.set_cookie(
        HERE,
        token,
        max_age=HERE_S,
        path=reverse("whistle_here", args=["-"])[:-2],
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return answer


@require_POST
@_guarded
def act(request: HttpRequest, token: str, action: str) -> HttpResponse:
    """Do one act; what is wrong is said beside its field, and nothing typed is lost."""
    if count(f"act:{token}") > ACTS_MOST:
        return too_often(request)
    now = timezone.now()
    found = linked_whistle(token=token, at=now)
    allowed = next((one for one in found.actions if one.name.value == action), None)
    if action not in set(ActionName):
        raise Http404
    if allowed is None:
        told = _("这一步现在不能办：这次哨已经是“%(step)s”。") % {"step": found.step_label}
        return _render(request, token, found, refused=told, status=409)
    form = _form(request, token, found, allowed)
    if not is_own_form(request, token):
        form.full_clean()
        form.add_error(None, LinkRefused("link.form_stale").words(_))
        return _render(request, token, found, held=form, status=403)
    if not form.store_photos(at=now):
        return _render(request, token, found, held=form, status=422)
    return _act(request, token, found, form)


@require_safe
@_guarded
def photo(request: HttpRequest, token: str, photo_id: UUID, size: str) -> HttpResponseBase:
    """Send one photo the link's own organisation sent.

    Raises:
        Http404: no such photo, size, or the link does not show it.
    """
    if count(f"photo:{token}") > PHOTOS_MOST:
        raise Http404
    if not may_see_photo_by_call_link(token=token, photo_id=photo_id, at=timezone.now()):
        raise Http404
    # A link that was stopped must not live on in a cache.
    return send_photo(photo_id, size, kept="private, no-store")


@require_safe
def here(request: HttpRequest, code: str) -> HttpResponseBase:
    """Lead who scans the caller's code back to their link, or tell where to type it."""
    with translation.override(language_of(request)):
        if not (code.isascii() and code.isdigit() and len(code) < 10):
            raise Http404
        if token := request.COOKIES.get(HERE, ""):
            return untold(redirect(f"{reverse('whistle_link', args=[token])}?code={code}#sign_in"))
        words = {**frame(request, ""), "code": f"{code[:3]} {code[3:]}"}
        return untold(render(request, "public/whistle_here.html", words))


def _act(
    request: HttpRequest, token: str, found: LinkedWhistle, form: WhistleLinkForm
) -> HttpResponse:
    try:
        act_by_call_link(
            token=token,
            action=form.act.name,
            device=device(request),
            at=timezone.now(),
            form=form.read(),
            handler_name=form.cleaned_data["handler_name"],
        )
    except LinkRefused:
        raise
    except Refusal as refusal:
        if isinstance(refusal, WhistleRefused) and refusal.code in OVERTAKEN:
            fresh = linked_whistle(token=token, at=timezone.now())
            return _render(request, token, fresh, refused=refusal.words(_), status=409)
        form.blame(refusal)
        return _render(request, token, found, held=form, status=422)
    address = reverse("whistle_link", args=[token])
    return redirect(f"{address}?language={language_of(request)}&done={form.act.name.value}")


def _render(
    request: HttpRequest,
    token: str,
    found: LinkedWhistle,
    *,
    held: WhistleLinkForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    forms = [
        held if held is not None and held.act.name is one.name else _form(None, token, found, one)
        for one in _in_order(found)
    ]
    code = request.GET.get("code", "")[:10]
    for form in forms:
        if code and "code" in form.fields and not form.is_bound:
            form.initial["code"] = code
    done = next((one for one in ActionName if one.value == request.GET.get("done")), None)
    words = {
        **frame(request, found.street_code),
        "token": token,
        "send_to": "whistle_link_act",
        "whistle": found,
        "forms": forms,
        "refused": refused,
        "done": _done(done, found) if done and status == 200 else "",
        "now": timezone.now(),
        "areas_url": "/areas.geojson",
    }
    return render(request, "public/whistle.html", words, status=status)


def _in_order(found: LinkedWhistle) -> list[AllowedAction]:
    """Put signing in first once it was said that one comes; before, the answer."""
    is_coming = found.own.answer is Answer.COMES
    return sorted(found.actions, key=lambda one: is_coming and one.name is not ActionName.SIGN_IN)


def _form(
    request: HttpRequest | None, token: str, found: LinkedWhistle, allowed: AllowedAction
) -> WhistleLinkForm:
    behind = Behind(
        version=found.version,
        secret=form_secret(token),
        handler_name=found.handler_name,
        typed=request.POST if request else None,
        files=request.FILES if request else None,
    )
    return WhistleLinkForm(allowed, behind=behind)


def _done(action: ActionName, found: LinkedWhistle) -> str:
    told = {
        ActionName.COME: _("已答复会来。到了以后回到这一页报到。"),
        ActionName.DECLINE: _("已答复来不了，召集人会另作安排。"),
        ActionName.REPORT_DEED: _("已收到。评价以前还可以再写。"),
        ActionName.REPLY: _("已收到您的回应。"),
    }
    if action is ActionName.SIGN_IN:
        if found.own.proof is Proof.NONE:
            return _("已报到，但没有取到位置，请召集人确认到场。")
        return _("已报到。做完以后回到这一页，写下做了什么、附上照片。")
    return told.get(action, "")
