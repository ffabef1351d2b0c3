"""When those are left in peace who chose nothing themselves: changed for a sub-district."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from linli.faces.desk.access import refuse_by_action, staff_page
from linli.faces.desk.quiet_line import TypedQuiet, quiet_words, read_quiet, read_seen
from linli.ground.kernel.errors import Refusal
from linli.ground.notices.sending_rules import check_quiet
from linli.ground.notices.services import change_quiet
from linli.ground.people.terms import Action, Member

from .settings import find_street, render_settings


@require_POST
@staff_page(Action.SETTINGS_EDIT)
def change(request: HttpRequest, member: Member, code: str) -> HttpResponse:
    """Ask whether the consequences are meant, then change; refused, what was typed stays."""
    street = find_street(member, code)
    if street is None:
        return refuse_by_action(request, Action.SETTINGS_EDIT)
    given = request.POST
    typed = {key: given.get(key, "").strip()[:20] for key in ("starts", "ends", "seen")}
    try:
        seen, quiet = read_seen(typed["seen"]), read_quiet(typed["starts"], typed["ends"])
        check_quiet(quiet, before=seen)
        if "yes" not in given:
            asked = TypedQuiet(**typed, asked=quiet_words(quiet))
            return render_settings(request, member, street, quiet=asked)
        change_quiet(
            street_code=street.code, quiet=quiet, seen=seen, member=member, at=timezone.now()
        )
    except Refusal as refusal:
        refused = TypedQuiet(**typed, refused=refusal.words(gettext))
        return render_settings(request, member, street, quiet=refused, status=422)
    messages.success(request, gettext("设置改好了，现在起生效。"))
    return HttpResponseRedirect(f"{reverse('desk:street_settings', args=[street.code])}#quiet")
