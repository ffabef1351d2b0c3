"""Links for handlers without an account: what they open, what they do, and what they never do."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.ground.kernel.devices import Device, device_of
from linli.ground.kernel.held_links import new_token
from linli.ground.kernel.models import Event
from linli.ground.people.terms import Role
from linli.spine.cases import queries
from linli.spine.cases.catalogue_terms import Audience
from linli.spine.cases.link_terms import LINK_ACTIONS, LinkedCase, LinkState, MadeLink
from linli.spine.cases.models import Assignment, Case, CasePhoto, HandlerLink, LinkUse
from linli.spine.cases.queries.links import (
    case_links,
    find_link_street,
    link_address,
    linked_case,
    may_see_photo_by_link,
)
from linli.spine.cases.queries.replay import live_state, replayed_state
from linli.spine.cases.rules.links import (
    LinkRefused,
    UnableToMakeLink,
    default_expiry,
    tell_state,
)
from linli.spine.cases.rules.refusals import ActionRefused, NoSuchCase
from linli.spine.cases.services.links import (
    act_by_link,
    forget_handler_names,
    make_link,
    open_link,
    revoke_link,
)
from linli.spine.cases.terms import ActionInput, ActionName, Duty, Reported, Step

from .factories import START, Office, make_photo
from .test_privacy import CANARIES, with_canary

LATER = timedelta(days=2)


def give(office: Office, reported: Reported, **changes: Any) -> MadeLink:
    """Let the dispatcher give a link for the lead."""
    changes.setdefault("member", office[Role.DISPATCHER])
    return make_link(assignment_id=lead_of(reported).pk, at=office.tick(), **changes)


def lead_of(reported: Reported) -> Assignment:
    return Assignment.objects.filter(case_id=reported.case_id, duty=Duty.LEAD).latest("id")


def use(office: Office, link: MadeLink, action: ActionName, **changes: Any) -> None:
    """Let the holder of a link act."""
    form = ActionInput(**changes.pop("form", {}))
    act_by_link(
        token=link.token,
        action=action,
        device=Device.WECHAT,
        at=office.tick(),
        form=form,
        **changes,
    )


def look(office: Office, link: MadeLink) -> LinkedCase:
    return linked_case(token=link.token, at=office.at)


def step_of(reported: Reported) -> str:
    return Case.objects.values_list("step", flat=True).get(id=reported.case_id)


def test_a_link_takes_a_case_from_offer_to_result(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    link = give(office, reported)
    use(office, link, ActionName.ACCEPT, handler_name="张师傅")
    assert step_of(reported) == Step.HANDLING
    use(office, link, ActionName.FEED_BACK, form={"note": "已清运", "photos": (make_photo(),)})
    assert step_of(reported) == Step.CHECKING
    assert replayed_state(reported.case_id) == live_state(reported.case_id)
    last = Event.objects.filter(name="cases.fed_back").get()
    assert (last.actor_kind, last.actor_id) == ("link", None)
    assert last.actor_organisation_id == office.lead.pk
    used = LinkUse.objects.get(event_id=last.id)
    assert (used.link_id, used.device, used.link.handler_name) == (link.id, "wechat", "张师傅")


def test_the_token_is_kept_only_as_a_hash_and_is_hard_to_guess(office: Office) -> None:
    link = give(office, office.play(to=Step.ACCEPTING))
    row = HandlerLink.objects.get()
    assert len(link.token) == 32
    assert link.token.encode() not in bytes(row.digest)
    assert len({new_token() for _ in range(50)}) == 50
    assert (
        link_address(link.token, base="https://a.example/") == f"https://a.example/h/{link.token}"
    )


def test_the_history_names_the_unit_and_no_reporter(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    use(office, give(office, reported), ActionName.ACCEPT)
    told = queries.timeline(case_id=reported.case_id, audience=Audience.STAFF)
    assert [entry.what for entry in told][-2:] == ["给示例环卫所发了承办链接", "示例环卫所接单"]
    assert told[-1].who == "示例环卫所（凭链接）"
    public = queries.timeline(case_id=reported.case_id, audience=Audience.PUBLIC)
    assert "链接" not in "".join(entry.what for entry in public)


def test_returning_by_link_cites_a_responsibility(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    link = give(office, reported)
    with pytest.raises(ActionRefused, match=r"cases\.responsibility_missing"):
        use(office, link, ActionName.RETURN, form={"note": "不归我们"})
    cited = {"note": "不归我们", "responsibility_id": office.responsibility.pk}
    use(office, link, ActionName.RETURN, form=cited)
    assert step_of(reported) == Step.DISPATCHING
    with pytest.raises(LinkRefused, match=r"link\.over"):
        look(office, link)


def test_asking_the_centre_changes_no_clock(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    due = Case.objects.values_list("due_at", flat=True).get(id=reported.case_id)
    use(office, give(office, reported), ActionName.CONTACT_REQUEST, form={"note": "几楼？"})
    assert Case.objects.values_list("due_at", flat=True).get(id=reported.case_id) == due


@pytest.mark.parametrize("action", sorted(set(ActionName) - set(LINK_ACTIONS[Duty.LEAD])))
@pytest.mark.parametrize("step", [Step.ACCEPTING, Step.CHECKING])
def test_nothing_else_can_be_done_by_link(office: Office, action: ActionName, step: Step) -> None:
    reported = office.play(to=step)
    link = give(office, reported)
    everything = {
        "note": "试试",
        "photos": (make_photo(),),
        "lead_id": office.other.pk,
        "category_id": office.category.pk,
    }
    with pytest.raises(LinkRefused, match=r"link\.not_for_links"):
        use(office, link, action, form=everything)
    assert step_of(reported) == step


def test_a_helper_s_link_asks_and_tells_but_neither_accepts_nor_reports(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    helpers: dict[str, Any] = {"lead_id": office.lead.pk, "helper_ids": (office.other.pk,)}
    office.act(reported.case_id, ActionName.DISPATCH, Role.DISPATCHER, **helpers)
    helper = Assignment.objects.get(case_id=reported.case_id, duty=Duty.HELPER)
    member = office[Role.DISPATCHER]
    link = make_link(assignment_id=helper.pk, member=member, at=office.tick())
    offered = {action.name for action in look(office, link).actions}
    assert ActionName.COMMENT in offered
    assert not offered & {ActionName.ACCEPT, ActionName.FEED_BACK, ActionName.RETURN}
    with pytest.raises(LinkRefused):
        use(office, link, ActionName.ACCEPT)


def test_a_task_s_link_does_that_task_and_leaves_the_lead_alone(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    given: dict[str, Any] = {"unit_id": office.other.pk, "note": "清理围挡，电话 13912340987"}
    office.act(reported.case_id, ActionName.ADD_TASK, Role.DISPATCHER, **given)
    task = Assignment.objects.get(case_id=reported.case_id, duty=Duty.TASK)
    member = office[Role.DISPATCHER]
    link = make_link(assignment_id=task.pk, member=member, at=office.tick())
    seen = look(office, link)
    assert seen.brief == "清理围挡，电话 139****87"
    assert ActionName.FEED_BACK not in {action.name for action in seen.actions}
    with pytest.raises(LinkRefused):
        use(office, link, ActionName.FEED_BACK, form={"note": "好了", "photos": (make_photo(),)})
    use(office, link, ActionName.ACCEPT_TASK)
    done = {"note": "已清理", "photos": (make_photo(),), "task_no": 99}
    use(office, link, ActionName.FEED_BACK_TASK, form=done)
    task.refresh_from_db()
    assert task.state == "reported"
    assert step_of(reported) == Step.HANDLING
    assert replayed_state(reported.case_id) == live_state(reported.case_id)


def test_photos_sent_with_a_word_are_kept_with_the_case(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    photo = make_photo()
    link = give(office, reported)
    use(office, link, ActionName.COMMENT, form={"note": "配件到了", "photos": (photo,)})
    assert CasePhoto.objects.get(photo_id=photo.id).stage == "handling"


def test_the_holder_sees_nothing_of_the_reporter(office: Office) -> None:
    reported = with_canary(office, to=Step.HANDLING)
    office.act(reported.case_id, ActionName.COMMENT, Role.SHIFT_LEADER, note="电话 13912340987")
    link = give(office, reported)
    seen = repr(look(office, link))
    assert not [canary for canary in CANARIES if canary in seen]
    assert "139****87" in seen


def test_no_name_of_a_colleague_stands_in_what_the_holder_reads(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    office.act(reported.case_id, ActionName.COMMENT, Role.SHIFT_LEADER, note="注意安全")
    seen = repr(look(office, give(office, reported)))
    assert "注意安全" in seen
    for account in office.accounts.values():
        assert account.person is not None
        assert account.person.name not in seen


def test_what_the_reporter_adds_is_not_told_to_the_holder(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    office.by_code(reported, ActionName.COMMENT, note="我住三楼王家")
    assert "我住三楼王家" not in repr(look(office, give(office, reported)))


def test_a_new_link_stops_the_old_one_unless_it_is_to_stay(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    first, second = give(office, reported), give(office, reported, keeps_others=True)
    assert look(office, first).number == look(office, second).number == reported.number
    third = give(office, reported)
    for old in (first, second):
        with pytest.raises(LinkRefused, match=r"link\.revoked"):
            look(office, old)
    assert look(office, third).number == reported.number


def test_a_link_ends_by_time_by_hand_and_with_the_case(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    link = give(office, reported, expires_at=office.at + LATER)
    office.tick(LATER)
    with pytest.raises(LinkRefused, match=r"link\.expired"):
        use(office, link, ActionName.COMMENT, form={"note": "还在办"})
    fresh = give(office, reported)
    revoke_link(link_id=fresh.id, member=office[Role.DISPATCHER], at=office.tick())
    with pytest.raises(LinkRefused, match=r"link\.revoked"):
        open_link(token=fresh.token, device=Device.PHONE, at=office.at)
    with pytest.raises(UnableToMakeLink, match=r"link\.already_revoked"):
        revoke_link(link_id=fresh.id, member=office[Role.DISPATCHER], at=office.tick())
    last = give(office, reported)
    for action in (ActionName.FEED_BACK, ActionName.PASS_CHECK):
        office.step_on(reported.case_id, action)
    with pytest.raises(LinkRefused, match=r"link\.over"):
        use(office, last, ActionName.COMMENT, form={"note": "还有话说"})
    with pytest.raises(UnableToMakeLink, match=r"link\.assignment_closed"):
        give(office, reported)


def test_an_unknown_token_tells_nothing(office: Office) -> None:
    give(office, office.play(to=Step.HANDLING))
    for token in ("", "x" * 32, "a\x00b", "%", "界" * 40):
        with pytest.raises(LinkRefused, match=r"link\.unknown"):
            linked_case(token=token, at=office.at)
        assert find_link_street(token=token) == ""


def test_only_the_centre_and_the_unit_itself_give_and_stop_links(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    assert give(office, reported, member=office[Role.HANDLER]).token
    link = give(office, reported, member=office[Role.SHIFT_LEADER])
    for role in (Role.VERIFIER, Role.SUPERVISOR, Role.INTAKE_CLERK):
        with pytest.raises(UnableToMakeLink, match=r"link\.not_yours"):
            give(office, reported, member=office[role])
        with pytest.raises(UnableToMakeLink, match=r"link\.not_yours"):
            revoke_link(link_id=link.id, member=office[role], at=office.tick())
        assert case_links(case_id=reported.case_id, member=office[role], at=office.at).links == ()
    with pytest.raises(NoSuchCase):
        give(office, reported, member=office[Role.RESIDENT])


def test_a_helper_s_unit_gives_no_link_for_the_lead(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    helpers: dict[str, Any] = {"lead_id": office.other.pk, "helper_ids": (office.lead.pk,)}
    office.act(reported.case_id, ActionName.DISPATCH, Role.DISPATCHER, **helpers)
    with pytest.raises(UnableToMakeLink, match=r"link\.not_yours"):
        give(office, reported, member=office[Role.HANDLER])


def test_an_end_too_far_or_past_is_refused(office: Office) -> None:
    reported = office.play(to=Step.HANDLING)
    for far in (timedelta(days=91), timedelta(0)):
        with pytest.raises(UnableToMakeLink, match=r"link\.expiry_out_of_range"):
            give(office, reported, expires_at=office.at + timedelta(minutes=10) + far)


def test_every_use_is_shown_to_those_who_gave_the_link(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    link = give(office, reported)
    open_link(token=link.token, device=Device.WECHAT, at=office.tick())
    use(office, link, ActionName.ACCEPT, handler_name="  张\x00师傅 ")
    shown = case_links(
        case_id=reported.case_id, member=office[Role.DISPATCHER], at=office.at
    ).links[0]
    assert [(one.what, one.device) for one in shown.uses] == [("接单", "微信"), ("打开", "微信")]
    assert (shown.handler_name, shown.state) == ("张师傅", LinkState.OPEN)
    assert link.token not in repr(shown)


def test_names_on_links_are_forgotten_ninety_days_after_their_end(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    use(office, give(office, reported), ActionName.ACCEPT, handler_name="张师傅")
    ends = HandlerLink.objects.get().expires_at
    assert forget_handler_names(at=ends + timedelta(days=89)) == 0
    assert forget_handler_names(at=ends + timedelta(days=91)) == 1
    assert HandlerLink.objects.get().handler_name == ""


def test_the_second_of_two_holders_is_told(office: Office) -> None:
    reported = office.play(to=Step.ACCEPTING)
    link = give(office, reported)
    seen = look(office, link).version
    use(office, link, ActionName.ACCEPT, seen_version=seen)
    with pytest.raises(ActionRefused, match=r"cases\.already_done"):
        use(office, link, ActionName.ACCEPT, seen_version=seen)


def test_photos_are_seen_only_of_the_own_case_and_only_while_open(office: Office) -> None:
    mine = office.play(to=Step.HANDLING, photos=(make_photo(),))
    other = office.play(to=Step.HANDLING, photos=(make_photo(),))
    link = give(office, mine)
    own, foreign = (CasePhoto.objects.filter(case_id=one.case_id).first() for one in (mine, other))
    assert own is not None
    assert foreign is not None
    asked: dict[str, Any] = {"token": link.token, "at": office.at}
    assert may_see_photo_by_link(photo_id=own.photo_id, **asked)
    assert not may_see_photo_by_link(photo_id=foreign.photo_id, **asked)
    revoke_link(link_id=link.id, member=office[Role.DISPATCHER], at=office.tick())
    assert not may_see_photo_by_link(photo_id=own.photo_id, **asked)


@pytest.mark.parametrize(
    ("user_agent", "device"),
    [
        ("Mozilla/5.0 (iPhone) Mobile MicroMessenger/8.0", Device.WECHAT),
        ("Mozilla/5.0 (Linux; Android 12) AliApp(DingTalk/7)", Device.DINGTALK),
        ("Mozilla/5.0 (iPhone; CPU) Mobile/15E148 Safari", Device.PHONE),
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox", Device.COMPUTER),
        ("curl/8", Device.UNKNOWN),
    ],
)
def test_a_device_is_known_only_coarsely(user_agent: str, device: Device) -> None:
    assert device_of(user_agent) is device


INSTANTS = st.datetimes(START.replace(tzinfo=None), datetime(2027, 6, 1)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=START.tzinfo)
)


@given(at=INSTANTS, due=st.none() | INSTANTS, days=st.integers(1, 90))
def test_a_link_always_ends_after_now_and_within_ninety_days(
    at: datetime, due: datetime | None, days: int
) -> None:
    ends = default_expiry(due_at=due, at=at, days=days)
    assert at < ends <= at + timedelta(days=90)


@given(expires=INSTANTS, at=INSTANTS, revoked=st.booleans(), live=st.booleans())
def test_a_link_is_open_only_while_nothing_stands_against_it(
    expires: datetime, at: datetime, revoked: bool, live: bool
) -> None:
    state = tell_state(
        expires_at=expires,
        revoked_at=at if revoked else None,
        is_assignment_open=live,
        is_case_ended=False,
        at=at,
    )
    assert (state is LinkState.OPEN) is (live and not revoked and at < expires)
