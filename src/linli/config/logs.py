"""What never stands in a line of the log: tracking codes and handlers' links, which are secrets."""

from __future__ import annotations

import logging
import re

_SECRET = re.compile(r"(/(?:t|h|w|api/v1/reports|api/v1/uploads)/)[^/?\s]+")


class WithoutSecrets(logging.Filter):
    """Leave out of a line the part of an address that opens a case to whoever holds it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the secret in what the line is filled with; every line is kept."""
        if isinstance(record.args, tuple):
            record.args = tuple(_masked(one) for one in record.args)
        return True


def _masked(value: object) -> object:
    return _SECRET.sub(r"\1…", value) if isinstance(value, str) else value
