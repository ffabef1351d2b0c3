"""What lies in the window of a map, as a filter on cases."""

from __future__ import annotations

from django.db.models import Q

from linli.ground.territory.terms import Window
from linli.spine.cases.rules.cells import cells_of_window


def lies_in(window: Window) -> Q:
    """Build the filter of cases with their point in a window; in a small one, by its cells too."""
    found = Q(
        lon__gte=window.west,
        lon__lte=window.east,
        lat__gte=window.south,
        lat__lte=window.north,
    )
    cells = cells_of_window(window)
    return found & Q(h3__in=cells) if cells else found
