"""The window of a map, as the address of a page names it."""

from __future__ import annotations

from linli.ground.territory.errors import InvalidWindow
from linli.ground.territory.terms import Window

LONGEST = 100


def read_window(text: str) -> Window:
    """Read a window from its four sides in degrees WGS-84: west, south, east, north.

    Raises:
        InvalidWindow: not four numbers, not on earth, or without any ground.
    """
    try:
        west, south, east, north = (float(side) for side in text[:LONGEST].split(","))
    except ValueError:
        raise InvalidWindow("territory.window_unreadable", field="window") from None
    # Whatever is no number compares as false, too.
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise InvalidWindow("territory.window_unreadable", field="window")
    return Window(west, south, east, north)
