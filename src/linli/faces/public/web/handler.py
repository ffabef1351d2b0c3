"""The page behind a handler's link: one case, no account, no cookie, no script needed.

The address is the secret. It is told to nobody: no referrer, no index, no cache, no log line of a
refused form. Acts carry a secret made from the address, so cookies play no part in guarding them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from linli.faces.frame.photos import send_photo
from linli.faces.public.handler_forms import HandlerForm
from linli.ground.kernel import rates
from linli.ground.kernel.errors import Refusal
from linli.ground.people.queries.duty import get_duty_phone
from linli.spine.cases.link_terms import Device, LinkedCase
from linli.spine.cases.queries.links import find_link_street, linked_case, may_see_photo_by_link
from linli.spine.cases.queries.responsibilities import list_responsibilities
from linli.spine.cases.rules.links import LinkRefused, device_of
from linli.spine.cases.rules.refusals import ActionRefused
from linli.spine.cases.services.links import act_by_link, open_link
from linli.spine.cases.terms import STAGE_LABELS, ActionName, AllowedAction, Need, PhotoStage

# The hotline every city answers, where the street has no number of its own.
HOTLINE = "12345"
WINDOW_S = 600
LOOKS_MOST = 240
PHOTOS_MOST = 1200
ACTS_MOST = 40
WRONG_MOST = 20
LANGUAGES = ("zh-hans", "en")
GONE, MISSING = 410, 404

View = Callable[..., HttpResponseBase]


def behind_link(view: View) -> View:
    """Open a page by its secret address, in the language asked for; a dead link says so."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: object) -> HttpResponseBase:
        with translation.override(_language(request)):
            try:
                answer = view(request, token=token, **kwargs)
            except LinkRefused as refusal:
                answer = _dead(request, token, refusal)
        return _untold(answer)

    guarded_once: View = csrf_exempt(never_cache(guarded))
    return guarded_once


@require_safe
@behind_link
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show the case to the holder of the link, and keep that it was opened."""
    if _count(f"look:{token}") > LOOKS_MOST:
        return _too_often(request)
    case = open_link(token=token, device=_device(request), at=timezone.now())
    return _render(request, token, case)


@require_POST
@behind_link
def act(request: HttpRequest, token: str, action: str) -> HttpResponse:
    """Do one act; what is wrong is said beside its field, and nothing typed is lost."""
    if _count(f"act:{token}") > ACTS_MOST:
        return _too_often(request)
    now = timezone.now()
    case = linked_case(token=token, at=now)
    allowed = next((one for one in case.actions if one.name.value == action), None)
    if action not in set(ActionName):
        raise Http404
    if allowed is None:
        return _render(request, token, case, refused=_overtaken(case), status=409)
    form = _form(request, token, case, allowed)
    if not constant_time_compare(request.POST.get("secret", ""), form_secret(token)):
        form.full_clean()
        form.add_error(None, LinkRefused("link.form_stale").words(_))
        return _render(request, token, case, held=form, status=403)
    if not form.store_photos(at=now):
        return _render(request, token, case, held=form, status=422)
    return _act(request, token, case, form)


@require_safe
@behind_link
def photo(request: HttpRequest, token: str, photo_id: UUID, size: str) -> HttpResponseBase:
    """Send one photo of the link's own case.

    Raises:
        Http404: no such photo, size, or the link does not show it.
    """
    if _count(f"photo:{token}") > PHOTOS_MOST:
        raise Http404
    if not may_see_photo_by_link(token=token, photo_id=photo_id, at=timezone.now()):
        raise Http404
    # A link that was stopped must not live on in a cache.
    return send_photo(photo_id, size, kept="private, no-store")


def form_secret(token: str) -> str:
    """Make what a form behind a link must carry, so that only that page can send it."""
    return salted_hmac("linli.handler-link", token).hexdigest()[:32]


def _act(request: HttpRequest, token: str, case: LinkedCase, form: HandlerForm) -> HttpResponse:
    try:
        act_by_link(
            token=token,
            action=form.act.name,
            device=_device(request),
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
    return redirect(f"{address}?language={_language(request)}&done={form.act.name.value}")


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
        **_frame(request, case.street_code),
        "token": token,
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
    return HandlerForm(
        allowed,
        version=case.version,
        secret=form_secret(token),
        handler_name=case.handler_name,
        responsibilities=_responsibilities(case) if asks else [],
        typed=request.POST if request else None,
        files=request.FILES if request else None,
    )


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
    words = {
        **_frame(request, case.street_code),
        "title": _("已退回指挥中心"),
        "why": _("指挥中心会另行派遣。这个链接不再有用，可以关掉页面。"),
    }
    return render(request, "public/handler_gone.html", words)


def _dead(request: HttpRequest, token: str, refusal: LinkRefused) -> HttpResponse:
    unknown = refusal.code == "link.unknown"
    if unknown and _count(f"wrong:{request.META.get('REMOTE_ADDR', '')}") > WRONG_MOST:
        return _too_often(request)
    words = {
        **_frame(request, "" if unknown else find_link_street(token=token)),
        "title": _("这个链接打不开案件了"),
        "why": refusal.words(_),
    }
    status = MISSING if unknown else GONE
    return render(request, "public/handler_gone.html", words, status=status)


def _too_often(request: HttpRequest) -> HttpResponse:
    words = {
        **_frame(request, ""),
        "title": _("请过一会儿再试"),
        "why": _("这个地址在短时间内打开得太多，过十分钟再来。已经提交的都还在。"),
    }
    return render(request, "public/handler_gone.html", words, status=429)


def _frame(request: HttpRequest, street_code: str) -> dict[str, str]:
    language = _language(request)
    return {
        "html_lang": "en" if language == "en" else "zh-Hans",
        "language": language,
        "other_language": "zh-hans" if language == "en" else "en",
        "phone": (get_duty_phone(street_code) if street_code else "") or HOTLINE,
    }


def _language(request: HttpRequest) -> str:
    asked = request.POST.get("language") or request.GET.get("language") or ""
    known = translation.get_language_from_request(request)
    return asked if asked in LANGUAGES else ("en" if known.startswith("en") else "zh-hans")


def _device(request: HttpRequest) -> Device:
    return device_of(request.headers.get("User-Agent", ""))


def _count(what: str) -> int:
    key = f"handler-link:{what}"
    return rates.count_use(uses={key: 1}, window_s=WINDOW_S, at=timezone.now())[key]


def _untold(answer: HttpResponseBase) -> HttpResponseBase:
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Cache-Control"] = "no-store, private"
    # A refused form would otherwise write the address, which is the secret, into the log.
    answer._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001
    return answer
