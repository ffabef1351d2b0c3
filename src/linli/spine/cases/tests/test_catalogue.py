"""The catalogue: what is shipped, how it is searched, imported and revised."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from linli.ground.kernel.calendars import Unit
from linli.ground.kernel.models import Event
from linli.ground.kernel.terms import SYSTEM
from linli.spine.cases.catalogue_terms import (
    Audience,
    CategoryChange,
    CategoryKind,
    CategoryView,
    CheckedBy,
    ForeignCategory,
)
from linli.spine.cases.models import Category
from linli.spine.cases.queries.catalogue import (
    UnknownCategory,
    find_category,
    get_category,
    get_category_by_id,
    list_categories,
    search_categories,
)
from linli.spine.cases.rules.catalogue import CategoryCannotBeSaved
from linli.spine.cases.services.catalogue import (
    UnableToReviseCategory,
    import_categories,
    load_standard,
    pinyin_initials,
    revise_category,
)
from linli.spine.cases.standards import list_standard_rows

from .catalogue_places import AT, SINCE

pytestmark = pytest.mark.django_db
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def shipped() -> list[CategoryView]:
    """Load what is shipped."""
    load_standard(at=AT, effective_from=SINCE)
    return list_categories()


def test_the_whole_standard_is_there_and_says_that_it_was_transcribed(
    shipped: list[CategoryView],
) -> None:
    standard = [one for one in shipped if one.is_transcribed]
    kinds = [one.kind for one in standard]
    assert kinds.count(CategoryKind.COMPONENT) == 153
    assert kinds.count(CategoryKind.MATTER) == 250
    assert {one.source for one in standard} == {"GB/T 47678.5-2026"}
    assert not any(one.is_extension for one in standard)


def test_the_same_code_stands_in_both_lists_under_different_keys(
    shipped: list[CategoryView],
) -> None:
    assert get_category("component:01037").name == "路灯"
    assert get_category("matter:01037").name == "路灯异常"


def test_extensions_are_flagged_and_repeat_no_name_of_the_standard(
    shipped: list[CategoryView],
) -> None:
    ours = [one for one in shipped if one.kind == CategoryKind.LOCAL]
    standard = {one.name for one in shipped if one.is_transcribed}
    assert ours
    assert all(one.is_extension and not one.is_transcribed for one in ours)
    assert not standard & {one.name for one in ours}


def test_every_category_has_an_english_name_without_chinese(shipped: list[CategoryView]) -> None:
    assert [one.key for one in shipped if not one.name_en or HAN.search(one.name_en)] == []
    assert [one.key for one in shipped if HAN.search(one.major_name_en)] == []


def test_english_names_differ_within_a_list(shipped: list[CategoryView]) -> None:
    for kind in CategoryKind:
        names = [one.name_en for one in shipped if one.kind == kind]
        assert len(names) == len(set(names))


def test_every_limit_can_be_computed_and_every_extension_says_when_to_file_and_close(
    shipped: list[CategoryView],
) -> None:
    assert {one.limit_unit for one in shipped} <= {unit.value for unit in Unit}
    stated = [one for one in shipped if not one.is_default_limit]
    assert len([one for one in stated if one.is_transcribed]) >= 20
    for one in stated:
        assert one.filing_condition, one.key
        assert one.filing_condition_en, one.key
        assert one.closing_condition, one.key
        assert one.closing_condition_en, one.key


def test_noise_smell_and_heat_are_checked_with_the_reporter(shipped: list[CategoryView]) -> None:
    for name in ("噪声扰民", "油烟污染", "异味扰民", "供暖不达标"):
        (one,) = [one for one in shipped if one.name == name]
        assert one.checked_by == CheckedBy.REPORTER


def test_loading_again_adds_nothing_and_keeps_what_was_revised(
    shipped: list[CategoryView],
) -> None:
    revise(key="matter:06010", change=CategoryChange(limit_amount=2))
    assert load_standard(at=AT, effective_from=SINCE) == 0
    assert get_category("matter:06010").limit_amount == 2
    assert Event.objects.filter(name="cases.standard_loaded").count() == 1


def revise(
    *, key: str, change: CategoryChange, since: date = SINCE + timedelta(days=90)
) -> CategoryView:
    """Revise a category as the keeper would."""
    return revise_category(key=key, change=change, effective_from=since, actor=SYSTEM, at=AT)


def test_a_revision_counts_from_its_day_and_leaves_the_past_alone(
    shipped: list[CategoryView],
) -> None:
    before = get_category("matter:06010")
    new = revise(key="matter:06010", change=CategoryChange(limit_amount=2, name="露天垃圾"))
    day = new.effective_from
    assert get_category("matter:06010", on=day - timedelta(days=1)).limit_amount == 4
    assert get_category("matter:06010", on=day).name == "露天垃圾"
    assert get_category_by_id(before.id).name == "暴露垃圾"
    event = Event.objects.get(name="cases.category_revised")
    assert event.facts["changed"] == ["limit_amount", "name"]
    assert event.subject_id == str(new.id)


def test_a_revision_of_the_limit_is_no_longer_a_default(shipped: list[CategoryView]) -> None:
    assert get_category("matter:05009").is_default_limit
    assert not revise(key="matter:05009", change=CategoryChange(limit_amount=1)).is_default_limit


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (CategoryChange(limit_unit="fortnights"), "catalogue.unknown_unit"),
        (CategoryChange(limit_amount=0), "catalogue.limit_out_of_range"),
        (CategoryChange(name="  "), "catalogue.no_name"),
        (CategoryChange(name="长" * 201), "catalogue.no_name"),
        (CategoryChange(name="a\x00b"), "catalogue.bad_code"),
        (CategoryChange(checked_by="nobody"), "catalogue.unknown_check"),
    ],
)
def test_what_could_not_be_evaluated_is_refused_in_words(
    shipped: list[CategoryView], change: CategoryChange, code: str
) -> None:
    with pytest.raises(CategoryCannotBeSaved) as refused:
        revise(key="matter:06010", change=change)
    assert refused.value.code == code
    assert "未保存" in str(refused.value)
    assert Category.objects.filter(kind="matter", code="06010").count() == 1


@pytest.mark.parametrize(
    ("key", "change", "since", "code"),
    [
        ("matter:99999", CategoryChange(name="无"), SINCE + timedelta(1), "catalogue.unknown"),
        ("matter:06010", CategoryChange(), SINCE + timedelta(1), "catalogue.nothing_changed"),
        ("matter:06010", CategoryChange(name="新"), SINCE, "catalogue.not_after_last"),
    ],
)
def test_a_revision_needs_a_category_a_change_and_a_later_day(
    shipped: list[CategoryView], key: str, change: CategoryChange, since: date, code: str
) -> None:
    with pytest.raises(UnableToReviseCategory) as refused:
        revise(key=key, change=change, since=since)
    assert refused.value.code == code


@pytest.mark.parametrize("key", ["matter:99999", "", "06010", "matter:\x00", "nonsense:06010"])
def test_an_unknown_key_is_refused(shipped: list[CategoryView], key: str) -> None:
    assert find_category(key) is None
    with pytest.raises(UnknownCategory) as refused:
        get_category(key)
    assert "\x00" not in str(refused.value)


def test_before_its_first_day_a_category_is_not_in_force(shipped: list[CategoryView]) -> None:
    assert find_category("matter:06010", on=SINCE - timedelta(days=1)) is None


def test_the_public_chooses_among_matters_and_extensions(shipped: list[CategoryView]) -> None:
    kinds = {one.kind for one in list_categories(audience=Audience.PUBLIC)}
    assert kinds == {CategoryKind.MATTER, CategoryKind.LOCAL}


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("暴露垃圾", "matter:06010"),
        ("bllj", "matter:06010"),
        ("in the open", "matter:06010"),
        ("06010", "matter:06010"),
        ("僵尸车", "matter:06034"),
        ("zombie car", "matter:06034"),
        ("共享单车", "matter:09011"),
        ("暖气不热", "local:L08"),
        ("LIFT ORDER", "local:L07"),
    ],
)
def test_the_picker_finds_a_category_by_any_of_its_words(
    shipped: list[CategoryView], typed: str, key: str
) -> None:
    assert search_categories(text=typed, audience=Audience.PUBLIC)[0].key == key


@pytest.mark.parametrize("typed", ["", "   ", "qqqqzz", "\x00", "龘䶮㐂"])
def test_a_search_for_nothing_finds_nothing(shipped: list[CategoryView], typed: str) -> None:
    assert search_categories(text=typed) == []


def test_a_search_is_limited(shipped: list[CategoryView]) -> None:
    assert len(search_categories(text="井盖", limit=5)) == 5


def test_reading_costs_no_statement_once_the_catalogue_is_held(
    shipped: list[CategoryView], django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        get_category("matter:06010")


def foreign(*rows: ForeignCategory) -> dict[str, str]:
    """Import rows of somebody else's catalogue."""
    return import_categories(rows=rows, source="Boston 311", effective_from=SINCE, at=AT)


def test_a_foreign_catalogue_comes_in_as_local_categories_with_its_own_limits() -> None:
    keys = foreign(
        ForeignCategory(
            code="Pothole Repair",
            name="Request for Pothole Repair",
            limit_amount=3,
            limit_unit="working_days",
        ),
        ForeignCategory(code="Graffiti", name="Graffiti Removal"),
    )
    pothole, graffiti = (get_category(keys[code]) for code in ("Pothole Repair", "Graffiti"))
    assert (pothole.limit_amount, pothole.is_default_limit) == (3, False)
    assert (graffiti.limit_amount, graffiti.is_default_limit) == (5, True)
    assert pothole.is_extension
    assert pothole.source == "Boston 311"


def test_importing_again_revises_what_differs_and_nothing_else() -> None:
    row = ForeignCategory(code="Graffiti", name="Graffiti Removal")
    foreign(row)
    first = get_category("local:Graffiti")
    foreign(row)
    assert get_category("local:Graffiti") == first
    foreign(ForeignCategory(code="Graffiti", name="Graffiti"))
    assert get_category("local:Graffiti").name == "Graffiti"
    assert Category.objects.count() == 1
    import_categories(
        rows=[row], source="Boston 311", effective_from=SINCE + timedelta(days=9), at=AT
    )
    assert Category.objects.count() == 2
    assert get_category("local:Graffiti").name == "Graffiti Removal"


def test_one_bad_row_of_an_import_saves_none() -> None:
    with pytest.raises(CategoryCannotBeSaved):
        foreign(
            ForeignCategory(code="Good", name="Good"),
            ForeignCategory(code="Bad", name="Bad", limit_amount=3, limit_unit="moons"),
        )
    assert find_category("local:Good") is None


def test_pinyin_initials_are_what_one_types() -> None:
    assert pinyin_initials("暴露垃圾") == "bllj"
    assert pinyin_initials("井盖 A1！") == "jga1"
    assert pinyin_initials("😀") == ""


def test_the_shipped_rows_can_be_listed_without_a_database() -> None:
    keys = [(row["kind"], row["code"]) for row in list_standard_rows()]
    assert len(keys) == len(set(keys)) == 403 + len([key for key in keys if key[0] == "local"])


def test_the_command_enters_the_catalogue_once() -> None:
    said = StringIO()
    call_command("load_standard", "--from", "2026-01-01", stdout=said)
    call_command("load_standard", stdout=said)
    assert find_category("matter:06010", on=SINCE) is not None
    assert Event.objects.filter(name="cases.standard_loaded").count() == 1
    assert "438" in said.getvalue()
