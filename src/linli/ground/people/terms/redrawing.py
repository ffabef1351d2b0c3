"""What becomes of posts when the area they are held in is re-drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from linli.ground.kernel.marking import N_

from .roles import Role

# Who a grid should have; the first alone is the only one of a grid.
ROLES_OF_A_GRID = (Role.GRID_LEADER, Role.GRID_WORKER, Role.GRID_OFFICER, Role.ORDER_HELPER)


class PostFate(StrEnum):
    """A post goes on in the successor, or ends there because another has it."""

    FOLLOWS = "follows"
    ENDS = "ends"

    @property
    def label(self) -> str:
        """The Chinese name of the fate, a message id."""
        return POST_FATE_LABELS[self]


POST_FATE_LABELS: Mapping[PostFate, str] = {
    PostFate.FOLLOWS: N_("随网格转入"),
    PostFate.ENDS: N_("任职结束"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldPost:
    """A post held in an area that is re-drawn, by the code of the area."""

    appointment_id: int
    person_id: int
    person_name: str
    role: Role
    organisation_id: int | None
    area_code: str
    starts_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class PostFollow:
    """What becomes of one post; `is_disputed` when others claim the place and nobody is named."""

    post: HeldPost
    to_code: str
    fate: PostFate
    is_disputed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Vacancy:
    """A role nobody holds in a grid after the change."""

    role: Role
    area_code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PostsAfter:
    """Posts, vacancies and the shifts still to come of those whose post ends, by person."""

    posts: tuple[PostFollow, ...]
    vacancies: tuple[Vacancy, ...]
    shifts: Mapping[int, int]

    @property
    def disputed(self) -> dict[str, list[PostFollow]]:
        """Group the posts between which somebody has to choose, by grid."""
        found: dict[str, list[PostFollow]] = {}
        for one in self.posts:
            if one.is_disputed:
                found.setdefault(one.to_code, []).append(one)
        return found
