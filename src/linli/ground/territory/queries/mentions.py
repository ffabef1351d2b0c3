"""Places named in the middle of a text, as messages from chats name them."""

from __future__ import annotations

from itertools import chain

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Length

from linli.ground.territory.models import Area, PlaceName
from linli.ground.territory.terms import FoundPlace, prefix_of

from .areas import in_force
from .places import FOUND_KINDS, find_places

LEAST_CHARACTERS = 3
MOST_CHARACTERS = 2000


def find_mentioned(text: str, within_code: str = "", limit: int = 3) -> list[FoundPlace]:
    """Find the places whose name stands in a text, the longest name first.

    Args:
        text: what somebody wrote; names of less than three characters are not looked for.
        within_code: only inside the area with this code.
        limit: most answers to give.
    """
    said = "".join(text.replace("\0", "").split())[:MOST_CHARACTERS]
    if len(said) < LEAST_CHARACTERS:
        return []
    prefix = prefix_of(within_code)
    areas = in_force().filter(kind__in=FOUND_KINDS, code__startswith=prefix)
    names = PlaceName.objects.filter(closed_at=None, within_code__startswith=prefix)
    named = {*chain(_standing_in(areas, said, limit), _standing_in(names, said, limit))}
    longest = sorted(named, key=lambda name: (-len(name), name))[:limit]
    return [place for name in longest for place in find_places(name, within_code, 1)]


def _standing_in(
    rows: QuerySet[Area] | QuerySet[PlaceName], said: str, limit: int
) -> QuerySet[Area, str] | QuerySet[PlaceName, str]:
    found = rows.annotate(said=Value(said, output_field=CharField()), length=Length("name")).filter(
        Q(said__contains=F("name"), length__gte=LEAST_CHARACTERS)
    )
    return found.order_by("-length").values_list("name", flat=True)[:limit]
