"""The page behind a handler's link: one case, and nothing else."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.faces.frame.photos import send_photo
from linli.faces.public.handler_forms import Behind, HandlerForm
from linli.ground.kernel.errors import Refusal
from linli.ground.kernel.marking import N_
from linli.spine.cases.link_terms import LinkedCase
from linli.spine.cases.queries.links import find_link_street, linked_case, may_see_photo_by_link
from linli.spine.cases.queries.responsibilities import list_responsibilities
from linli.spine.cases.rules.links import LinkRefused
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.services.links import act_by_link, open_link
from linli.spine.cases.terms import STAGE_LABELS, ActionName, AllowedAction, Need, PhotoStage

from .behind_link import (
    ACTS_MOST,
    LOOKS_MOST,
    PHOTOS_MOST,
    behind_link,
    count,
    device,
    form_secret,
    frame,
    gone,
    is_own_form,
    language_of,
    too_often,
)

_guarded = behind_link(
    street_of=lambda token: find_link_street(token=token), title=N_("这个链接打不开案件了")
)


@require_safe
@_guarded
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the case to the holder of the link, and keep that it was opened."""
    if count(f"look:{token}") > LOOKS_MOST:
        return too_often(request)
    case = open_link(token=token, device=device(request), at=timezone.now())
    return _render(request, token, case)


@require_POST
@_guarded
def act(request: HttpRequest, token: str, action: str) -> HttpResponse:
    """Do one act; what is wrong is said beside its field, and nothing typed is lost."""
    if count(f"act:{token}") > ACTS_MOST:
        return too_often(request)
    now = timezone.now()
    case = linked_case(token=token, at=now)
    allowed = next((one for one in case.actions if one.name.value == action), None)
    if action not in set(ActionName):
        raise Http404
    if allowed is None:
        return _render(request, token, case, refused=_overtaken(case), status=409)
    form = _form(request, token, case, allowed)
    if not is_own_form(request, token):
        form.full_clean()
        form.add_error(None, LinkRefused("link.form_stale").words(_))
        return _render(request, token, case, held=form, status=403)
    if not form.store_photos(at=now):
        return _render(request, token, case, held=form, status=422)
    return _act(request, token, case, form)


@require_safe
@_guarded
def photo(request: HttpRequest, token: str, photo_id: UUID, size: str) -> HttpResponseBase:
    """Send one photo of the link's own case.

    Raises:
        Http404: no such photo, size, or the link does not show it.
    """
    if count(f"photo:{token}") > PHOTOS_MOST:
        raise Http404
    if not may_see_photo_by_link(token=token, photo_id=photo_id, at=timezone.now()):
        raise Http404
    # A link that was stopped must not live on in a cache.
    return send_photo(photo_id, size, kept="private, no-store")


def _act(request: HttpRequest, token: str, case: LinkedCase, form: HandlerForm) -> HttpResponse:
    try:
        act_by_link(
            token=token,
            action=form.act.name,
            device=device(request),
            at=timezone.now(),
            form=form.read(),
            seen_version=form.cleaned_data["version"],
            handler_name=form.cleaned_data["handler_name"],
        )
    except ActionRefused as refusal:
        if refusal.code in ("cases.already_done", "cases.not_at_this_step"):
            fresh = linked_case(token=token, at=timezone.now())
            return _render(request, token, fresh, refused=refusal.words(_), status=409)
        form.blame(refusal)
        return _render(request, token, case, held=form, status=422)
    except LinkRefused:
        raise
    except Refusal as refusal:
        form.blame(refusal)
        return _render(request, token, case, held=form, status=422)
    if form.act.name in (ActionName.RETURN, ActionName.RETURN_TASK):
        return _returned(request, case)
    address = reverse("handler", args=[token])
    return redirect(f"{address}?language={language_of(request)}&done={form.act.name.value}")


def _render(
    request: HttpRequest,
    token: str,
    case: LinkedCase,
    *,
    held: HandlerForm | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    forms = [
        held if held is not None and held.act.name is one.name else _form(None, token, case, one)
        for one in case.actions
    ]
    done = next((one for one in ActionName if one.value == request.GET.get("done")), None)
    words = {
        **frame(request, case.street_code),
        "token": token,
        "send_to": "handler_act",
        "case": case,
        "forms": forms,
        "refused": refused,
        "done": _done(done) if done and status == 200 else "",
        "stages": _stages(case),
        "now": timezone.now(),
        "areas_url": "/areas.geojson",
    }
    return render(request, "public/handler.html", words, status=status)


def _form(
    request: HttpRequest | None, token: str, case: LinkedCase, allowed: AllowedAction
) -> HandlerForm:
    asks = any(need.name is Need.RESPONSIBILITY for need in allowed.needs)
    behind = Behind(
        version=case.version,
        secret=form_secret(token),
        handler_name=case.handler_name,
        typed=request.POST if request else None,
        files=request.FILES if request else None,
    )
    items = _responsibilities(case) if asks else []
    return HandlerForm(allowed, behind=behind, responsibilities=items)


def _responsibilities(case: LinkedCase) -> list[tuple[str, str]]:
    items = list_responsibilities(street_code=case.street_code, on=timezone.localdate())
    return [
        (str(one.id), _("第 %(no)s 项 %(title)s") % {"no": one.item_no, "title": one.title})
        for one in items
    ]


def _stages(case: LinkedCase) -> list[tuple[str, list[UUID]]]:
    found = [
        (_(STAGE_LABELS[stage]), [one.photo_id for one in case.photos if one.stage is stage])
        for stage in PhotoStage
    ]
    return [(label, photos) for label, photos in found if photos]


def _done(action: ActionName) -> str:
    told = {
        ActionName.ACCEPT: _("已接单。办好后回到这一页，附上照片报完成。"),
        ActionName.FEED_BACK: _("已收到。接下来由别人到现场核查，通过后就结束了。"),
        ActionName.ACCEPT_TASK: _("已接单。办好后回到这一页，附上照片报完成。"),
        ActionName.FEED_BACK_TASK: _("已收到。接下来由别人到现场核查，通过后就结束了。"),
        ActionName.CONTACT_REQUEST: _("已转给指挥中心，答复会写在下面的经过里。"),
        ActionName.COMMENT: _("已记下。"),
    }
    return told.get(action, "")


def _overtaken(case: LinkedCase) -> str:
    return _("这一步现在不能办：案件已经是“%(step)s”。") % {"step": case.step_label}


def _returned(request: HttpRequest, case: LinkedCase) -> HttpResponse:
    why = _("指挥中心会另行派遣。这个链接不再有用，可以关掉页面。")
    return gone(request, case.street_code, title=_("已退回指挥中心"), why=why)
