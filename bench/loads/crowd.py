"""Several visitors of one account, each with a connection of its own, asking at the same time."""

from __future__ import annotations

import contextlib
import http.client
import re
import urllib.parse
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter

Line = http.client.HTTPConnection
TIMEOUT_S = 60
SIGN_IN = "/accounts/login/"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(kw_only=True)
class Crowd:
    """So many visitors; `errors` counts the answers that were no pages.

    Args:
        address: of the front door, ending with a slash.
        session: the cookies of the account.
        size: how many ask at the same time.
    """

    address: str
    session: str
    size: int
    errors: int = 0

    def ask(self, addresses: Sequence[str]) -> list[float]:
        """Ask for all these pages, each visitor for its share, and give the milliseconds of each.

        Args:
            addresses: without the beginning that all have.
        """
        shares = [addresses[number :: self.size] for number in range(self.size)]
        with ThreadPoolExecutor(self.size) as threads:
            answered = list(threads.map(self._ask_in_turn, shares))
        return [milliseconds for one in answered for milliseconds in one]

    def _ask_in_turn(self, addresses: Sequence[str]) -> list[float]:
        """Ask on a connection of one's own; one kept from before might have been closed."""
        with contextlib.closing(connect(self.address)) as line:
            return [self._ask(line, f"/{address}") for address in addresses]

    def _ask(self, line: http.client.HTTPConnection, path: str) -> float:
        begun = perf_counter()
        line.request("GET", path, headers={"Cookie": self.session})
        answer = line.getresponse()
        answer.read()
        self.errors += answer.status != http.client.OK
        return (perf_counter() - begun) * 1000


def connect(address: str) -> Line:
    """Open a connection to the front door."""
    return Line(urllib.parse.urlsplit(address).netloc, timeout=TIMEOUT_S)


def sign_in(address: str, login: str, *, password: str) -> str:
    """Sign in by the form, as a browser does, and give the cookies of the session."""
    line = connect(address)
    line.request("GET", SIGN_IN)
    answer = line.getresponse()
    token = _TOKEN.search(answer.read().decode())
    cookies = _cookies(answer)
    assert token is not None, "the page to sign in has no token"
    typed = {"login": login, "password": password, "csrfmiddlewaretoken": token[1]}
    headers = {
        "Cookie": cookies,
        "Content-Type": "application/x-www-form-urlencoded",
        "Referer": f"{address.rstrip('/')}{SIGN_IN}",
    }
    line.request("POST", SIGN_IN, urllib.parse.urlencode(typed), headers)
    answer = line.getresponse()
    answer.read()
    assert answer.status == http.client.FOUND, f"{login} could not sign in: {answer.status}"
    return f"{_cookies(answer)}; language=zh-hans"


def _cookies(answer: http.client.HTTPResponse) -> str:
    return "; ".join(one.split(";")[0] for one in answer.headers.get_all("Set-Cookie") or ())


def tell(name: str, milliseconds: Sequence[float]) -> dict[str, float]:
    """Give the middle of so many answers, and what all but one of twenty stay below."""
    cuts = quantiles(milliseconds, n=100, method="inclusive")
    return {f"{name}_p50_ms": round(cuts[49], 1), f"{name}_p95_ms": round(cuts[94], 1)}
