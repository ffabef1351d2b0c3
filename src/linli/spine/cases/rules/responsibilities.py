"""How a row of a list of responsibilities, as offices keep it in a table, becomes an item."""

from __future__ import annotations

from collections.abc import Mapping

from linli.spine.cases.catalogue_terms import NewItem


def item_from_row(row: Mapping[str, str]) -> NewItem:
    """Read one row; several codes or keys in a cell are separated by spaces.

    Args:
        row: columns item_no, kind, title, title_en, lead, helpers, basis, basis_en, categories,
            majors, area.

    Raises:
        ValueError: when the item number is no number.
    """
    return NewItem(
        item_no=int(row["item_no"]),
        kind=row["kind"],
        title=row["title"],
        title_en=row["title_en"],
        lead=row["lead"],
        helpers=tuple(row["helpers"].split()),
        basis=row["basis"],
        basis_en=row["basis_en"],
        categories=tuple(row["categories"].split()),
        majors=tuple(row["majors"].split()),
        area=row["area"],
    )
