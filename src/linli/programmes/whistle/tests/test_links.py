"""Links for called organisations without an account: what they open, and what they never do."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest

from linli.ground.kernel.devices import Device
from linli.ground.kernel.models import Event
from linli.ground.people.models import Account
from linli.programmes.whistle.models import CallLink, CallLinkUse, SignIn
from linli.programmes.whistle.queries.codes import get_code
from linli.programmes.whistle.queries.history import timeline
from linli.programmes.whistle.queries.links import (
    call_links,
    linked_whistle,
    may_see_photo_by_call_link,
)
from linli.programmes.whistle.queries.replay import live_state, replayed_state
from linli.programmes.whistle.rules.links import UnableToGiveLink
from linli.programmes.whistle.rules.refusals import NoSuchWhistle, WhistleRefused
from linli.programmes.whistle.services.links import (
    act_by_call_link,
    forget_link_names,
    give_link,
    open_call_link,
    stop_link,
)
from linli.programmes.whistle.services.positions import open_position
from linli.programmes.whistle.terms import (
    ActionName,
    LinkedWhistle,
    Proof,
    Step,
    WhistleInput,
    WhistleView,
)
from linli.spine.cases.link_terms import LinkState, MadeLink
from linli.spine.cases.rules.links import LinkRefused, UnableToMakeLink

from .factories import FAR, THERE, Crew, get, make_picture


def give(crew: Crew, view: WhistleView, who: str = "water", **more: Any) -> MadeLink:
    """Give one of the called a link."""
    more = {"member": crew["dispatcher"], **more}
    return give_link(
        whistle_id=view.id, organisation_id=crew.id_of(who), at=crew.office.tick(), **more
    )


def by_link(crew: Crew, link: MadeLink, action: ActionName, **given: Any) -> None:
    """Act as the one who holds the link, three minutes later."""
    name = given.pop("handler_name", "")
    act_by_call_link(
        token=link.token,
        action=action,
        device=Device.WECHAT,
        at=crew.office.tick(timedelta(minutes=3)),
        form=WhistleInput(**given),
        handler_name=name,
    )


def test_a_whole_whistle_is_answered_by_link(crew: Crew) -> None:
    view = crew.blow()
    link = give(crew, view)
    open_call_link(token=link.token, device=Device.PHONE, at=crew.at)
    by_link(crew, link, ActionName.COME, sends="张工", note="从东门进", handler_name="老 张 ")
    by_link(crew, link, ActionName.SIGN_IN, position=THERE)
    picture = make_picture(at=crew.at)
    by_link(crew, link, ActionName.REPORT_DEED, note="关阀换管", photos=(picture,))
    call = next(one for one in get(crew, view).calls if one.organisation_id == crew.id_of("water"))
    assert (call.sends, call.proof, call.deed) == ("张工", Proof.POSITION, "关阀换管")
    assert SignIn.objects.get().signed_by_id is None
    assert [one.action for one in CallLinkUse.objects.order_by("id")] == [
        "open",
        "come",
        "sign_in",
        "report_deed",
    ]
    assert CallLink.objects.get().handler_name == "老 张"
    assert may_see_photo_by_call_link(token=link.token, photo_id=picture.id, at=crew.at)
    assert replayed_state(view.id) == live_state(view.id)


def test_the_judged_answers_by_link_until_the_time_is_over(crew: Crew) -> None:
    view = crew.play(to=Step.FINISHED)
    link = give(crew, view, "road")
    by_link(crew, link, ActionName.REPLY, disputes=True, note="围挡装了")
    assert linked_whistle(token=link.token, at=crew.at).own.disputes
    reply_by = get(crew, view).reply_by
    assert reply_by is not None
    crew.office.tick(reply_by - crew.at + timedelta(minutes=1))
    with pytest.raises(LinkRefused, match=r"link\.whistle_over"):
        linked_whistle(token=link.token, at=crew.at)
    with pytest.raises(UnableToGiveLink, match=r"whistle\.link_too_late"):
        give(crew, view, "road")


def test_it_acts_for_its_own_organisation_alone(crew: Crew) -> None:
    view = crew.blow()
    link = give(crew, view)
    by_link(crew, link, ActionName.DECLINE, note="走不开", organisation_id=crew.id_of("road"))
    answers = {one.organisation_id: one.answer for one in get(crew, view).calls}
    assert [one for one, said in answers.items() if said] == [crew.id_of("water")]


@pytest.mark.parametrize(
    "action",
    [
        ActionName.COUNTERSIGN,
        ActionName.RECORD_OUTCOME,
        ActionName.CALL_MORE,
        ActionName.CANCEL,
        ActionName.JUDGE,
        ActionName.FEED_BACK,
        ActionName.OPEN_CASE,
        ActionName.COMMENT,
    ],
)
def test_nothing_of_the_caller_s_is_done_by_link(crew: Crew, action: ActionName) -> None:
    view = crew.play(to=Step.ON_SPOT)
    link = give(crew, view)
    with pytest.raises(LinkRefused, match=r"link\.not_for_links"):
        by_link(crew, link, action, note="x", organisation_id=crew.id_of("road"))


def test_expired_revoked_replaced_cancelled_and_unknown_say_so(crew: Crew) -> None:
    view = crew.blow()
    first = give(crew, view)
    second = give(crew, view)
    stop_link(whistle_id=view.id, link_id=second.id, member=crew["dispatcher"], at=crew.at)
    third = give(crew, view, "road", expires_at=crew.at + timedelta(hours=1))
    fourth = give(crew, view, "volunteers")
    for link in (first, second):
        with pytest.raises(LinkRefused, match=r"link\.revoked"):
            linked_whistle(token=link.token, at=crew.at)
    with pytest.raises(LinkRefused, match=r"link\.expired"):
        linked_whistle(token=third.token, at=crew.at + timedelta(hours=2))
    crew.step_on(view.id, ActionName.CANCEL)
    with pytest.raises(LinkRefused, match=r"link\.whistle_over"):
        by_link(crew, fourth, ActionName.COME)
    for unknown in ("x" * 32, "\x00"):
        with pytest.raises(LinkRefused, match=r"link\.unknown"):
            linked_whistle(token=unknown, at=crew.at)
    assert not SignIn.objects.exists()


def test_only_the_caller_s_side_gives_and_stops(crew: Crew) -> None:
    view = crew.blow()
    link = give(crew, view)
    for who in ("water", "supervisor"):
        with pytest.raises(UnableToGiveLink, match=r"whistle\.link_not_yours"):
            give(crew, view, member=crew[who])
        with pytest.raises(UnableToGiveLink, match=r"whistle\.link_not_yours"):
            stop_link(whistle_id=view.id, link_id=link.id, member=crew[who], at=crew.at)
    for who in ("stranger", "resident"):
        with pytest.raises(NoSuchWhistle):
            call_links(whistle_id=view.id, member=crew[who], at=crew.at)
    with pytest.raises(UnableToGiveLink, match=r"whistle\.link_not_called"):
        give(crew, view, "police")
    with pytest.raises(UnableToMakeLink, match=r"link\.expiry_out_of_range"):
        give(crew, view, expires_at=crew.at + timedelta(days=91))
    give(crew, view, member=crew["shift"])


def test_a_link_of_another_whistle_is_not_stopped_here(crew: Crew) -> None:
    view, other = crew.blow(), crew.blow()
    link = give(crew, other)
    with pytest.raises(UnableToGiveLink, match=r"whistle\.link_stopped"):
        stop_link(whistle_id=view.id, link_id=link.id, member=crew["dispatcher"], at=crew.at)
    assert CallLink.objects.get().revoked_at is None


def test_its_uses_and_state_are_listed_and_who_has_an_account(crew: Crew) -> None:
    Account.objects.filter(id=crew.accounts["road"].pk).update(is_active=False)
    view = crew.blow()
    link = give(crew, view)
    by_link(crew, link, ActionName.COME)
    listed = call_links(whistle_id=view.id, member=crew["dispatcher"], at=crew.at)
    have = {one.organisation_id: one.has_account for one in listed}
    assert have == {
        crew.id_of("water"): True,
        crew.id_of("road"): False,
        crew.id_of("volunteers"): True,
    }
    (given,) = next(one.links for one in listed if one.organisation_id == crew.id_of("water"))
    assert (given.state, [one.what for one in given.uses]) == (LinkState.OPEN, ["会来"])


def test_the_history_names_the_unit_and_no_person(crew: Crew) -> None:
    view = crew.blow()
    link = give(crew, view)
    by_link(crew, link, ActionName.COME, handler_name="老张")
    told = [(one.who, one.what) for one in timeline(whistle_id=view.id)]
    assert told[-1] == ("示例水务（凭链接）", "示例水务答复：会来")
    assert told[-2][1] == "给示例水务发了报到链接"
    assert "老张" not in str([Event.objects.values()])


def test_the_caller_s_code_proves_a_sign_in_without_a_position(crew: Crew) -> None:
    view = crew.blow()
    link = give(crew, view)
    shown = get_code(whistle_id=view.id, member=crew["dispatcher"], at=crew.at)
    with pytest.raises(WhistleRefused, match=r"whistle\.code_wrong"):
        by_link(crew, link, ActionName.SIGN_IN, code=f"{(int(shown.code) + 1) % 10**6:06d}")
    by_link(crew, link, ActionName.SIGN_IN, code=f"{shown.code[:3]} {shown.code[3:]}", position=FAR)
    assert SignIn.objects.get().proof == Proof.CODE
    fits = get(crew, view).calls[0]
    assert fits.proof is Proof.CODE
    assert replayed_state(view.id) == live_state(view.id)


def test_a_code_of_half_an_hour_ago_or_of_another_whistle_proves_nothing(crew: Crew) -> None:
    view, other = crew.blow(), crew.blow()
    link, at = give(crew, view), crew.at
    codes = {
        one.id: get_code(whistle_id=one.id, member=crew["shift"], at=at) for one in (view, other)
    }
    assert codes[view.id].changes_at > at
    with pytest.raises(WhistleRefused, match=r"whistle\.code_wrong"):
        by_link(crew, link, ActionName.SIGN_IN, code=codes[other.id].code)
    crew.office.tick(timedelta(minutes=30))
    with pytest.raises(WhistleRefused, match=r"whistle\.code_wrong"):
        by_link(crew, link, ActionName.SIGN_IN, code=codes[view.id].code)


def test_the_code_is_shown_to_the_caller_s_side_while_others_are_awaited(crew: Crew) -> None:
    view = crew.play(to=Step.JUDGING)
    for who in ("dispatcher", "water"):
        with pytest.raises(WhistleRefused, match=r"whistle\.no_code_for_you"):
            get_code(whistle_id=view.id, member=crew[who], at=crew.at)
    with pytest.raises(NoSuchWhistle):
        get_code(whistle_id=view.id, member=crew["stranger"], at=crew.at)


def test_one_with_an_account_may_sign_in_by_the_code_too(crew: Crew) -> None:
    view = crew.blow()
    code = get_code(whistle_id=view.id, member=crew["dispatcher"], at=crew.at).code
    crew.act(view.id, ActionName.SIGN_IN, "water", code=code)
    assert SignIn.objects.get().proof == Proof.CODE


def test_nothing_of_a_reporter_is_shown(crew: Crew) -> None:
    view = crew.blow(wanted="到场后打 13912340987")
    shown = linked_whistle(token=give(crew, view).token, at=crew.at)
    assert "13912340987" not in shown.wanted
    names = {one.name for one in fields(LinkedWhistle)}
    assert not {"case_id", "case_number", "caller_account_id", "reason"} & names


def test_the_position_of_a_sign_in_by_link_names_nobody_when_opened(crew: Crew) -> None:
    view = crew.blow()
    by_link(crew, give(crew, view), ActionName.SIGN_IN, position=THERE)
    opened = open_position(
        whistle_id=view.id,
        organisation_id=crew.id_of("water"),
        member=crew["leader"],
        reason="核对",
        at=crew.at,
    )
    assert opened.organisation_name == "示例水务"


def test_names_are_forgotten_ninety_days_after_the_end(crew: Crew) -> None:
    view = crew.blow()
    link = give(crew, view)
    by_link(crew, link, ActionName.COME, handler_name="老张")
    assert forget_link_names(at=link.expires_at + timedelta(days=89)) == 0
    assert forget_link_names(at=link.expires_at + timedelta(days=91)) == 1
    assert CallLink.objects.get().handler_name == ""
