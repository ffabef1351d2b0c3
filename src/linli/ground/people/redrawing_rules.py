"""Which posts follow a grid that is re-drawn, which end, and what is vacant then. No clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from linli.ground.territory.plan_terms import Heir

from .terms import LEADERS_OF_ONE_AREA, Role
from .terms.redrawing import ROLES_OF_A_GRID, HeldPost, PostFate, PostFollow, Vacancy


def main_heirs(heirs: Iterable[Heir]) -> dict[str, str]:
    """Say where most of each area's ground goes; of equal shares, to the one that keeps the code.

    Args:
        heirs: who takes over from whom.

    Returns:
        code of the main successor by code of the former area.
    """
    best: dict[str, Heir] = {}
    for heir in heirs:
        known = best.get(heir.former_code)
        if known is None or _rank(heir) > _rank(known):
            best[heir.former_code] = heir
    return {former: heir.code for former, heir in best.items()}


def _rank(heir: Heir) -> tuple[float, bool, str]:
    return heir.share, heir.code == heir.former_code, heir.code


def follow(
    posts: Iterable[HeldPost], heirs: Iterable[Heir], *, kept: Mapping[str, int]
) -> list[PostFollow]:
    """Let each post go where most of its area's ground goes.

    An area has one leader: where several claim it, the one named stays; without a name the one
    whose area keeps its code, else who has held the post longest. The same person holds the
    same post there once.

    Args:
        kept: appointment named to stay, by grid code.
    """
    to = main_heirs(heirs)
    claims: dict[tuple[object, ...], list[HeldPost]] = {}
    for post in posts:
        if post.area_code in to:
            claims.setdefault(_place(post, to[post.area_code]), []).append(post)
    return [
        one
        for place, claimants in claims.items()
        for one in _settle(claimants, str(place[0]), kept)
    ]


def _place(post: HeldPost, code: str) -> tuple[object, ...]:
    """Name what can be held only once: by anybody, or by this person."""
    if post.role in LEADERS_OF_ONE_AREA:
        return code, post.role
    return code, post.role, post.person_id, post.organisation_id


def _settle(claimants: Sequence[HeldPost], to: str, kept: Mapping[str, int]) -> list[PostFollow]:
    by_right = sorted(
        claimants, key=lambda one: (one.area_code != to, one.starts_on, one.appointment_id)
    )
    named = next((one for one in by_right if one.appointment_id == kept.get(to)), None)
    people = {one.person_id for one in claimants}
    stays = named or by_right[0]
    fates = [
        PostFollow(
            post=one,
            to_code=to,
            fate=PostFate.FOLLOWS if one is stays else PostFate.ENDS,
        )
        for one in by_right
    ]
    is_open = named is None and len(people) > 1
    return [replace(one, is_disputed=True) for one in fates] if is_open else fates


def find_vacancies(
    follows: Iterable[PostFollow], grids: Iterable[str], *, staying: Iterable[tuple[Role, str]] = ()
) -> list[Vacancy]:
    """List the roles of a grid that nobody holds after the change.

    Args:
        grids: codes of the grids that are there after it.
        staying: roles by code of posts that are not touched.
    """
    filled = {(one.post.role, one.to_code) for one in follows if one.fate is PostFate.FOLLOWS}
    filled |= set(staying)
    return [
        Vacancy(role=role, area_code=code)
        for code in grids
        for role in ROLES_OF_A_GRID
        if (role, code) not in filled
    ]
