"""The command line."""

from __future__ import annotations

from datetime import date

import pytest

from linli.config.command import parser


def test_the_demonstration_has_port_day_and_fresh() -> None:
    chosen = parser.parse(["demo", "--port", "8123", "--fresh", "--as-of", "2026-01-15"])
    assert (chosen.port, chosen.fresh, chosen.as_of) == (8123, True, date(2026, 1, 15))


def test_without_options_it_is_port_8000_today() -> None:
    chosen = parser.parse(["demo"])
    assert (chosen.port, chosen.fresh, chosen.as_of) == (8000, False, None)


@pytest.mark.parametrize("name", ["manage", "test", "replay"])
def test_some_commands_pass_everything_on(name: str) -> None:
    assert parser.parse([name, "--help", "-x", "--port=1"]).rest == ["--help", "-x", "--port=1"]


@pytest.mark.parametrize(
    "wrong",
    [
        ["demo", "--port", "0"],
        ["demo", "--port", "65536"],
        ["demo", "--port", "http"],
        ["demo", "--as-of", "22.11.2026"],
        ["fly"],
        [],
    ],
)
def test_mistakes_end_with_status_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser.parse(wrong)
    assert ended.value.code == 2
    assert capsys.readouterr().err


def test_a_bench_takes_its_own_options_after_its_name() -> None:
    chosen = parser.parse(["bench", "--json", "crash", "--kills", "3"])
    assert (chosen.name, chosen.json, chosen.rest) == ("crash", True, ["--kills", "3"])


def test_an_unknown_bench_is_named_with_the_known_ones(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert parser.main(["bench", "flight", "--json"]) == 1
    said = capsys.readouterr()
    assert "crash" in said.err
    assert said.out == ""
