"""One case: the page, an act on it, and the reporter behind it."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.faces.desk.forms.act import ActForm
from linli.faces.desk.forms.reporter import ReporterForm
from linli.faces.desk.offers import offer_for_acts
from linli.faces.desk.sheet import Shown, build_form, build_sheet, tell_overtaken
from linli.faces.desk.typed import has_typed, take_typed
from linli.ground.kernel.errors import Refusal
from linli.ground.people.terms import Action, Member
from linli.spine.cases.catalogue_terms import Audience
from linli.spine.cases.queries.case import (
    allowed_actions,
    find_case_id,
    find_case_with_powers,
    get_case,
)
from linli.spine.cases.queries.history import timeline
from linli.spine.cases.rules.refusals import NoSuchCase
from linli.spine.cases.services.acting import act
from linli.spine.cases.services.reporters import open_reporter as open_the_reporter
from linli.spine.cases.terms import ActionName, AllowedAction, CaseView


@require_GET
@staff_page(Action.CASE_READ)
def show_case(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Show one case; words typed before the session ran out are put back into their form."""
    try:
        found = find_case_with_powers(number=number, member=member, at=timezone.now())
    except NoSuchCase:
        return refuse_by_action(request, Action.CASE_READ, why=_not_in_reach())
    if found is None:
        raise Http404
    case, powers = found
    asked = request.GET.get("act", ""), read_task_no(request.GET.get("task_no", ""))
    shown = Shown(form=_restored(request, member, case), asked=asked, powers=powers)
    return _render(request, member, case, shown)


@require_http_methods(["GET", "POST"])
@staff_page(Action.CASE_READ)
def act_on_case(request: HttpRequest, member: Member, number: str, action: str) -> HttpResponse:
    """Do one act, or show its form to whoever opens it."""
    case = _read(member, number)
    if case is None or action not in set(ActionName):
        return refuse_by_action(request, Action.CASE_READ, why=_not_in_reach())
    if request.method == "GET":
        return _show_form(request, member, case, ActionName(action))
    return _do(request, member, case, ActionName(action))


def _show_form(
    request: HttpRequest, member: Member, case: CaseView, name: ActionName
) -> HttpResponse:
    """Give the form of one act alone to the page that unfolds it, else lead to the page."""
    task_no = read_task_no(request.GET.get("task_no", ""))
    if not request.headers.get("HX-Request"):
        return HttpResponseRedirect(_unfolded(case.number, name, task_no))
    allowed = _find_act(member, case, name, task_no)
    if allowed is None:
        return render(request, "desk/case/act_gone.html", {"number": case.number})
    now = timezone.now()
    words = build_form(case=case, act=allowed, now=now)
    return render(request, "desk/case/act_form.html", words)


def _find_act(
    member: Member, case: CaseView, name: ActionName, task_no: int | None
) -> AllowedAction | None:
    acts = allowed_actions(case_id=case.id, member=member, at=timezone.now())
    return next((one for one in acts if (one.name, one.task_no) == (name, task_no)), None)


def _unfolded(number: str, name: ActionName, task_no: int | None) -> str:
    """Give the address of the page with this act's form open."""
    own = {} if task_no is None else {"task_no": task_no}
    place = name.value if task_no is None else f"{name.value}-{task_no}"
    return f"{_address(number)}?{urlencode({'act': name.value, **own})}#act-{place}"


def _do(request: HttpRequest, member: Member, case: CaseView, name: ActionName) -> HttpResponse:
    """Do one act; what is wrong is said beside its field, and nothing typed is lost."""
    allowed = _find_act(member, case, name, read_task_no(request.POST.get("task_no", "")))
    if allowed is None:
        return _overtaken(request, member, case)
    now = timezone.now()
    offered, _reason = offer_for_acts(acts=[allowed], case=case, now=now)
    form = ActForm(
        allowed, offered=offered, version=case.version, typed=request.POST, files=request.FILES
    )
    if not form.store_photos(uploaded_by_id=member.account_id, at=now):
        return _render(request, member, case, Shown(form=form), status=422)
    return _act(request, member, case, form)


def _act(request: HttpRequest, member: Member, case: CaseView, form: ActForm) -> HttpResponse:
    try:
        after = act(
            case_id=case.id,
            action=form.act.name,
            member=member,
            at=timezone.now(),
            form=form.read(),
            seen_version=form.cleaned_data["version"],
        )
    except Refusal as refusal:
        if refusal.code in OVERTAKEN:
            fresh = _read(member, case.number) or case
            return _overtaken(request, member, fresh, refusal)
        form.blame(refusal)
        return _render(request, member, case, Shown(form=form), status=422)
    messages.success(request, _tell_done(form.act, after))
    # Whoever sends a case back may not see it any more: their work goes on at the list.
    stays = _read(member, case.number) is not None
    return HttpResponseRedirect(_address(case.number) if stays else reverse("desk:home"))


OVERTAKEN = frozenset({"cases.already_done", "cases.not_at_this_step", "cases.task_not_so"})


def read_task_no(text: str) -> int | None:
    """Read the number of the task a form is about, or None when it is about the whole case."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _overtaken(
    request: HttpRequest, member: Member, case: CaseView, refusal: Refusal | None = None
) -> HttpResponse:
    told = timeline(case_id=case.id, audience=Audience.STAFF, shows_ratings=case.shows_ratings)
    last = told[-1] if told else None
    said = refusal.words(gettext) if refusal else ""
    if not said and last is not None:
        said = gettext("%(who)s刚刚已办：%(what)s。下面是最新情况。") % {
            "who": last.who,
            "what": last.what,
        }
    shown = Shown(notice=tell_overtaken(said, kept=request.POST.get("note", "")))
    return _render(request, member, case, shown, status=409)


def _tell_done(act: AllowedAction, after: CaseView) -> str:
    return gettext("已办好：%(act)s。这件事现在是“%(step)s”。") % {
        "act": gettext(act.label),
        "step": gettext(after.step_label),
    }


@require_POST
@staff_page(Action.CASE_READ)
def open_reporter(request: HttpRequest, member: Member, number: str) -> HttpResponse:
    """Show who reported, after a reason is given and logged; the answer is never stored."""
    case = _read(member, number)
    if case is None:
        return refuse_by_action(request, Action.REPORTER_OPEN, why=_not_in_reach())
    form = ReporterForm(request.POST)
    if not form.is_valid():
        return _render(request, member, case, Shown(reporter_form=form), status=422)
    try:
        reporter = open_the_reporter(
            case_id=case.id, member=member, reason=form.cleaned_data["reason"], at=timezone.now()
        )
    except Refusal as refusal:
        return refuse_by_action(request, Action.REPORTER_OPEN, why=refusal.words(gettext))
    answer = _render(request, member, _read(member, number) or case, Shown(reporter=reporter))
    answer["Cache-Control"] = "no-store"
    return answer


def _find_id(number: str) -> UUID:
    case_id = find_case_id(number=number)
    if case_id is None:
        raise Http404
    return case_id


def _read(member: Member, number: str) -> CaseView | None:
    try:
        return get_case(case_id=_find_id(number), member=member, at=timezone.now())
    except NoSuchCase:
        return None


def _restored(request: HttpRequest, member: Member, case: CaseView) -> ActForm | None:
    if not has_typed(request, beginning=_address(case.number)):
        return None
    now = timezone.now()
    for allowed in allowed_actions(case_id=case.id, member=member, at=now):
        path = reverse("desk:act", args=[case.number, allowed.name.value])
        typed = take_typed(request, path=path)
        if typed is None:
            continue
        messages.info(request, gettext("您离开前写的内容放回来了，请核对后再提交；照片要重新选。"))
        offered, _reason = offer_for_acts(acts=[allowed], case=case, now=now)
        return ActForm(allowed, offered=offered, version=case.version, typed=typed, restored=True)
    return None


def _not_in_reach() -> str:
    return gettext("这件案件不在您岗位的范围内。")


def _address(number: str) -> str:
    return reverse("desk:case", args=[number])


def _render(
    request: HttpRequest, member: Member, case: CaseView, shown: Shown, *, status: int = 200
) -> HttpResponse:
    words = build_sheet(case=case, member=member, now=timezone.now(), shown=shown)
    return render(request, "desk/case.html", words, status=status)
