"""Files of reports as they come."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.replay.errors import UnableToReplay
from linli.replay.mapping import BOSTON_311, load_mapping
from linli.replay.reading import ReportFile, client_id, read_file

from .made_up import line, mapping_in, write_file, write_mapping


def read(folder: Path, *lines: dict[str, str], limit: int | None = None) -> ReportFile:
    path = write_file(folder / "reports.csv", lines)
    return read_file(path, mapping_in(folder), limit=limit)


def test_a_row_is_read_in_the_zone_of_the_file(tmp_path: Path) -> None:
    (row,) = read(tmp_path, line(1)).rows
    assert row.opened == datetime(2012, 3, 1, 14, 0, tzinfo=UTC)
    assert row.text == "Pothole. A hole in the road"
    assert (row.point, row.category, row.said_on_time) == ((10.005, 50.005), "Pothole", True)


def test_a_gzipped_file_reads_the_same(tmp_path: Path) -> None:
    plain = write_file(tmp_path / "reports.csv", [line(1), line(2)])
    packed = tmp_path / "reports.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    mapping = mapping_in(tmp_path)
    assert read_file(packed, mapping, limit=None) == read_file(plain, mapping, limit=None)


def test_the_promise_counts_whole_hours_upwards(tmp_path: Path) -> None:
    targets = ["2012-03-05 09:00", "2012-03-01 10:01", "2012-03-01 09:00", ""]
    lines = [line(number, target=target) for number, target in enumerate(targets)]
    assert [row.limit_hours for row in read(tmp_path, *lines).rows] == [96, 2, 1, None]


def test_the_hour_a_clock_change_takes_is_not_promised(tmp_path: Path) -> None:
    """In New York clocks went forward on 11 March 2012."""
    (row,) = read(tmp_path, line(1, opened="2012-03-10 09:00", target="2012-03-12 09:00")).rows
    assert row.limit_hours == 47


def test_rows_go_out_in_the_order_they_were_opened(tmp_path: Path) -> None:
    lines = [line(1, opened="2012-03-03 09:00"), line(2), line(3, opened="2012-03-02 09:00")]
    assert [row.original for row in read(tmp_path, *lines).rows] == ["M-2", "M-3", "M-1"]


def test_the_limit_takes_the_first_rows_of_the_file(tmp_path: Path) -> None:
    lines = [line(1, opened="2012-03-03 09:00"), line(2), line(3)]
    assert {row.original for row in read(tmp_path, *lines, limit=2).rows} == {"M-1", "M-2"}


def test_rows_that_cant_be_sent_are_counted_by_reason(tmp_path: Path) -> None:
    lines = [line(1), line(1), line(2, opened="yesterday"), line(3, opened="")]
    file = read(tmp_path, *lines)
    assert file.skipped == {"repeated_id": 1, "unreadable_time": 2}
    assert len(file.rows) == 1


def test_a_point_many_different_addresses_share_is_a_default_point(tmp_path: Path) -> None:
    shared = [line(number) for number in range(20)]
    assert read(tmp_path, *shared).default_points == {(10.005, 50.005)}


def test_a_point_many_rows_without_an_address_share_is_a_default_point(tmp_path: Path) -> None:
    shared = [line(number, address="") for number in range(20)]
    assert read(tmp_path, *shared).default_points == {(10.005, 50.005)}


def test_one_busy_address_is_a_place(tmp_path: Path) -> None:
    busy = [line(number, address="1 Market Sq") for number in range(50)]
    assert read(tmp_path, *busy).default_points == frozenset()


def test_default_points_are_looked_for_beyond_the_limit(tmp_path: Path) -> None:
    shared = [line(number) for number in range(20)]
    assert read(tmp_path, *shared, limit=1).default_points == {(10.005, 50.005)}


def test_the_usual_promise_of_a_sort_is_the_commonest(tmp_path: Path) -> None:
    lines = [line(1), line(2), line(3, target="2012-03-02 09:00"), line(4, sort="Noise", target="")]
    assert read(tmp_path, *lines).limits == {"Pothole": 96, "Noise": None}


def test_points_that_are_wrong_are_left_for_the_instance_to_judge(tmp_path: Path) -> None:
    rows = read(tmp_path, line(1, x="0", y="0"), line(2, x="", y="")).rows
    assert [row.point for row in rows] == [(0.0, 0.0), None]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    path.write_text("number,opened\n1,2012-03-01 09:00\n", encoding="utf-8")
    with pytest.raises(UnableToReplay, match="lacks the columns address, closed"):
        read_file(path, mapping_in(tmp_path), limit=None)


@pytest.mark.parametrize("name", ["absent.csv", "absent.csv.gz"])
def test_an_absent_file_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnableToReplay, match=name):
        read_file(tmp_path / name, mapping_in(tmp_path), limit=None)


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnableToReplay, match="no rows"):
        read(tmp_path)


def test_an_unknown_word_in_a_mapping_is_refused(tmp_path: Path) -> None:
    path = write_mapping(tmp_path)
    path.write_text(path.read_text(encoding="utf-8") + "\n[colums]\n", encoding="utf-8")
    with pytest.raises(UnableToReplay, match="colums"):
        load_mapping(path)


def test_an_absent_mapping_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnableToReplay, match=r"absent\.toml"):
        load_mapping(tmp_path / "absent.toml")


def test_the_mapping_of_boston_knows_its_default_point() -> None:
    assert load_mapping(BOSTON_311).default_points == [(-71.0587, 42.3594)]


@given(
    opened=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001
    key=st.text(max_size=20),
)
def test_client_ids_are_version_seven_and_tell_their_time(opened: datetime, key: str) -> None:
    made = client_id(opened.replace(tzinfo=UTC), key)
    told = datetime.fromtimestamp((made.int >> 80) / 1000, tz=UTC)
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert abs(told - opened.replace(tzinfo=UTC)) <= timedelta(milliseconds=1)
    assert made == client_id(opened.replace(tzinfo=UTC), key)
