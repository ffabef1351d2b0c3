"""Everybody goes to every address, and what is said there is kept."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.db import transaction

from .addresses import Address, list_addresses
from .canaries import Held, find_held
from .reading import body_of, words_of
from .visitors import Visitor, makes, send
from .visits import UnknownAddress, Visit, list_visits
from .world import World

NOT_SO = 405
# What was sent was looked at and found wanting, or somebody else was first.
LOOKED_AT = (400, 409, 422)
# The first words of the page that says which posts may.
REFUSED = "您的岗位不能做这件事".encode()


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one visitor was answered."""

    visitor: Visitor
    visit: Visit
    status: int
    location: str
    log: str
    is_empty: bool
    is_refused_page: bool
    held: frozenset[Held]

    @property
    def address(self) -> Address:
        """Where it was."""
        return self.visit.address

    @property
    def leads_to_sign_in(self) -> bool:
        """Whether the way in was shown instead."""
        return self.status == 302 and "/login/" in self.location

    @property
    def is_reached(self) -> bool:
        """Whether the page did what it is for."""
        done = self.status < 400 and not self.leads_to_sign_in
        return done or self.status in LOOKED_AT


def walk(world: World, visitors: Sequence[Visitor]) -> Iterator[Said]:
    """Let somebody with each set of rights go everywhere; each visit is undone before the next.

    An address that only takes what is sent is asked for without it once, and not again.
    """
    for address in list_addresses():
        # What nobody knows how to fill in is told by a test of its own.
        with suppress(UnknownAddress):
            visits = list_visits(address, world)
            only_sent = False
            for visitor in send(visitors, address):
                for visit in visits:
                    if makes(visitor, visit) and not (only_sent and visit.sent is None):
                        said = go(visitor, visit)
                        only_sent |= said.status == NOT_SO and visit.sent is None
                        yield said


def go(visitor: Visitor, visit: Visit) -> Said:
    """Make one visit and undo what it changed, also in the browser."""
    cookies = copy(visitor.client.cookies)
    with transaction.atomic(), written_down() as log:
        answer = ask(visitor, visit)
        body = body_of(answer)
        transaction.set_rollback(True)
    visitor.client.cookies = cookies
    return Said(
        visitor=visitor,
        visit=visit,
        status=answer.status_code,
        location=answer.headers.get("Location", ""),
        log=log.getvalue(),
        is_empty=answer.status_code == 200 and not body.strip(),
        is_refused_page=REFUSED in body,
        held=find_held(words_of(answer, body)),
    )


@contextmanager
def written_down() -> Iterator[StringIO]:
    """Keep every line any logger writes."""
    kept = StringIO()
    handler = logging.StreamHandler(kept)
    loggers = [logging.getLogger(), logging.getLogger("django")]
    for one in loggers:
        one.addHandler(handler)
    try:
        yield kept
    finally:
        for one in loggers:
            one.removeHandler(handler)


def ask(visitor: Visitor, visit: Visit) -> Any:
    """Send one request as this visitor would."""
    headers = visitor.headers
    if visit.sent is None:
        return visitor.client.get(visit.path, headers=headers)
    if visit.is_json:
        body = json.dumps(visit.sent)
        kind = "application/json"
        return visitor.client.post(visit.path, body, content_type=kind, headers=headers)
    return visitor.client.post(visit.path, dict(visit.sent), headers=headers)
