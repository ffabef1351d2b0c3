"""What couriers report: problems of public space, never persons."""

from __future__ import annotations

from linli.programmes.couriers.rules.refusals import CourierRefused
from linli.spine.cases.catalogue_terms import CategoryView
from linli.spine.cases.terms import CaseKind, NewReport

# On the page of three taps these stand first; all others of public space follow.
FIRST_KEYS = (
    "matter:06010",
    "matter:06042",
    "matter:06013",
    "matter:01023",
    "local:L02",
    "matter:09012",
    "matter:09010",
    "matter:10001",
)


def is_for_couriers(category: CategoryView) -> bool:
    """Say whether couriers report this: flagged so in the catalogue."""
    return category.for_couriers


def check_courier_report(
    report: NewReport, category: CategoryView | None, *, photos_follow: bool = False
) -> None:
    """Refuse what is no problem of public space, or shows nothing.

    Raises:
        CourierRefused: naming the field.
    """
    if report.kind is not CaseKind.INCIDENT or report.about_organisation_id is not None:
        raise CourierRefused("couriers.category_not_public", field="category")
    if category is None:
        raise CourierRefused("couriers.category_missing", field="category")
    if not is_for_couriers(category):
        raise CourierRefused("couriers.category_not_public", field="category")
    if not report.photos and not photos_follow:
        raise CourierRefused("couriers.photo_missing", field="photos")
