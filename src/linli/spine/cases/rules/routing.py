"""Who should handle a matter: pure rules over the lists of responsibilities in force.

The order is fixed and said with every proposal: an item naming the category beats one that takes
its whole major class; of two alike, the one for the smaller area wins; of two still alike, the
one with the lower number, and the tie is noted. A whistle item never routes: a person blows it.
A complaint about a unit goes to its superior, never to the unit nor to anything below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from linli.ground.kernel.marking import N_
from linli.spine.cases.catalogue_terms import ResponsibilityKind


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why: a stable code and what fills its sentence (ids, codes, numbers only)."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of a list of responsibilities, as the rules read it.

    `area_prefix` holds the significant digits of its area's code; empty means the whole street.
    """

    id: int
    item_no: int
    version: str
    kind: ResponsibilityKind
    lead_id: int
    helper_ids: tuple[int, ...] = ()
    keys: frozenset[str] = frozenset()
    majors: frozenset[str] = frozenset()
    area_prefix: str = ""
    effective_from: date = date.min
    effective_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class OrganisationTree:
    """Who stands above whom; `parents` holds every organisation, `active` those that can act."""

    parents: Mapping[int, int | None]
    active: frozenset[int]
    centre_id: int | None

    def list_superiors(self, organisation_id: int) -> list[int]:
        """List the organisations above this one, nearest first; a circle in the tree ends it."""
        found: list[int] = []
        above = self.parents.get(organisation_id)
        while above is not None and above not in found and above != organisation_id:
            found.append(above)
            above = self.parents.get(above)
        return found

    def is_within(self, organisation_id: int, unit_id: int) -> bool:
        """Say whether the organisation is the unit itself or stands anywhere below it."""
        return organisation_id == unit_id or unit_id in self.list_superiors(organisation_id)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What is to be routed; `area_code` is the code of the smallest area known, or empty."""

    key: str
    major_key: str
    area_code: str
    on: date
    about_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """Who should lead and help, why, and what a person should know besides.

    `lead_id` is empty only when nobody at all may take it; the reason says so.
    """

    lead_id: int | None
    reason: Reason
    helper_ids: tuple[int, ...] = ()
    responsibility_id: int | None = None
    notes: tuple[Reason, ...] = ()


REASONS: Mapping[str, str] = {
    "routing.by_item": N_(
        "派往%(lead)s，因为职责清单 %(version)s 第 %(item)s 项写明由其负责此类事项。"
    ),
    "routing.by_item_in_area": N_(
        "派往%(lead)s，因为职责清单 %(version)s 第 %(item)s 项写明由其负责本区域的此类事项。"
    ),
    "routing.by_major_class": N_(
        "派往%(lead)s，因为职责清单 %(version)s 没有单列此类事项，第 %(item)s 项兜底负责这一大类。"
    ),
    "routing.to_superior": N_(
        "派往%(lead)s，因为反映的是%(about)s，须由其上级办理，不交被反映的单位及其下属。"
    ),
    "routing.no_superior": N_("反映的是%(about)s，它没有能办理的上级：由%(lead)s办理。"),
    "routing.nobody_above": N_(
        "反映的是%(about)s，系统内没有可以办理的上级或中立单位，须人工报送上一级。"
    ),
    "routing.to_centre": N_(
        "派往%(lead)s，因为现行职责清单里没有适用的条目，由指挥中心确定承办单位。"
    ),
    "routing.no_centre": N_(
        "现行职责清单里没有适用的条目，也没有设置指挥中心，须人工确定承办单位。"
    ),
    "routing.tie": N_("第 %(other)s 项同样适用，按项号从小到大取第 %(item)s 项。"),
    "routing.broken_lead": N_(
        "职责清单 %(version)s 第 %(item)s 项本应适用，但其牵头单位%(broken)s已停用，请修订清单。"
    ),
    "routing.broken_helper": N_(
        "职责清单 %(version)s 第 %(item)s 项的配合单位%(broken)s已停用，请修订清单。"
    ),
    "routing.whistle": N_("第 %(item)s 项可由街道吹哨，召集部门到场。"),
}


def propose(*, matter: Matter, items: Iterable[Item], tree: OrganisationTree) -> Proposal:
    """Propose who leads and who helps in one matter, with the reason.

    Args:
        matter: category, place and day, and the unit complained about if any.
        items: items of the lists that may be in force; their dates are checked here.
        tree: all organisations of the house.
    """
    if matter.about_id is not None:
        return _above(matter.about_id, tree)
    key, major = matter.key, matter.major_key
    # Written out: of hundreds of items few name the matter, and this is asked for every case shown.
    named = [item for item in items if key in item.keys or major in item.majors]
    fitting = sorted(
        (item for item in named if _reaches(item, matter)), key=lambda item: _rank(item, matter)
    )
    leads = [item for item in fitting if item.kind is not ResponsibilityKind.WHISTLE]
    whistles = [item for item in fitting if item.kind is ResponsibilityKind.WHISTLE]
    working = [item for item in leads if item.lead_id in tree.active]
    notes = _broken(leads, working) + tuple(
        Reason(code="routing.whistle", params={"item": item.item_no}) for item in whistles
    )
    if not working:
        return _to_centre(tree, notes)
    return _by_item(working, matter, tree, notes)


def _reaches(item: Item, matter: Matter) -> bool:
    in_force = item.effective_from <= matter.on and (
        item.effective_to is None or matter.on < item.effective_to
    )
    return in_force and matter.area_code.startswith(item.area_prefix)


def _rank(item: Item, matter: Matter) -> tuple[bool, int, int, int]:
    return (matter.key not in item.keys, -len(item.area_prefix), item.item_no, item.id)


def _by_item(
    working: Sequence[Item], matter: Matter, tree: OrganisationTree, notes: tuple[Reason, ...]
) -> Proposal:
    chosen = working[0]
    ties = tuple(
        Reason(code="routing.tie", params={"other": other.item_no, "item": chosen.item_no})
        for other in working[1:]
        if _rank(other, matter)[:2] == _rank(chosen, matter)[:2]
    )
    helpers = [one for one in dict.fromkeys(chosen.helper_ids) if one != chosen.lead_id]
    return Proposal(
        lead_id=chosen.lead_id,
        helper_ids=tuple(one for one in helpers if one in tree.active),
        responsibility_id=chosen.id,
        reason=_item_reason(chosen, matter),
        notes=ties + notes + _broken_helpers(chosen, tree),
    )


def _item_reason(item: Item, matter: Matter) -> Reason:
    if matter.key not in item.keys:
        code = "routing.by_major_class"
    elif item.area_prefix:
        code = "routing.by_item_in_area"
    else:
        code = "routing.by_item"
    return Reason(
        code=code, params={"lead": item.lead_id, "item": item.item_no, "version": item.version}
    )


def _broken(leads: Sequence[Item], working: Sequence[Item]) -> tuple[Reason, ...]:
    return tuple(
        _fault("routing.broken_lead", item, item.lead_id) for item in leads if item not in working
    )


def _broken_helpers(item: Item, tree: OrganisationTree) -> tuple[Reason, ...]:
    return tuple(
        _fault("routing.broken_helper", item, one)
        for one in dict.fromkeys(item.helper_ids)
        if one not in tree.active
    )


def _fault(code: str, item: Item, organisation_id: int) -> Reason:
    params: dict[str, str | int] = {
        "item": item.item_no,
        "version": item.version,
        "broken": organisation_id,
    }
    return Reason(code=code, params=params)


def _to_centre(tree: OrganisationTree, notes: tuple[Reason, ...]) -> Proposal:
    if tree.centre_id is None or tree.centre_id not in tree.active:
        return Proposal(lead_id=None, reason=Reason(code="routing.no_centre"), notes=notes)
    reason = Reason(code="routing.to_centre", params={"lead": tree.centre_id})
    return Proposal(lead_id=tree.centre_id, reason=reason, notes=notes)


def _above(about_id: int, tree: OrganisationTree) -> Proposal:
    for superior in tree.list_superiors(about_id):
        if superior in tree.active and not tree.is_within(superior, about_id):
            return _neutral("routing.to_superior", superior, about_id)
    centre = tree.centre_id
    if centre is not None and centre in tree.active and not tree.is_within(centre, about_id):
        return _neutral("routing.no_superior", centre, about_id)
    return Proposal(
        lead_id=None, reason=Reason(code="routing.nobody_above", params={"about": about_id})
    )


def _neutral(code: str, lead_id: int, about_id: int) -> Proposal:
    return Proposal(
        lead_id=lead_id, reason=Reason(code=code, params={"lead": lead_id, "about": about_id})
    )
