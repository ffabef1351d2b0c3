"""What somebody typed when the session had run out: kept until they are back.

Only words are kept, in the server's session, for the next visit of the same page; the browser
does not hand out files again, so photos must be chosen anew.
"""

from __future__ import annotations

from django.http import HttpRequest, QueryDict

KEY = "desk_typed"
MOST_CHARACTERS = 60_000
BACK = "back"


def keep_typed(request: HttpRequest) -> str:
    """Put the posted words into the session and tell which page to come back to.

    A form names its own page in the hidden field `back`; without one it is the posted address.
    """
    words = {
        name: request.POST.getlist(name)
        for name in request.POST
        if name not in ("csrfmiddlewaretoken", BACK)
    }
    if sum(len(word) for values in words.values() for word in values) <= MOST_CHARACTERS:
        request.session[KEY] = {"path": request.path, "words": words}
    asked = request.POST.get(BACK, "")
    return asked if asked.startswith("/desk/") else request.path


def has_typed(request: HttpRequest, *, beginning: str) -> bool:
    """Tell whether words are kept for a form that posts to an address with this beginning."""
    kept = request.session.get(KEY)
    return isinstance(kept, dict) and str(kept.get("path", "")).startswith(beginning)


def take_typed(request: HttpRequest, *, path: str) -> QueryDict | None:
    """Take back, once, what was typed for the form that posts to `path`."""
    kept = request.session.get(KEY)
    if not isinstance(kept, dict) or kept.get("path") != path:
        return None
    del request.session[KEY]
    found = QueryDict(mutable=True)
    for name, values in kept["words"].items():
        found.setlist(name, values)
    return found
