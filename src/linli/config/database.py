"""The database's address as Django wants it."""

from __future__ import annotations

from psycopg.conninfo import conninfo_to_dict

SECONDS_KEPT = 600
PREPARE_AFTER = 5


def parse_database_url(url: str) -> dict[str, object]:
    """Turn a libpq address (`postgresql://user:pw@host/name?host=/socket`) into Django's form.

    Connections are kept by their thread and asked whether they still live before a request
    uses them, so a restarted database costs no request.

    Raises:
        psycopg.ProgrammingError: when the address can't be read.
    """
    parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
    return {
        "ENGINE": "linli.config.postgresql",
        "NAME": parts.pop("dbname", "linli"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": SECONDS_KEPT,
        "CONN_HEALTH_CHECKS": True,
        # Without a threshold psycopg prepares nothing, not even what is asked to be prepared.
        "OPTIONS": {**parts, "prepare_threshold": PREPARE_AFTER},
    }
