"""What a plan to re-draw grids brings about in every room: what the preview of the desk shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from linli.faces.desk.offers import in_english
from linli.ground.people.queries.redrawing import posts_after
from linli.ground.people.redrawing_rules import main_heirs
from linli.ground.people.terms import Role
from linli.ground.people.terms.redrawing import PostFate, PostFollow, PostsAfter
from linli.ground.territory.plan_terms import Change
from linli.ground.territory.queries import PlannedTerritory
from linli.ground.territory.terms import AreaKind
from linli.spine.cases.queries.following import CaseFlow, count_followers
from linli.spine.cases.rules.following import FollowedBy, Ground, MovedBuilding


@dataclass(frozen=True, kw_only=True)
class PostLine:
    """What becomes of one post, in names; `shifts` still to come of somebody whose post ends."""

    appointment_id: int
    role: Role
    person: str
    former: str
    area: str
    fate: PostFate
    shifts: int = 0


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Leaders of whom one can stay in a grid; `chosen` is the appointment named, if any."""

    grid_code: str
    grid: str
    leaders: tuple[PostLine, ...]
    chosen: int | None


@dataclass(frozen=True, kw_only=True)
class CaseLine:
    """How many open cases go from one grid to another, in names."""

    former: str
    grid: str
    by: FollowedBy
    count: int
    is_elsewhere: bool


@dataclass(frozen=True, kw_only=True)
class Consequences:
    """Posts and open cases that follow, roles nobody holds; all in names."""

    moving: tuple[PostLine, ...]
    leaving: tuple[PostLine, ...]
    staying: int
    vacant: tuple[tuple[str, tuple[Role, ...]], ...]
    cases: tuple[CaseLine, ...]
    claims: tuple[Claim, ...]

    @property
    def case_count(self) -> int:
        """Count the open cases that get another grid."""
        return sum(line.count for line in self.cases if line.is_elsewhere)

    @property
    def open_claim(self) -> Claim | None:
        """Find a grid whose leader is still to be named."""
        return next((one for one in self.claims if one.chosen is None), None)


def foresee(planned: PlannedTerritory, *, at: datetime) -> Consequences:
    """Work out what a plan brings about above the territory; nothing is written.

    Args:
        at: aware instant of asking.
    """
    heirs = planned.preview.heirs
    grids = [one.code for one in planned.preview.grids if one.change is not Change.ENDS]
    posts = posts_after(
        heirs=heirs,
        grids=grids,
        kept=planned.view.kept_posts,
        on=planned.view.effective_on,
        at=at,
    )
    names = _names(planned)
    flows = count_followers(_ground(planned)) if heirs else []
    lines = [(one, _post_line(one, names, posts)) for one in posts.posts]
    leaving = [line for one, line in lines if one.fate is PostFate.ENDS]
    moving = [line for one, line in lines if one.fate is PostFate.FOLLOWS and _is_elsewhere(one)]
    return Consequences(
        moving=tuple(moving),
        leaving=tuple(leaving),
        staying=len(lines) - len(leaving) - len(moving),
        vacant=_vacant(posts, names),
        cases=tuple(_case_line(flow, names) for flow in flows),
        claims=tuple(_claims(lines, names, planned.view.kept_posts)),
    )


def _ground(planned: PlannedTerritory) -> Ground:
    grids = (heir for heir in planned.preview.heirs if heir.kind is AreaKind.GRID)
    return Ground(
        main_heirs=main_heirs(grids),
        buildings=tuple(
            MovedBuilding(
                name=move.name,
                address=move.address,
                from_grid=move.from_grid,
                to_grid=move.to_grid,
            )
            for move in planned.preview.buildings
        ),
        find_grid=planned.grid_at,
    )


def _is_elsewhere(one: PostFollow) -> bool:
    return one.to_code != one.post.area_code


def _post_line(one: PostFollow, names: _Names, posts: PostsAfter) -> PostLine:
    is_ending = one.fate is PostFate.ENDS
    return PostLine(
        appointment_id=one.post.appointment_id,
        role=one.post.role,
        person=one.post.person_name,
        former=names.of_former(one.post.area_code),
        area=names.of(one.to_code),
        fate=one.fate,
        shifts=posts.shifts.get(one.post.person_id, 0) if is_ending else 0,
    )


def _vacant(posts: PostsAfter, names: _Names) -> tuple[tuple[str, tuple[Role, ...]], ...]:
    found: dict[str, list[Role]] = {}
    for one in posts.vacancies:
        found.setdefault(names.of(one.area_code), []).append(one.role)
    return tuple((name, tuple(roles)) for name, roles in found.items())


def _case_line(flow: CaseFlow, names: _Names) -> CaseLine:
    return CaseLine(
        former=names.of_former(flow.from_code),
        grid=names.of(flow.to_code),
        by=flow.by,
        count=flow.count,
        is_elsewhere=flow.from_code != flow.to_code,
    )


def _claims(
    lines: list[tuple[PostFollow, PostLine]], names: _Names, kept: Mapping[str, int]
) -> Iterator[Claim]:
    """Group the leaders of grids of whom one can stay, also where one has been named."""
    by_grid: dict[str, list[PostLine]] = {}
    for one, line in lines:
        if one.post.role is Role.GRID_LEADER:
            by_grid.setdefault(one.to_code, []).append(line)
    for code, leaders in by_grid.items():
        if len({line.person for line in leaders}) > 1 or len(leaders) > 1:
            known = {line.appointment_id for line in leaders}
            chosen = kept.get(code)
            yield Claim(
                grid_code=code,
                grid=names.of(code),
                leaders=tuple(leaders),
                chosen=chosen if chosen in known else None,
            )


@dataclass(frozen=True, kw_only=True)
class _Names:
    """What areas are called by code, before and after the plan, in the language of the page."""

    before: Mapping[str, str]
    after: Mapping[str, str]

    def of_former(self, code: str) -> str:
        return self.before.get(code, code)

    def of(self, code: str) -> str:
        return self.after.get(code) or self.before.get(code, code)


def _names(planned: PlannedTerritory) -> _Names:
    buildings = {code: one.name for code, one in planned.before.buildings.items()}
    moved = {move.new_code: move.name for move in planned.preview.buildings}
    before = {code: name_grid(one) for code, one in planned.before.grids.items()}
    after = {code: name_grid(one) for code, one in planned.after.grids.items()}
    return _Names(before={**buildings, **before}, after={**moved, **after})


class Named(Protocol):
    """What has a name, and perhaps an English one."""

    @property
    def name(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def name_grid(one: Named) -> str:
    """Name a grid in the language of the page."""
    return (one.name_en if in_english() else "") or one.name
