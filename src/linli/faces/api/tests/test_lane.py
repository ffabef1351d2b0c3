"""The fast lane answers what Django would answer, and writes what Django would write."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as installed
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from linli.faces.api import lane
from linli.faces.api.limits import REPORTING
from linli.ground.kernel.ids import code_digest, new_id, tracking_code
from linli.ground.territory.tests.factories import Street, middle
from linli.spine.cases.models import Case, Category
from linli.spine.cases.tests.factories import make_photo

from .calls import LAT, LON, Caller, report

pytestmark = pytest.mark.django_db
START = datetime(2026, 8, 3, 1, tzinfo=UTC)
IDS = [str(UUID(int=(0x7000 << 64) | (0x8 << 60) | (n + 1) | (0x19F << 112))) for n in range(4)]
POINTS = [
    (LON, LAT),
    middle(1, 1),
    (LON + 0.0002, LAT),
    (LON + 3, LAT),
    (0.0, 0.0),
    (LAT, LON),
    (LON, None),
    ("a", LAT),
]


def asked(body: bytes, **changes: Any) -> lane.Asked:
    values = {
        "address": "192.0.2.1",
        "kind": "application/json",
        "instant": None,
        "language": "zh-hans",
        "body": body,
    }
    return lane.Asked(**(values | changes))


def send(*bodies: object, **changes: Any) -> list[tuple[int, dict[str, Any]]]:
    batch = [asked(json.dumps(body).encode(), **changes) for body in bodies]
    return [(answer.status, json.loads(answer.body)) for answer in lane.work(batch)]


# Reports of every sort, with few ids and few places, so that they meet.
bodies = st.fixed_dictionaries(
    {"text": st.sampled_from(["垃圾", "路灯不亮。很黑", "", "a\x00b", "字" * 10_001])},
    optional={
        "id": st.sampled_from([*IDS, "no id", str(UUID(int=5))]),
        "place": st.sampled_from(POINTS),
        "address": st.sampled_from(["", "重庆路 8 号", "址" * 201]),
        "category": st.sampled_from(["", "matter:06012", "matter:00000"]),
        "kind": st.sampled_from(["incident", "complaint", "nonsense"]),
        "title": st.sampled_from(["标题", ""]),
        "anonymous": st.booleans(),
        "urgent": st.booleans(),
        "contact": st.sampled_from(
            [None, {"name": "王", "phone": "1380000", "agrees": True, "fax": "1"}, {"name": 5}]
        ),
        "device": st.sampled_from([None, {"lon": LON, "lat": LAT}, {"lon": 999.0, "lat": 0.0}]),
        "photo": st.sampled_from(["first", "second", "wrong"]),
        "channel": st.sampled_from([None, "phone"]),
        "about": st.sampled_from([None, 999_999]),
        "surprise": st.just(1),
    },
)


def written_out(body: dict[str, Any], photos: dict[str, dict[str, str]]) -> dict[str, Any]:
    """Make what is sent of what was drawn."""
    sent = dict(body)
    if "place" in sent:
        sent["lon"], sent["lat"] = sent.pop("place")
    if "photo" in sent:
        sent["photos"] = [photos[sent.pop("photo")]]
    return {name: value for name, value in sent.items() if value is not None}


def tried(run: Callable[[], list[Any]]) -> tuple[list[str], list[str]]:
    """Run and undo; give the answers and all rows, with what is drawn by lot named alike."""
    with transaction.atomic():
        answers = run()
        names: dict[str, str] = {}
        for rank, case in enumerate(Case.objects.order_by("reported_at", "number")):
            code = tracking_code(case.id, secret=installed.SECRET_KEY)
            names |= {
                str(case.id): f"case {rank}",
                case.number: f"number {rank}",
                code: f"code {rank}",
                code_digest(code).hex(): f"digest {rank}",
            }
        told = [_named(json.dumps(answer, ensure_ascii=False), names) for answer in answers]
        rows = [_named(row, names) for row in _all_rows()]
        transaction.set_rollback(True)
    return told, sorted(rows)


def _named(text: str, names: dict[str, str]) -> str:
    for drawn, name in names.items():
        text = text.replace(drawn, name)
    return text


def _all_rows() -> list[str]:
    """Read every row of every table, without what the database draws by lot."""
    numbered = ("cases_clock", "cases_casephoto", "cases_casewordsdue")
    by_lot = {"kernel_event": "id,tx", **dict.fromkeys(numbered, "id")}
    rows = "SELECT '{0} ' || (to_jsonb(t) - '{{{1}}}'::text[])::text FROM {0} AS t"
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(rows.format(table, by_lot.get(table, "")) for table in tables)
        )
        return [row for (row,) in cursor.fetchall()]


def by_django(anybody: Caller, sent: Sequence[dict[str, Any]]) -> list[Any]:
    answers = []
    for second, body in enumerate(sent):
        at = (START + timedelta(seconds=second)).isoformat()
        response = anybody.post("/reports", body, **{"X-Linli-At": at})
        answers.append((response.status_code, response.json()))
    return answers


def by_lane(sent: Sequence[dict[str, Any]], *, size: int) -> list[Any]:
    batch = [
        asked(json.dumps(body).encode(), instant=(START + timedelta(seconds=second)).isoformat())
        for second, body in enumerate(sent)
    ]
    answers = []
    for first in range(0, len(batch), size):
        answers += lane.work(batch[first : first + size])
    return [(answer.status, json.loads(answer.body)) for answer in answers]


def test_the_lane_writes_and_answers_what_django_would(
    anybody: Caller, street: Street, category: Category, settings_of_scratch: None
) -> None:
    photos = {name: make_photo() for name in ("first", "second")}
    named = {
        name: {"id": str(photo.id), "secret": photo.secret} for name, photo in photos.items()
    } | {"wrong": {"id": str(photos["first"].id), "secret": "guessed"}}

    @settings(
        max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(drawn=st.lists(bodies, min_size=1, max_size=8), size=st.sampled_from([1, 3, 64]))
    def agree(drawn: list[dict[str, Any]], size: int) -> None:
        sent = [written_out(body, named) for body in drawn]
        plain, plain_rows = tried(lambda: by_django(anybody, sent))
        quick, quick_rows = tried(lambda: by_lane(sent, size=size))
        assert quick_rows == plain_rows
        assert [_without_hints(one) for one in quick] == [_without_hints(one) for one in plain]
        if size == 1:
            assert quick == plain

    agree()


def _without_hints(told: str) -> list[Any]:
    """Leave out the hints: those who come at once are not hinted at each other."""
    status, answer = json.loads(told)
    return [status, {name: value for name, value in answer.items() if name != "duplicates"}]


@pytest.fixture
def settings_of_scratch(settings: Settings) -> None:
    """Believe instants and count nobody's reports, as a scratch instance does."""
    settings.SCRATCH = True


FAULTS = [
    (b"", {}),
    (b"[]", {}),
    (b"{", {}),
    (b'{"text": "a", "text": "b"}', {}),
    (b'{"text": NaN}', {}),
    (b'{"text": "a", "lon": "x", "kind": "y"}', {}),
    (b'\xff{"text": 1}', {}),
    (b'{"text": "a"}', {"kind": "text/plain"}),
    (b'{"text": "a"}', {"language": "en"}),
    (json.dumps({"text": "a", "address": "b"}).encode(), {"instant": "2026-08-01"}),
    (json.dumps({"text": "a", "address": "b"}).encode(), {}),
]


@pytest.mark.parametrize(("body", "changes"), FAULTS)
def test_status_headers_and_words_are_the_same(
    anybody: Caller, street: Street, body: bytes, changes: dict[str, str]
) -> None:
    headers = {"Accept-Language": changes.get("language", "zh-hans")}
    if "instant" in changes:
        headers["X-Linli-At"] = changes["instant"]
    plain = anybody.send("/reports", body, kind=changes.get("kind", "application/json"), **headers)

    (quick,) = lane.work([asked(body, **changes)])

    assert quick.status == plain.status_code
    assert _headers(quick.headers) == {
        name.lower(): value
        for name, value in plain.headers.items()
        if name.lower() != "content-length"
    }
    if plain.status_code != 201:
        assert json.loads(quick.body) == plain.json()


def _headers(given: Sequence[tuple[bytes, bytes]]) -> dict[str, str]:
    headers = {name.decode(): value.decode() for name, value in given}
    headers.pop("content-length")
    return headers


def test_one_too_many_from_an_address_is_refused_and_the_others_are_not(street: Street) -> None:
    # What is refused for its content counts all the same.
    few = [asked(b'{"text": ""}') for _ in range(REPORTING.by_address - 1)]
    assert {answer.status for answer in lane.work(few)} == {422}

    answers = lane.work([*few[:3], asked(json.dumps(report()).encode(), address="192.0.2.2")])

    assert [answer.status for answer in answers] == [422, 429, 429, 201]
    assert dict(answers[1].headers)[b"retry-after"].isdigit()
    assert json.loads(answers[1].body)["error"]["code"] == "api.too_many_requests"


def test_a_failure_of_our_own_is_answered_to_each(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(arrivals: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(lane, "report_cases", fail)

    for status, said in send(report(), report()):
        assert (status, said["error"]["code"]) == (500, "api.failed")
        assert "secret" not in json.dumps(said)


GOOD = [(b"host", b"testserver"), (b"content-type", b"application/json"), (b"content-length", b"9")]


def scope(*headers: tuple[bytes, bytes], **changes: Any) -> dict[str, Any]:
    asked_for = {
        "type": "http",
        "method": "POST",
        "path": lane.PATH,
        "query_string": b"",
        "scheme": "http",
        "client": ("192.0.2.1", 5),
        "headers": [*GOOD, *headers],
    }
    return asked_for | changes


def test_an_ordinary_report_of_a_stranger_is_the_lanes() -> None:
    assert lane.ordinary(scope()) is not None
    assert lane.ordinary(scope((b"cookie", b"language=en; csrftoken=x"))) is not None


@pytest.mark.parametrize(
    "other",
    [
        scope(method="GET"),
        scope(path=f"{lane.PATH}/ABC"),
        scope(query_string=b"a=1"),
        scope((b"authorization", b"Bearer x")),
        scope((b"cookie", b"sessionid=x")),
        scope((b"host", b"testserver")),
        scope(headers=[(b"host", b"elsewhere.example"), *GOOD[1:]]),
        scope(headers=GOOD[1:]),
        scope(headers=GOOD[:2]),
        scope(headers=[*GOOD[:2], (b"content-length", b"262145")]),
        scope(headers=[*GOOD[:2], (b"content-length", b"-1")]),
    ],
)
def test_whatever_is_out_of_the_ordinary_is_djangos(other: dict[str, Any]) -> None:
    assert lane.ordinary(other) is None


def test_without_a_secure_connection_django_leads_to_one(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    lane._is_ours.cache_clear()
    try:
        assert lane.ordinary(scope()) is None
        assert lane.ordinary(scope(scheme="https")) is not None
    finally:
        lane._is_ours.cache_clear()


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [
        (b"", b"", "zh-hans"),
        (b"", b"en-GB,en;q=0.9", "en"),
        (b"language=en", b"zh-CN", "en"),
        (b"language=nonsense", b"fr", "zh-hans"),
    ],
)
def test_the_language_is_chosen_as_django_does(
    cookie: bytes, accepted: bytes, language: str
) -> None:
    assert lane._language(cookie, accepted) == language


class Sender:
    """One request, sent in pieces, and what came back."""

    def __init__(self, *pieces: bytes) -> None:
        self.pieces = list(pieces)
        self.answers: list[dict[str, Any]] = []

    async def receive(self) -> dict[str, Any]:
        if not self.pieces:
            return {"type": "http.disconnect"}
        piece = self.pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(self.pieces)}

    async def answer(self, message: dict[str, Any]) -> None:
        self.answers.append(message)


async def elsewhere(scope: object, receive: object, answer: Callable[..., Any]) -> None:
    await answer({"type": "elsewhere"})


def test_what_is_not_the_lanes_is_handed_on() -> None:
    sender = Sender(b"{}")
    handed = lane.Lane(otherwise=elsewhere)(scope(method="GET"), sender.receive, sender.answer)
    asyncio.run(handed)
    assert sender.answers == [{"type": "elsewhere"}]


def test_one_who_went_away_is_not_answered() -> None:
    sender = Sender()
    asyncio.run(lane.Lane(otherwise=elsewhere)(scope(), sender.receive, sender.answer))
    assert sender.answers == []


def test_when_too_many_wait_the_next_is_asked_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gate, begun = threading.Event(), threading.Event()

    def hold(batch: Sequence[lane.Asked]) -> list[lane.Answer]:
        begun.set()
        gate.wait(20)
        return [lane.Answer(201, [], b"{}") for _ in batch]

    monkeypatch.setattr(lane, "work", hold)
    monkeypatch.setattr(lane, "ROOM", 1)
    first, second, third = Sender(b'{"te', b'xt":1}'), Sender(b"{}"), Sender(b"{}")

    async def ask() -> None:
        door = lane.Lane(otherwise=elsewhere)
        waiting = [asyncio.create_task(door(scope(), first.receive, first.answer))]
        while not begun.is_set():
            await asyncio.sleep(0.001)
        waiting.append(asyncio.create_task(door(scope(), second.receive, second.answer)))
        await asyncio.sleep(0.01)
        english = scope((b"accept-language", b"en"))
        await door(english, third.receive, third.answer)
        gate.set()
        await asyncio.gather(*waiting)

    asyncio.run(ask())
    assert [one.answers[0]["status"] for one in (first, second, third)] == [201, 201, 503]
    assert dict(third.answers[0]["headers"])[b"retry-after"] == b"1"
    said = json.loads(third.answers[1]["body"])["error"]
    assert (said["code"], "again" in said["message"]) == ("api.busy", True)


def test_an_id_without_version_seven_is_refused_alike(anybody: Caller, street: Street) -> None:
    good, bad = report(), report(id="00000000-0000-4000-8000-000000000000")
    told = send(good, bad, report(id=str(new_id())))
    assert [status for status, _ in told] == [201, 422, 201]
    assert told[1][1] == anybody.post("/reports", bad).json()
