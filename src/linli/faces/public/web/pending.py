"""The pending register in public: which cases wait, why, and until when; nobody is named."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.spine.cases.queries.pending import show_register
from linli.spine.cases.terms.pending import OBSTACLE_LABELS


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """List the cases on the register, those that wait longest first, and the whole stock."""
    found = show_register()
    words = {
        "found": found,
        "counts": [(OBSTACLE_LABELS[one], count) for one, count in found.by_obstacle.items()],
    }
    return render(request, "public/pending.html", words)
