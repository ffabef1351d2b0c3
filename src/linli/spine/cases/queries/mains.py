"""The case in which a merged one goes on, and what its reporter said of its end."""

from __future__ import annotations

from linli.ground.kernel.compiled import Compiled
from linli.spine.cases.models import Case, Rating
from linli.spine.cases.terms import Step


def find_main(case: Case) -> Case:
    """Find the case in which this one goes on: itself, or the last it was merged into."""
    main = case
    while main.merged_into_id is not None:
        main = Case.objects.get(id=main.merged_into_id)
    return main


def is_rated(case: Case) -> bool:
    """Say whether the reporter rated how a case, or the one it joined, was closed last."""
    if case.step not in (Step.CLOSED, Step.MERGED):
        return False
    closed_at = find_main(case).closed_at
    if closed_at is None:
        return False
    return bool(_RATED.rows(case_id=case.id, closed_at=closed_at))


_RATED = Compiled(
    lambda case_id, closed_at: Rating.objects.filter(
        case_id=case_id, closed_at=closed_at
    ).values_list("id", flat=True)
)
