"""Nothing held back from somebody turns up at any address of the house, whoever comes."""

from __future__ import annotations

from collections import defaultdict

from .finding import Found
from .meeting import may_meet
from .visitors import rights_at
from .walking import Said

# Nobody here gets in: the administration changes nothing, the rest asks for a set-up of its own.
SHUT = (
    *("admin:login", "admin:autocomplete", "admin:view_on_site", "admin:admin/(?P<url>.*)$"),
    *("api:api/v1/^.*$", "act_as", "me_sign_out_everywhere"),
    # WeChat is off unless an installation sets it up.
    *(f"{way}_{step}" for way in ("wechat", "wechat_website") for step in ("login", "callback")),
    *("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"),
)
# Parts of a page that say nothing when there is nothing to say.
MAY_BE_EMPTY = (
    *("desk:here", "desk:dispatch_present", "report_places", "report_near"),
    # How far an upload has come stands in the head of the answer (tus 1.0.0).
    *("api:get_upload", "api:patch_upload"),
)


def is_shut(name: str) -> bool:
    """Tell whether an address is closed to everybody here, and has to stay so."""
    return name in SHUT or (name.startswith("admin:") and name.endswith(("_add", "_delete")))


def told(said: Said) -> str:
    """Name one answer."""
    way = "GET" if said.visit.sent is None else "POST"
    return f"{said.visitor.name}: {way} {said.visit.path} ({said.address.name}) {said.status}"


def test_every_address_of_the_house_is_known_here(found: Found) -> None:
    assert found.unknown == []


def test_every_address_is_visited_with_each_set_of_rights_there_is(found: Found) -> None:
    visited = {(one.address.name, rights_at(one.visitor, one.address)) for one in found.said}
    assert sorted({name for name, _ in found.rights - visited}) == []
    assert sorted({name for name, _ in visited - found.rights}) == []


def test_nobody_meets_what_is_held_back_from_them(said: list[Said]) -> None:
    leaks = [
        f"{told(one)} tells {held.name}"
        for one in said
        for held in sorted(one.held - may_meet(one.visitor, one.visit))
    ]
    assert leaks == []


def test_the_walk_would_find_what_leaked(said: list[Said]) -> None:
    met = {held for one in said for held in one.held}
    assert len(met) > 10


def test_every_address_is_reached_by_somebody(said: list[Said]) -> None:
    reached: dict[str, set[int]] = defaultdict(set)
    for one in said:
        reached[one.address.name].add(one.status if one.is_reached else -one.status)
    shut = {name for name in reached if is_shut(name)}
    assert {name: sorted(how) for name, how in reached.items() if max(how) < 0} == {
        name: sorted(how) for name, how in reached.items() if name in shut
    }


def test_no_answer_is_a_fault(said: list[Said]) -> None:
    empty = [one for one in said if one.is_empty and one.address.name not in MAY_BE_EMPTY]
    assert [told(one) for one in said if one.status >= 500 or one in empty] == []
