"""What follows when grids are re-drawn: posts, doors and open cases go to the successors."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from linli.ground.kernel.marking import N_
from linli.ground.kernel.reactions import within
from linli.ground.kernel.terms import Occurrence
from linli.ground.notices.rules import declare
from linli.ground.notices.services import tell
from linli.ground.notices.terms import Topic, Wording
from linli.ground.people.queries import list_accounts_of
from linli.ground.people.redrawing_rules import main_heirs
from linli.ground.people.services.redrawing import follow_redrawing
from linli.ground.people.terms.redrawing import PostFate, PostFollow
from linli.ground.territory.events import TerritoryRedrawn
from linli.ground.territory.locator import locate
from linli.ground.territory.queries import get_plan, heirs_of_plan, moves_of_plan
from linli.ground.territory.terms import AreaKind
from linli.spine.cases.events import CaseReopened, RedoneAfterCallback
from linli.spine.cases.rules.following import Ground, MovedBuilding
from linli.spine.cases.services import following

KINDS = {
    PostFate.FOLLOWS: "territory.post_follows",
    PostFate.ENDS: "territory.post_ends",
}
declare(
    {
        KINDS[PostFate.FOLLOWS]: Wording(
            sentence=N_("网格调整已生效，您的任职转入调整后的网格。"),
            address="/me",
            topic=Topic.WORK,
        ),
        KINDS[PostFate.ENDS]: Wording(
            sentence=N_("网格调整已生效，您在原网格的任职结束。谢谢您的付出。"),
            address="/me",
            topic=Topic.WORK,
        ),
    }
)


@within(TerritoryRedrawn)
def follow(occurrence: Occurrence) -> None:
    """Let everything that belongs to the former grids go to those that have their ground now."""
    event = occurrence.event
    if not isinstance(event, TerritoryRedrawn):
        return
    posts = follow_redrawing(
        plan_id=event.plan_id,
        heirs=heirs_of_plan(event.plan_id),
        kept=get_plan(event.plan_id).kept_posts,
        on=event.effective_on,
        actor=occurrence.actor,
        at=occurrence.at,
    )
    following.follow_redrawing(
        ground=_ground(event.plan_id, event.effective_on),
        on=event.effective_on,
        plan_id=event.plan_id,
        actor=occurrence.actor,
        at=occurrence.at,
    )
    for fate in PostFate:
        _tell([one for one in posts if one.fate is fate], fate, occurrence)


@within(CaseReopened, RedoneAfterCallback)
def follow_reopened(occurrence: Occurrence) -> None:
    """Give a case that goes on the grid of today, when its own ended while it was closed."""
    following.follow_reopened(
        case_id=UUID(occurrence.subject.id), actor=occurrence.actor, at=occurrence.at
    )


def _ground(plan_id: int, on: date) -> Ground:
    def find_grid(lon: float, lat: float) -> str:
        area = locate(lon, lat, on).area
        return area.code if area is not None and area.kind is AreaKind.GRID else ""

    grids = (heir for heir in heirs_of_plan(plan_id) if heir.kind is AreaKind.GRID)
    return Ground(
        main_heirs=main_heirs(grids),
        buildings=tuple(
            MovedBuilding(
                name=one.name,
                address=one.address,
                from_grid=one.from_grid,
                to_grid=one.to_grid,
            )
            for one in moves_of_plan(plan_id)
        ),
        find_grid=find_grid,
    )


def _tell(posts: list[PostFollow], fate: PostFate, occurrence: Occurrence) -> None:
    changed = [one.post.person_id for one in posts if fate is PostFate.ENDS or _is_elsewhere(one)]
    if changed:
        tell(
            account_ids=list_accounts_of(changed),
            kind=KINDS[fate],
            subject=occurrence.subject,
            params={},
            at=occurrence.at,
            key=str(occurrence.id),
        )


def _is_elsewhere(one: PostFollow) -> bool:
    return one.to_code != one.post.area_code
