"""What is held back stands where it belongs, and in no other table, line, letter or cache."""

from __future__ import annotations

from collections.abc import Mapping

from .canaries import Held, find_held
from .finding import SENDING, Found
from .walking import Said

# Each group of words and the tables it may stand in; a new table holds nothing until it says so.
HOMES: Mapping[str, frozenset[Held]] = {
    "cases_reporter": frozenset({Held.REPORTER, Held.SECOND, Held.CALLER}),
    "cases_case": frozenset(
        {Held.TEXT, Held.SECOND_TEXT, Held.WRITTEN, Held.COMPLAINT, Held.CALLED, Held.REMARK}
    ),
    "cases_assignment": frozenset({Held.REMARK}),
    "cases_instruction": frozenset({Held.REMARK}),
    "kernel_eventtext": frozenset({Held.TEXT, Held.REMARK, Held.REASON, Held.ANSWERED}),
    "kernel_look": frozenset({Held.REASON}),
    "kernel_searchmade": frozenset({Held.SEARCHED}),
    "kernel_importrecord": frozenset({Held.SENT_IN, Held.CALLED, Held.CALLER}),
    "people_person": frozenset({Held.RECORD, Held.RECORD_CONTACT}),
    "people_household": frozenset({Held.RECORD_CONTACT}),
    "people_account": frozenset({Held.RECORD, Held.RECORD_CONTACT}),
    "hotline_draft": frozenset({Held.CALLER, Held.CALLED}),
    "enforcement_party": frozenset({Held.PARTY}),
    "shifts_handover": frozenset({Held.HANDED}),
    "shifts_handoverpoint": frozenset({Held.HANDED}),
}


def test_each_table_holds_only_what_belongs_there(found: Found) -> None:
    astray = {
        table: sorted(one.name for one in extra)
        for table, held in found.tables.items()
        if (extra := held - HOMES.get(table, frozenset()))
    }
    assert astray == {}
    assert {table for table, held in found.tables.items() if held} == set(HOMES)


def test_no_letter_message_or_job_says_it(found: Found) -> None:
    assert find_held(found.sent) - {Held.RECORD_CONTACT} == frozenset()
    assert found.sending == dict.fromkeys(SENDING, frozenset())


def test_no_line_of_the_log_says_it_nor_a_secret_address(said: list[Said]) -> None:
    lines = "\n".join({line for one in said for line in one.log.splitlines()}) + "\n"
    assert find_held(lines) == frozenset()
    secrets = {one.visit.path for one in said if one.visit.path.startswith(("/t/", "/h/", "/w/"))}
    secrets |= {one.visit.path for one in said if "/api/v1/reports/" in one.visit.path}
    assert [path for path in secrets if f"{path}\n" in lines] == []
    assert "/desk/" in lines


def test_the_cache_keeps_nothing_of_it(found: Found) -> None:
    assert find_held(found.cached) == frozenset()


def test_asking_for_a_reporter_finds_no_case(found: Found) -> None:
    assert found.by_reporter == []
