"""A phone for tests: it keeps the codes that were sent to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from linli.ground.people.errors import UnableToSendCode
from linli.ground.people.terms.codes import CodesGo


@dataclass
class Phones:
    """Takes every code, or none when `is_broken`."""

    goes: CodesGo = CodesGo.SMS
    is_broken: bool = False
    sent: list[tuple[str, str]] = field(default_factory=list)

    def way(self) -> CodesGo:
        """Say how codes go."""
        return self.goes

    def send(self, *, phone: str, code: str, minutes: int, key: UUID) -> None:
        """Keep a code."""
        if self.is_broken:
            raise UnableToSendCode("people.code_not_sent")
        self.sent.append((phone, code))

    @property
    def last_code(self) -> str:
        """The newest code."""
        return self.sent[-1][1]

    @property
    def wrong_code(self) -> str:
        """Six digits that are not the newest code."""
        return f"{(int(self.last_code) + 1) % 1_000_000:06d}"
