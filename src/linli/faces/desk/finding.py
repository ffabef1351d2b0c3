"""What one box finds, group by group, as far as the one who asks may see each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from linli.faces.desk.access import holds_post_for
from linli.ground.kernel.marking import N_
from linli.ground.kernel.tokens import asked_tokens, pieces_found
from linli.ground.people.queries import search_organisations, search_persons
from linli.ground.people.rules import reach
from linli.ground.people.terms import Action, Member
from linli.ground.territory.queries import find_places
from linli.ground.territory.terms import AreaKind, FoundPlace, code_prefix
from linli.spine.cases.queries.responsibilities import search_responsibilities
from linli.spine.cases.queries.search import CaseHit, FoundBy, search_cases, search_codes

from .agenda import make_line

LONGEST = 100
MOST_CASES, MOST_OTHERS = 8, 6


GROUP_LABELS = {
    "cases": N_("案件"),
    "places": N_("地点"),
    "organisations": N_("单位"),
    "responsibilities": N_("职责"),
    "categories": N_("类别"),
    "people": N_("居民"),
}


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One line of what was found: what it is called, where it leads, and a word beside it.

    `code`: number or code; `is_meant`: one slip of the finger away from what was typed.
    """

    title: str
    url: str = ""
    code: str = ""
    note: str = ""
    excerpt: str = ""
    is_meant: bool = False
    case: object = None
    alias_of: str = ""


@dataclass(frozen=True, kw_only=True)
class Group:
    """What was found of one kind; `more_url` leads to the rest where there is more."""

    key: str
    hits: tuple[Hit, ...]
    more_url: str = ""

    @property
    def label(self) -> str:
        """The name of the kind, a msgid."""
        return GROUP_LABELS[self.key]


def is_enough(text: str) -> bool:
    """Say whether there is enough to ask for: one Chinese character, or two signs of another."""
    return bool(asked_tokens(text)) and (len(text) > 1 or not text.isascii())


def searched_groups(member: Member) -> list[str]:
    """List the kinds a member may look through."""
    closed = set()
    if not holds_post_for(member, Action.CASE_LIST):
        closed.add("cases")
    if reach(member, Action.PERSON_OPEN).is_empty:
        closed.add("people")
    return [key for key in GROUP_LABELS if key not in closed]


def search_all(*, member: Member, text: str, at: datetime) -> list[Group]:
    """Look through every kind the member may, and give the groups in which something was found."""
    searches: dict[str, Callable[[Member, str, datetime], Group]] = {
        "cases": _cases,
        "places": _places,
        "organisations": _organisations,
        "responsibilities": _responsibilities,
        "categories": _categories,
        "people": _people,
    }
    found = (searches[key](member, text, at) for key in searched_groups(member))
    return [group for group in found if group.hits]


def _cases(member: Member, text: str, at: datetime) -> Group:
    found = search_cases(member=member, text=text, at=at, limit=MOST_CASES)
    more = f"{reverse('desk:cases')}?{urlencode({'q': text})}" if found.is_more else ""
    return Group(key="cases", hits=tuple(_case(hit, text, at) for hit in found.hits), more_url=more)


def _case(hit: CaseHit, text: str, at: datetime) -> Hit:
    row = hit.row
    is_worth = hit.found_by is FoundBy.WORDS and not _is_in(row.title, text)
    return Hit(
        title=row.title or gettext("（内容已清除）"),
        url=reverse("desk:case", args=[row.number]),
        code=row.number,
        note=" · ".join(part for part in (row.category_name, row.grid_name, row.address) if part),
        excerpt=hit.excerpt if is_worth and _is_in(hit.excerpt, text) else "",
        is_meant=hit.found_by is FoundBy.MEANT,
        case=make_line(row, now=at),
    )


def _is_in(words: str, text: str) -> bool:
    return any(is_hit for _piece, is_hit in pieces_found(words, text))


def _places(member: Member, text: str, at: datetime) -> Group:
    found = find_places(text, street_of(member), MOST_OTHERS)
    return Group(key="places", hits=tuple(_place(one, member) for one in found))


def _place(place: FoundPlace, member: Member) -> Hit:
    parts = dict.fromkeys([gettext(place.kind_label), place.address, place.grid or place.within])
    return Hit(
        title=place.name,
        url=_cases_url(member, area=_listed_area(place.area.code)),
        note=" · ".join(part for part in parts if part and part != place.name),
        alias_of=place.area.code if holds_post_for(member, Action.PLACE_NAME) else "",
    )


def _listed_area(code: str) -> str:
    """Give the grid or community of an area, by which the list of cases can be filtered."""
    return code_prefix(code, AreaKind.GRID)


def _organisations(member: Member, text: str, at: datetime) -> Group:
    hits = (
        Hit(
            title=(one.name_en if _in_english() else "") or one.name,
            url=_cases_url(member, organisation=one.id),
            note=gettext(one.kind.label),
        )
        for one in search_organisations(text=text, limit=MOST_OTHERS)
    )
    return Group(key="organisations", hits=tuple(hits))


def _responsibilities(member: Member, text: str, at: datetime) -> Group:
    found = search_responsibilities(
        text=text, street_code=street_of(member), on=timezone.localdate(at), limit=MOST_OTHERS
    )
    hits = (
        Hit(
            title=one.title,
            code=gettext("第 %(number)s 项") % {"number": one.item_no},
            url=_cases_url(member, organisation=one.lead_id),
            note=gettext("牵头：%(name)s") % {"name": one.lead_name},
        )
        for one in found
    )
    return Group(key="responsibilities", hits=tuple(hits))


def _categories(member: Member, text: str, at: datetime) -> Group:
    found, is_meant = search_codes(text=text, limit=MOST_OTHERS)
    hits = (
        Hit(
            title=(one.name_en if _in_english() else "") or one.name,
            code=one.code,
            url=_cases_url(member, category=one.id),
            note=(one.major_name_en if _in_english() else "") or one.major_name,
            is_meant=is_meant,
        )
        for one in found
    )
    return Group(key="categories", hits=tuple(hits))


def _people(member: Member, text: str, at: datetime) -> Group:
    hits = (
        Hit(title=one.name, url=reverse("person", args=[one.id]), note=one.area_name)
        for one in search_persons(member=member, text=text, limit=MOST_OTHERS)
    )
    return Group(key="people", hits=tuple(hits))


def street_of(member: Member) -> str:
    """Give the code of the sub-district a member works for, or an empty text."""
    return next((post.street_code for post in member.appointments if post.street_code), "")


def street_codes(member: Member, action: Action) -> list[str] | None:
    """List the sub-districts in which a member may do something; None for everywhere."""
    scope = reach(member, action)
    return None if scope.all else [*_streets(scope.area_prefixes)]


def _streets(prefixes: tuple[str, ...]) -> Iterator[str]:
    for prefix in prefixes:
        yield code_prefix(prefix, AreaKind.STREET).ljust(12, "0")


def _cases_url(member: Member, **query: object) -> str:
    if not holds_post_for(member, Action.CASE_LIST):
        return ""
    return f"{reverse('desk:cases')}?{urlencode(query)}"


def _in_english() -> bool:
    return (get_language() or "").startswith("en")
