"""Cases are found by number and words as far as one sees; what is erased is found no more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.ground.people.terms import Role, Scope
from linli.ground.territory.tests.factories import make_street
from linli.spine.cases import migrations
from linli.spine.cases.models import Assignment, Case, CaseWords, CaseWordsDue
from linli.spine.cases.queries import search
from linli.spine.cases.queries.scope import visible_to
from linli.spine.cases.queries.search import FoundBy, limit_of, search_cases, search_codes
from linli.spine.cases.services import erase_reporter
from linli.spine.cases.services.indexing import index_due, rebuild_words
from linli.spine.cases.terms import ActionName, CaseKind, Reported, Step

from .factories import CategoryFactory, Office, make_office
from .test_reports import place


def find(office: Office, text: str, role: Role = Role.SHIFT_LEADER) -> list[str]:
    """List the numbers of what somebody of a role finds, everything taken up first."""
    while index_due():
        pass
    found = search_cases(member=office[role], text=text, at=office.at)
    return [hit.row.number for hit in found.hits]


def found_by(office: Office, text: str, role: Role = Role.SHIFT_LEADER) -> list[FoundBy]:
    found = search_cases(member=office[role], text=text, at=office.at)
    return [hit.found_by for hit in found.hits]


def test_a_case_is_found_by_its_words_the_newest_first(office: Office) -> None:
    first = office.report(text="三号楼下水井盖不见了", address="义和路8号")
    second = office.report(text="井盖响了一夜")
    lamp = office.report(text="路灯不亮")
    assert find(office, "井盖") == [second.number, first.number]
    assert find(office, "义和路8") == [first.number]
    assert find(office, "三号楼 井盖") == [first.number]
    assert find(office, "灯") == find(office, "路灯") == [lamp.number]
    assert find(office, "鹦鹉") == []


def test_a_case_is_found_by_the_name_of_its_category(office: Office) -> None:
    filed = office.play(to=Step.DISPATCHING, text="请来看看")
    assert find(office, "暴露垃圾") == [filed.number]
    assert find(office, "rubb") == [filed.number]


def test_the_excerpt_shows_the_words_and_hides_numbers(office: Office) -> None:
    office.report(text="很长的开头" * 12 + "井盖不见了，打13900001234找我")
    find(office, "井盖")
    (hit,) = search_cases(member=office[Role.SHIFT_LEADER], text="井盖", at=office.at).hits
    assert "井盖不见了" in hit.excerpt
    assert "13900001234" not in hit.excerpt
    assert find(office, "13900001234") == []


@pytest.mark.parametrize("form", ["{}", "{year}{tail}", "{short}", "{year}-{start}"])
def test_a_case_is_found_by_its_number(office: Office, form: str) -> None:
    number = office.report().number
    year, tail = number.split("-")
    typed = form.format(number, year=year, tail=tail, short=int(tail), start=tail[:6])
    assert number in find(office, typed)
    assert FoundBy.NUMBER in found_by(office, typed)


def test_a_slip_of_the_finger_is_told_as_one(office: Office) -> None:
    number = office.report().number
    year, tail = number.split("-")
    for typed in (f"{year}-{tail}9", f"{year[1]}{year[0]}{year[2:]}{tail}", f"{year}{tail[1:]}"):
        assert find(office, typed)[0] == number
        assert found_by(office, typed)[0] is FoundBy.MEANT


def test_a_case_is_found_by_the_number_another_office_gave_it(office: Office) -> None:
    number = office.report(original_number="12345-2026-0088").number
    office.report(original_number="12345-2026-0099")
    assert find(office, "12345 2026 0088") == [number]
    assert found_by(office, "123452026008") == [FoundBy.ORIGINAL]
    assert len(find(office, "12345")) == 2


def test_a_category_code_with_a_slip_is_found(office: Office) -> None:
    (one,), is_meant = search_codes(text="06010")
    assert (one.code, is_meant) == ("06010", False)
    (one,), is_meant = search_codes(text="06001")
    assert (one.code, is_meant) == ("06010", True)
    assert search_codes(text="没有这一类") == ([], False)


@pytest.fixture
def mixed(office: Office) -> Office:
    """Give cases of one word at every step, elsewhere, and complaints about units."""
    for step in (Step.FILING, Step.ACCEPTING, Step.HANDLING, Step.CLOSED):
        office.play(to=step)
    office.report(point=place(2, 1))
    office.report(point=None, address="不知道在哪")
    for about in (office.lead, office.other):
        office.report(kind=CaseKind.COMPLAINT, about_organisation_id=about.pk)
    return office


def test_everybody_finds_just_what_they_may_see(mixed: Office) -> None:
    for role in mixed.accounts:
        seen = Case.objects.filter(visible_to(mixed[role])).values_list("number", flat=True)
        assert set(find(mixed, "垃圾", role)) == set(seen), role
        for number in Case.objects.values_list("number", flat=True):
            assert (number in find(mixed, number, role)) == (number in seen), role


def test_the_marks_of_the_index_let_nobody_further_than_their_rights(mixed: Office) -> None:
    find(mixed, "垃圾")
    Assignment.objects.update(state="withdrawn", finished_at=mixed.at)
    found = search_cases(member=mixed[Role.HANDLER], text="垃圾", at=mixed.at)
    assert found.hits == ()
    assert not found.is_more


@pytest.mark.parametrize(("newest", "few"), [(2_000, 5_000), (0, 5_000), (0, 1)])
def test_every_way_to_the_newest_finds_the_same_in_the_same_order(
    office: Office, newest: int, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "READ_ONE_BY_ONE", newest)
    monkeypatch.setattr(search, "FEW", few)
    texts = ("楼道垃圾没人清", "垃圾楼道没人清", "楼道里有垃圾", "路灯不亮")
    numbers = [
        Case.objects.get(pk=office.report(text=text).case_id).number for text in (*texts, *texts)
    ]
    for days, number in enumerate(numbers):
        at = office.at - timedelta(days=100 * days)
        Case.objects.filter(number=number).update(reported_at=at)
    assert find(office, "楼道垃圾") == [numbers[0], numbers[4]]
    assert find(office, "道垃圾") == [numbers[0], numbers[4]]
    assert find(office, "垃圾 楼道") == [numbers[n] for n in (0, 1, 2, 4, 5, 6)]
    assert find(office, "垃圾路灯") == []


def test_who_sees_every_street_is_limited_by_no_place(mixed: Office) -> None:
    one = Scope(area_prefixes=("220104004",), never_about=(4,))
    assert limit_of(one) == "!'^about4'"
    make_street(code="220104005000")
    assert limit_of(one) == "(('@220104004')) & !'^about4'"
    assert limit_of(replace(one, area_prefixes=("220104004", "220104005"))) == "!'^about4'"
    assert limit_of(Scope(organisation_ids=(7,))) == "(('#7'))"


def test_words_kept_from_before_get_the_marks_the_indexer_writes(mixed: Office) -> None:
    mixed.play(to=Step.VOID)
    find(mixed, "垃圾")
    written = dict(CaseWords.objects.values_list("case_id", "words"))
    statement = (Path(migrations.__file__).parent / "marks_of_kept.sql").read_text()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_casewords AS kept SET words = ts_delete(kept.words, ARRAY("
            "SELECT mark FROM unnest(tsvector_to_array(kept.words)) AS mark "
            "WHERE left(mark, 1) IN ('%%', '/', '=', '+')))",
            [],
        )
        assert dict(CaseWords.objects.values_list("case_id", "words")) != written
        cursor.execute(statement)
    assert dict(CaseWords.objects.values_list("case_id", "words")) == written


def test_more_is_said_only_of_what_one_may_see(mixed: Office) -> None:
    find(mixed, "垃圾")
    for role, is_more in ((Role.SHIFT_LEADER, True), (Role.HANDLER, False)):
        found = search_cases(member=mixed[role], text="垃圾", at=mixed.at, limit=3)
        assert (len(found.hits), found.is_more) == (3, is_more)


def test_a_search_costs_the_same_however_much_is_found(mixed: Office) -> None:
    find(mixed, "垃圾")
    counts = []
    number = Case.objects.values_list("number", flat=True)[0]
    for text in ("鹦鹉", "垃圾", number):
        with CaptureQueriesContext(connection) as asked:
            search_cases(member=mixed[Role.SHIFT_LEADER], text=text, at=mixed.at)
        counts.append(len(asked))
    assert counts[:2] == [2, 6]
    # A number is looked for as a number too.
    assert counts[2] <= 8


def test_erased_words_are_gone_with_the_erasure_itself(office: Office) -> None:
    reported = office.report(text="金丝雀巷井盖不见了", address="义和路8号")
    assert find(office, "金丝雀") == [reported.number]
    erase_reporter(case_id=reported.case_id, at=office.tick())
    assert not CaseWords.objects.filter(words__isnull=False).exists()
    assert find(office, "金丝雀") == []
    assert find(office, "义和路") == [reported.number]


CHANGES: dict[str, Any] = {
    "address": "杏花路1号",
    "original_number": "8888-1",
}


def test_changes_are_taken_up(office: Office) -> None:
    reported = office.report(text="请来看看")
    find(office, "请来")
    assert not CaseWordsDue.objects.exists()
    Case.objects.filter(id=reported.case_id).update(**CHANGES)
    assert find(office, "杏花路") == find(office, "88881") == [reported.number]
    Case.objects.filter(id=reported.case_id).update(changed_at=office.tick())
    assert not CaseWordsDue.objects.exists()


def test_a_handler_finds_a_case_once_it_is_theirs(office: Office) -> None:
    reported = office.play(to=Step.DISPATCHING)
    assert find(office, "垃圾", Role.HANDLER) == []
    office.step_on(reported.case_id, ActionName.DISPATCH)
    assert find(office, "垃圾", Role.HANDLER) == [reported.number]


@pytest.mark.django_db(transaction=True)
def test_all_words_are_built_anew() -> None:
    office = make_office()
    for _ in range(3):
        office.report()
    CaseWords.objects.all().delete()
    told: list[tuple[int, int]] = []
    assert rebuild_words(progress=lambda done, total: told.append((done, total))) == 3
    assert told == [(3, 3)]
    assert not CaseWordsDue.objects.exists()
    assert len(find(office, "垃圾")) == 3
    CategoryFactory(code="06099")
    assert rebuild_words() == 3
    assert len(find(office, "垃圾")) == 3


def test_odd_questions_find_nothing(office: Office) -> None:
    office.report()
    for text in ("", "  ", "%", "'", "\\", "\0", "& | !", "😀", "~900", "@220104", "^complaint"):
        assert find(office, text) == [], text


@pytest.mark.django_db(transaction=True)
def test_a_case_somebody_holds_is_left_for_the_next_round() -> None:
    office = make_office()
    held, free = office.report(), office.report()
    with transaction.atomic():
        Case.objects.select_for_update().get(id=held.case_id)
        assert _in_another_connection() == 1
        assert set(CaseWords.objects.values_list("case_id", flat=True)) == {free.case_id}
    assert list(CaseWordsDue.objects.values_list("case_id", flat=True)) == [held.case_id]
    assert index_due() == 1
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0xCA5E])
        Case.objects.filter(id=held.case_id).update(address="杏花路")
        assert _in_another_connection() == 0


def _in_another_connection() -> int:
    def take() -> int:
        try:
            return index_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as other:
        return other.submit(take).result()


def words_of(reported: Reported) -> str:
    return str(CaseWords.objects.get(case_id=reported.case_id).words)


def test_the_index_holds_no_number_of_the_reporter(office: Office) -> None:
    reported = office.report(text="楼下垃圾，电话13912340987")
    find(office, "垃圾")
    assert "0987" not in words_of(reported)
