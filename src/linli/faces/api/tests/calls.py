"""Calling the API in tests as different clients would."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from linli.ground.kernel.ids import new_id
from linli.ground.territory.tests.factories import middle

# What the test client gives has `json()`, which no public class names.
Response = Any
ROOT = "/api/v1"
LON, LAT = middle(0, 0)


@dataclass
class Caller:
    """A client with the headers it always sends."""

    client: Client
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, query: dict[str, Any] | None = None, /, **headers: Any) -> Response:
        """Ask."""
        return self.client.get(f"{ROOT}{path}", query, headers=self.headers | headers)

    def post(self, path: str, body: object, **headers: str) -> Response:
        """Send JSON."""
        return self.send(path, json.dumps(body).encode(), **headers)

    def send(
        self, path: str, content: bytes, *, kind: str = "application/json", **headers: str
    ) -> Response:
        """Send bytes of some kind."""
        return self.client.post(
            f"{ROOT}{path}", content, content_type=kind, headers=self.headers | headers
        )


def report(**changes: Any) -> dict[str, Any]:
    """Give the body of a good report in the middle of the first grid."""
    body = {"id": str(new_id()), "text": "楼道口堆着垃圾", "lon": LON, "lat": LAT}
    return {key: value for key, value in (body | changes).items() if value is not None}


def refusal(response: Response) -> dict[str, Any]:
    """Give what a refusal says, having checked its form."""
    assert response["Content-Type"] == "application/json; charset=utf-8"
    body = json.loads(response.content)
    assert set(body) == {"error"}
    assert set(body["error"]) >= {"code", "message", "field"}
    assert body["error"]["message"] != body["error"]["code"]
    return dict(body["error"])


def outcome(response: Response) -> tuple[int, str, str | None]:
    """Give status, code and field of a refusal."""
    said = refusal(response)
    return response.status_code, said["code"], said["field"]
