"""Nothing typed is lost: saved as it grows, never overwritten by an older window."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from linli.ground.kernel.ids import new_id
from linli.ground.kernel.models import Photo
from linli.ground.kernel.photos import remove_orphans
from linli.ground.people.terms import Role
from linli.programmes.hotline.models import Draft
from linli.programmes.hotline.queries import find_dropped, get_draft, list_drafts
from linli.programmes.hotline.rules.refusals import CallRefused, NoSuchDraft, NotForYou
from linli.programmes.hotline.services import drop_draft, file_call, forget_drafts, save_draft
from linli.programmes.hotline.terms import Saved
from linli.programmes.hotline.tests.factories import begin_call, call_words
from linli.spine.cases.tests.factories import Office, make_photo


def save(
    office: Office, draft_id: UUID, text: str, *, editor: str = "window", seen: int = 0
) -> Saved:
    """Save what the clerk typed."""
    return save_draft(
        draft_id=draft_id,
        words=call_words(text=text),
        photos=(),
        editor=editor,
        seen_version=seen,
        member=office[Role.INTAKE_CLERK],
        at=office.tick(timedelta(seconds=1)),
    )


def text_of(office: Office, draft_id: UUID) -> str:
    """Read what is kept."""
    return get_draft(draft_id=draft_id, member=office[Role.INTAKE_CLERK]).words.text


def test_one_window_saves_on_and_on_whatever_answer_it_heard(office: Office) -> None:
    draft_id = new_id()
    for text in ("井", "井盖", "井盖不见了"):
        assert save(office, draft_id, text).is_kept
    assert text_of(office, draft_id) == "井盖不见了"


def test_an_older_window_does_not_overwrite_a_newer_one(office: Office) -> None:
    draft_id = begin_call(office)
    save(office, draft_id, "第二个窗口写的", editor="other", seen=1)
    late = save(office, draft_id, "第一个窗口写的", editor="window", seen=1)
    assert not late.is_kept
    assert text_of(office, draft_id) == "第二个窗口写的"
    assert save(office, draft_id, "看过再改", editor="window", seen=late.version).is_kept


def test_an_ended_call_is_not_saved_again(office: Office) -> None:
    draft_id = begin_call(office)
    clerk = office[Role.INTAKE_CLERK]
    file_call(draft_id=draft_id, words=call_words(), photos=(), member=clerk, at=office.tick())
    with pytest.raises(CallRefused, match="call_ended"):
        save(office, draft_id, "晚到的一次保存")
    assert not Draft.objects.exists()


def test_drafts_are_seen_by_their_clerk_alone(office: Office) -> None:
    draft_id = begin_call(office)
    assert [one.id for one in list_drafts(member=office[Role.INTAKE_CLERK])] == [draft_id]
    assert list_drafts(member=office[Role.SHIFT_LEADER]) == []
    with pytest.raises(NoSuchDraft):
        get_draft(draft_id=draft_id, member=office[Role.SHIFT_LEADER])
    with pytest.raises(NotForYou):
        get_draft(draft_id=draft_id, member=office[Role.HANDLER])


def test_a_tab_shows_the_first_words_and_the_end_of_the_number(office: Office) -> None:
    begin_call(office)
    (tab,) = list_drafts(member=office[Role.INTAKE_CLERK])
    assert tab.brief.startswith("楼下垃圾成堆")
    assert tab.caller_tail == "1234"


def test_photos_come_back_while_they_are_there(office: Office) -> None:
    draft_id, photo = new_id(), make_photo(at=office.at)
    given: dict[str, Any] = {"draft_id": draft_id, "words": call_words(), "photos": (photo,)}
    clerk = office[Role.INTAKE_CLERK]
    save_draft(**given, editor="w", seen_version=0, member=clerk, at=office.at)
    assert get_draft(draft_id=draft_id, member=clerk).photos == (photo,)
    filed = file_call(**given, member=clerk, at=office.tick())
    assert filed.number


def test_an_id_of_another_kind_is_refused(office: Office) -> None:
    with pytest.raises(CallRefused):
        save(office, uuid4(), "猜的编号")


def test_what_is_left_lying_goes_after_its_term(office: Office) -> None:
    clerk = office[Role.INTAKE_CLERK]
    dropped, left = begin_call(office), begin_call(office)
    drop_draft(draft_id=dropped, member=clerk, at=office.tick())
    assert forget_drafts(at=office.at + timedelta(hours=23)) == 0
    assert find_dropped(member=clerk, at=office.at) is not None
    assert forget_drafts(at=office.at + timedelta(hours=25)) == 1
    assert [one.id for one in list_drafts(member=clerk)] == [left]
    assert forget_drafts(at=office.at + timedelta(days=8)) == 1
    assert list_drafts(member=clerk) == []


def test_photos_stay_as_long_as_the_draft_that_names_them(office: Office) -> None:
    clerk, draft_id = office[Role.INTAKE_CLERK], begin_call(office)
    held, orphan = make_photo(at=office.at), make_photo(at=office.at)
    save_draft(
        draft_id=draft_id,
        words=call_words(),
        photos=(held,),
        editor="window",
        seen_version=1,
        member=clerk,
        at=office.tick(),
    )
    later = office.at + timedelta(hours=25)
    assert remove_orphans(at=later) == 1
    assert get_draft(draft_id=draft_id, member=clerk).photos == (held,)
    assert not Photo.objects.filter(id=orphan.id).exists()
    forget_drafts(at=office.at + timedelta(days=8))
    assert remove_orphans(at=later) == 1
    assert not Photo.objects.exists()


def test_a_photo_held_for_days_is_filed_with_its_call(office: Office) -> None:
    clerk, draft_id, held = office[Role.INTAKE_CLERK], begin_call(office), make_photo(at=office.at)
    save_draft(
        draft_id=draft_id,
        words=call_words(),
        photos=(held,),
        editor="window",
        seen_version=1,
        member=clerk,
        at=office.tick(),
    )
    later = office.at + timedelta(days=5)
    remove_orphans(at=later)
    file_call(
        draft_id=draft_id,
        words=call_words(),
        photos=(held,),
        language="zh-hans",
        member=clerk,
        at=later,
    )
    assert Photo.objects.get(id=held.id).subject_id
    assert remove_orphans(at=later) == 0
